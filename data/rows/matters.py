"""Rows of the matters of supervision, and the days that their terms give."""

from dataclasses import dataclass
from datetime import date

from data.catalogue.loader import Catalogue
from data.store.matters import Matter
from data.terms import last_day


@dataclass(frozen=True)
class MatterRow:
    """A matter under the name of whom it is about."""

    matter: Matter
    party: str

    def is_late(self, today: date) -> bool:
        """Whether the day of its next step is past."""
        return self.matter.due_on is not None and self.matter.due_on < today


def object_by(catalogue: Catalogue, opinion: Matter) -> date | None:
    """The last day to object; None where the first opinion was not fed back or the 意见书 is out."""
    if opinion.state != "fed_back" or opinion.done_on is None:
        return None
    return last_day(catalogue, "objection_days", opinion.done_on)


def report_by(catalogue: Catalogue, opinion: Matter) -> date | None:
    """The last day to report the rectification; None before the 意见书 sets the time for it."""
    if opinion.state not in ("issued", "received") or opinion.due_on is None:
        return None
    return last_day(catalogue, "rectification_report_days", opinion.due_on)
