"""An issue of the ledger as the store holds it, and what somebody wants done to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from data.store.schema import issue as issue_table


@dataclass(frozen=True)
class Issue:
    """One problem; `was_met` says that a value met its line while the issue was closed."""

    issue_code: str
    district_code: str
    school_code: str | None
    stage: str | None
    item_code: str | None
    problem: str
    origin: str
    round: int | None
    found_on: date
    measure: str | None
    responsible_unit: str | None
    responsible_person: str | None
    due_on: date | None
    status: str
    rectified_by: str | None
    reviewer: str | None
    reviewed_on: date | None
    closed_on: date | None
    evidence: str | None
    was_met: bool
    is_demonstration: bool
    version: int
    updated_by: str
    updated_at: datetime
    rectified_by_id: str = ""
    reviewer_id: str = ""
    updated_by_id: str = ""
    requested_due_on: date | None = None
    """The deadline that the unit asks for; the city grants or denies it."""
    requested_by: str | None = None
    requested_by_id: str = ""
    look_listed_on: date | None = None
    look_due_on: date | None = None
    """The day by which an issue that is listed for 回头看 is to be looked at."""
    look_reason: str = ""
    look_assignee: str = ""
    look_assignee_id: str = ""

    @property
    def cell(self) -> tuple[str, str, str]:
        """The value it is about: school or unit, stage, item."""
        return (self.school_code or self.district_code, self.stage or "", self.item_code or "")


@dataclass(frozen=True)
class Move:
    """What somebody wants done to an issue as they saw it (`version`).

    `look_reason` and `assignee` say why it is listed for 回头看 and who looks, `answers` what was found by check;
    `responsible_unit` and `responsible_person` to whom it is assigned.
    """

    issue_code: str
    version: int
    action: str
    reason: str = ""
    measure: str = ""
    due_on: date | None = None
    look_reason: str = "chosen"
    assignee: str = ""
    assignee_id: str = ""
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    responsible_unit: str = ""
    responsible_person: str = ""


def find_in(connection: Connection, issue_code: str) -> Issue | None:
    """The issue as this transaction sees it."""
    asked = select(issue_table).where(issue_table.c.issue_code == issue_code)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Issue(**row)
