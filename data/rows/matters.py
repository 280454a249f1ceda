"""Rows of the matters of supervision, and the days that their terms give."""

from dataclasses import dataclass
from datetime import date, timedelta

from data.catalogue.loader import Catalogue
from data.store.matters import Matter
from data.store.steps import open_states
from data.terms import last_day

ISSUE, REPORT_TERM, ONE_DAY = "issue", "rectification_report_days", timedelta(days=1)
ANSWERED = (("opinion", "reported"), ("complaint", "answered"))
"""States in which the party has done its part."""
REPORTING = (("opinion", "issued"), ("opinion", "received"))
"""States of which the day is that of the rectification: the report of it follows."""


@dataclass(frozen=True)
class MatterRow:
    """A matter under the name of whom it is about."""

    matter: Matter
    party: str
    last_day: date | None

    def is_late(self, today: date) -> bool:
        """Whether the last day of its next step is past."""
        return self.last_day is not None and self.last_day < today


def last_day_of(catalogue: Catalogue, matter: Matter) -> date | None:
    """The last day of the next step of a matter; None where none is due, or what was due has come."""
    place = (matter.matter_kind, matter.state)
    if place in ANSWERED:
        return None
    return report_by(catalogue, matter) if place in REPORTING else matter.due_on


def late_days(catalogue: Catalogue, matter_kind: str, today: date) -> dict[str, date]:
    """Of each open state in which something is due the day before which the day of a matter lies that is late."""
    before: dict[str, date] = {}
    for state in open_states(catalogue, matter_kind):
        day = today
        while (matter_kind, state) in REPORTING and last_day(catalogue, REPORT_TERM, day - ONE_DAY) >= today:
            day -= ONE_DAY
        if (matter_kind, state) not in ANSWERED:
            before[state] = day
    return before


def objection_runs_to(catalogue: Catalogue, matter: Matter, action: str, today: date) -> date | None:
    """The last day to object to the first opinion, where it is not over and nobody has: until then none is issued."""
    last = object_by(catalogue, matter) if action == ISSUE else None
    return last if last is not None and today <= last else None


def object_by(catalogue: Catalogue, opinion: Matter) -> date | None:
    """The last day to object; None where the first opinion was not fed back or the 意见书 is out."""
    if opinion.state != "fed_back" or opinion.done_on is None:
        return None
    return last_day(catalogue, "objection_days", opinion.done_on)


def report_by(catalogue: Catalogue, opinion: Matter) -> date | None:
    """The last day to report the rectification; None before the 意见书 sets the time for it."""
    if opinion.state not in ("issued", "received") or opinion.due_on is None:
        return None
    return last_day(catalogue, REPORT_TERM, opinion.due_on)
