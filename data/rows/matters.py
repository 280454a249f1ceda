"""Rows of the matters of supervision, and the days that their terms give."""

from dataclasses import dataclass
from datetime import date, timedelta

from data.store.matters import Matter


@dataclass(frozen=True)
class MatterRow:
    """A matter under the name of whom it is about."""

    matter: Matter
    party: str

    def is_late(self, today: date) -> bool:
        """Whether the day of its next step is past."""
        return self.matter.due_on is not None and self.matter.due_on < today


@dataclass(frozen=True)
class OpinionTerms:
    """How many days the ordinance gives: to object to the first opinion, and to report after the rectification."""

    objection_days: int
    report_days: int

    def object_by(self, opinion: Matter) -> date | None:
        """The last day to object; None where the first opinion was not fed back or the 意见书 is out."""
        if opinion.state != "fed_back" or opinion.done_on is None:
            return None
        return opinion.done_on + timedelta(days=self.objection_days)

    def report_by(self, opinion: Matter) -> date | None:
        """The last day to report the rectification; None before the 意见书 sets the time for it."""
        if opinion.state not in ("issued", "received") or opinion.due_on is None:
            return None
        return opinion.due_on + timedelta(days=self.report_days)
