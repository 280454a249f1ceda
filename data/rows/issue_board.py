"""Rows of the ledger as it is counted: issues alike in what is asked of them, and what is looked for among them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class IssueFilter:
    """Which issues are counted: of these units (None is every one), this school, origin and round; empty is any.

    `today` is the day on which lateness is counted, `ages` the days after which an issue is late for longer,
    `since` the day from which on something is new.
    """

    today: date
    since: date
    ages: tuple[int, int]
    units: frozenset[str] | None = None
    school: str = ""
    origin: str = ""
    round: str = ""


@dataclass(frozen=True)
class IssueGroupRow:
    """So many issues of a unit that are alike; `age` 0 to 2 is how long they are overdue.

    What happened since a day: found (`is_new`), closed, came back, fell due and is late.
    """

    district_code: str
    owner: str
    origin: str
    round: int | None
    status: str
    is_met: bool | None
    is_closed: bool
    is_paper: bool
    is_late: bool
    age: int
    is_accountable: bool
    is_new: bool
    is_closed_since: bool
    is_back_since: bool
    is_late_since: bool
    is_look_late: bool
    is_look_unnamed: bool
    is_demonstration: bool
    issue_count: int


@dataclass(frozen=True)
class IssueCodeRow:
    """An issue and the unit that answers for it."""

    issue_code: str
    district_code: str


@dataclass(frozen=True)
class DueLookBackRow:
    """A closed issue that is due to be looked at again, since when, and why."""

    issue_code: str
    version: int
    district_code: str
    due_on: date
    reason: str


@dataclass(frozen=True)
class ClosingRow:
    """An issue, the unit that answers for it, and the day on which it was closed, if it is."""

    issue_code: str
    district_code: str
    closed_on: date | None


@dataclass(frozen=True)
class UnitCountRow:
    """Issues of a unit."""

    district_code: str
    issue_count: int


@dataclass(frozen=True)
class LateUnitRow:
    """The issues of a unit that are overdue for longer than a rule permits, and the earliest of their deadlines."""

    district_code: str
    issue_count: int
    first_due_on: date


@dataclass(frozen=True)
class StepGroupRow:
    """Issues for whose next step everybody has the same answer; `issue_code` is one of them."""

    step_key: int
    status: str
    step_due_on: date | None
    issue_code: str
    issue_count: int
