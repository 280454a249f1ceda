"""Rows of 走访: what is to be looked at in a school, and how far visits are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.store.matters import Matter

NEVER = date.min


@dataclass(frozen=True)
class FailingLimitRow:
    """A limit that a school does not keep: `kind` is size, a stage, music or art."""

    district_code: str
    school_code: str
    item_code: str
    kind: str
    amount: float
    line: float


@dataclass(frozen=True)
class Check:
    """One thing to look at; `check_code` names the value, limit, issue or question it is about.

    `reported` says what the school reported and what the line is, `look_at` how it is looked at.
    """

    check_code: str
    side: str
    title: str
    reported: str
    look_at: str


@dataclass(frozen=True)
class SchoolToVisit:
    """A school with what is to be looked at there; `planned` is the visit that is to come, if one is.

    `made` are its visits of this term, of `due` that are due in one.
    """

    district_code: str
    unit_name: str
    school_code: str
    school_name: str
    checks: Sequence[Check]
    planned: Matter | None
    made: int
    due: int

    @property
    def due_on(self) -> date | None:
        """The day of the planned visit."""
        return self.planned.due_on if self.planned else None


@dataclass(frozen=True)
class VisitRow:
    """A visit under the names of its unit and school; `findings` is how many things did not agree."""

    visit: Matter
    unit_name: str
    school_name: str
    findings: int

    @property
    def person(self) -> str:
        """Who was there, or who is to go."""
        return (self.visit.done_by if self.visit.state == "recorded" else "") or self.visit.assignee

    def is_late(self, today: date) -> bool:
        """Whether the day for which it was planned is past and nobody was there."""
        visit = self.visit
        return visit.state == "planned" and visit.due_on is not None and visit.due_on < today


@dataclass(frozen=True)
class SchoolOfRoundRow:
    """A school of a unit: how many items it misses, and when a return last told of a visit.

    What it misses is not known where its unit sent no return of the latest period.
    """

    district_code: str
    school_code: str
    school_name: str
    missed_count: int | None
    last_visited_on: date | None


class ProposalReason(StrEnum):
    """Why a school is proposed, in the order in which they are."""

    NEVER = "never"
    WEAK = "weak"
    LONG_AGO = "long_ago"


@dataclass(frozen=True)
class ProposedVisit:
    """A school of the proposal for a round, with the reason and the day of its last visit."""

    school: SchoolOfRoundRow
    reason: ProposalReason
    last_visited_on: date | None


def proposed_visits(
    schools: Sequence[SchoolOfRoundRow], recorded: Mapping[str, date], planned: Collection[str]
) -> list[ProposedVisit]:
    """Every school without a visit to come: never visited first, then weak, then by how long ago it was visited.

    Args:
        schools: The unit's schools.
        recorded: The last visit that was recorded here, by school.
        planned: The schools that have a visit to come.
    """
    proposed: list[ProposedVisit] = []
    for school in schools:
        if school.school_code in planned:
            continue
        days = [d for d in (school.last_visited_on, recorded.get(school.school_code)) if d is not None]
        last = max(days, default=None)
        reason = ProposalReason.LONG_AGO
        if last is None:
            reason = ProposalReason.NEVER
        elif school.missed_count:
            reason = ProposalReason.WEAK
        proposed.append(ProposedVisit(school, reason, last))
    order = list(ProposalReason)

    def place(visit: ProposedVisit) -> tuple[int, int, date, str]:
        school = visit.school
        last = visit.last_visited_on or NEVER
        return (order.index(visit.reason), -(school.missed_count or 0), last, school.school_code)

    return sorted(proposed, key=place)
