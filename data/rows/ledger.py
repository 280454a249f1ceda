"""Rows of 问题台账: an issue with the present value of what it is about."""

from dataclasses import dataclass
from datetime import date

from data.store.ledger import Issue

CLOSED = ("closed", "look_back", "stable")


@dataclass(frozen=True)
class CellRow:
    """The latest value of a cell, its line, verdict, and what must be supplied in natural units.

    `is_spare`: short of the threshold, but the section's exempt item, to which nothing is owed.
    """

    subject_code: str
    stage: str
    item_code: str
    district_code: str
    school_name: str
    amount: float | None
    line: float | None
    is_met: bool | None
    is_spare: bool
    gap: float | None

    @property
    def is_of_school(self) -> bool:
        """Whether it is a school's value and not the whole unit's."""
        return self.subject_code != self.district_code

    @property
    def is_cv(self) -> bool:
        """Whether it is a unit's CV of a stage."""
        return not self.is_of_school and bool(self.stage)

    @property
    def key(self) -> tuple[str, str, str]:
        """School or unit, stage, item."""
        return (self.subject_code, self.stage, self.item_code)


@dataclass(frozen=True)
class SubjectPlaceRow:
    """A school or unit, and the unit that answers for it today."""

    subject_code: str
    district_code: str


@dataclass(frozen=True)
class SubjectNameRow:
    """A school under the name of its last return."""

    subject_code: str
    school_name: str


@dataclass(frozen=True)
class LedgerRow:
    """An issue, its cell, the unit that answers for it, where the school belongs today, and the school's name."""

    issue: Issue
    cell: CellRow | None
    district_code: str
    school_name: str

    @property
    def is_met(self) -> bool | None:
        """The present verdict on its value; None where there is none."""
        return self.cell.is_met if self.cell else None

    @property
    def is_closed(self) -> bool:
        """Closed, whatever came after."""
        return self.issue.status in CLOSED

    @property
    def is_paper_closed(self) -> bool:
        """纸面销号: closed, but the value still fails."""
        return self.is_closed and self.is_met is False

    def days_overdue(self, today: date) -> int:
        """Days since the deadline of an issue that is not closed; 0 where it is not past."""
        if self.is_closed or self.issue.due_on is None:
            return 0
        return max(0, (today - self.issue.due_on).days)

    def look_days_overdue(self, today: date) -> int:
        """Days since the day by which a listed issue was to be looked at; 0 where it is not past."""
        if self.issue.look_due_on is None:
            return 0
        return max(0, (today - self.issue.look_due_on).days)
