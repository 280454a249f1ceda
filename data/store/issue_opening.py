"""A problem that somebody found becomes an issue of the ledger: about a value, or in words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, insert, or_, select

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import IssueOrigin
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.ledger import SUBJECT, Issue
from data.store.refusals import RefusedError, check_words
from data.store.schema import issue as issue_table
from data.store.steps import open_states

FIRST_STATUS = "untouched"


@dataclass(frozen=True)
class NewIssue:
    """What is known of a problem on the day it is found; without an item it is in words alone."""

    district_code: str
    problem: str
    origin: str
    school_code: str | None = None
    stage: str | None = None
    item_code: str | None = None
    responsible_unit: str | None = None
    responsible_person: str | None = None
    due_on: date | None = None

    @property
    def cell(self) -> tuple[str, str, str]:
        """The value it is about: school or unit, stage, item."""
        return (self.school_code or self.district_code, self.stage or "", self.item_code or "")


def origins_for(catalogue: Catalogue, viewer: Viewer) -> list[str]:
    """The origins under which this viewer may open an issue, by name; empty where none."""
    permissions = viewer.permissions
    return [
        origin.name
        for origin in catalogue.rows(IssueOrigin)
        if (Permission.LEDGER_OPEN_MUNICIPAL if origin.is_municipal else Permission.LEDGER_OPEN) in permissions
    ]


def open_issues(
    store: Store, catalogue: Catalogue, viewer: Viewer, new: Sequence[NewIssue], at: datetime, *, is_demonstration: bool
) -> list[str]:
    """Open issues, all or none; returns their codes (unit, year, number).

    Args:
        store: The operational store.
        catalogue: For the origins and states.
        viewer: Who opens them; `found_on` is the day of `at`.
        new: The problems, at least one.
        at: UTC time.
        is_demonstration: Whether the figures that they are about are invented.

    Raises:
        RefusedError: no permission for an origin, no words, a deadline in the past, or one about the same value
            is open already (`detail` is its code).
    """
    with store.write() as connection:
        audit.hold_head(connection)
        return open_within(store, connection, catalogue, viewer, new, at, is_demonstration=is_demonstration)


def open_within(
    store: Store,
    connection: Connection,
    catalogue: Catalogue,
    viewer: Viewer,
    new: Sequence[NewIssue],
    at: datetime,
    *,
    is_demonstration: bool,
) -> list[str]:
    """The same within a transaction that holds the head of the audit."""
    for issue in new:
        _check(catalogue, viewer, issue, day_of(at))
    open_codes = open_by_cell(connection, catalogue, {issue.cell for issue in new})
    doubled = next((open_codes[i.cell] for i in new if i.item_code and i.cell in open_codes), "")
    if doubled:
        raise RefusedError("issue_is_open", doubled)
    return [_insert(store, connection, viewer, issue, at, is_demonstration=is_demonstration) for issue in new]


def open_by_cell(
    connection: Connection, catalogue: Catalogue, cells: set[tuple[str, str, str]]
) -> dict[tuple[str, str, str], str]:
    """The code of an open issue about each of the values that has one."""
    is_open = open_states(catalogue, "issue")
    held = issue_table.c
    subjects = {subject for subject, _, _ in cells}
    asked = select(held.issue_code, held.district_code, held.school_code, held.stage, held.item_code).where(
        held.status.in_(is_open),
        held.item_code.in_({item for _, _, item in cells}),
        or_(held.school_code.in_(subjects), and_(held.school_code.is_(None), held.district_code.in_(subjects))),
    )
    known = connection.execute(asked.order_by(held.issue_code.desc())).all()
    by_cell = {(r.school_code or r.district_code, r.stage or "", r.item_code): r.issue_code for r in known}
    return {cell: code for cell, code in by_cell.items() if cell in cells}


def _check(catalogue: Catalogue, viewer: Viewer, issue: NewIssue, today: date) -> None:
    if issue.origin not in origins_for(catalogue, viewer):
        raise RefusedError("no_permission")
    if not issue.problem.strip():
        raise RefusedError("needs_problem")
    check_words(issue.problem, issue.responsible_unit or "", issue.responsible_person or "")
    if issue.due_on is not None and issue.due_on < today:
        raise RefusedError("due_is_past")


def _insert(
    store: Store, connection: Connection, viewer: Viewer, new: NewIssue, at: datetime, *, is_demonstration: bool
) -> str:
    code = _next_code(connection, new.district_code, day_of(at).year)
    values = asdict(
        Issue(
            **asdict(new),
            issue_code=code,
            round=None,
            found_on=day_of(at),
            measure=None,
            status=FIRST_STATUS,
            rectified_by=None,
            reviewer=None,
            reviewed_on=None,
            closed_on=None,
            evidence=None,
            was_met=False,
            is_demonstration=is_demonstration,
            version=1,
            updated_by=viewer.name,
            updated_by_id=viewer.account_id,
            updated_at=at,
        )
    )
    connection.execute(insert(issue_table).values(**values))
    audit.record(store, connection, audit.AuditEvent(viewer.actor, "open_issue", SUBJECT, code, at), {}, values)
    return code


def _next_code(connection: Connection, district_code: str, year: int) -> str:
    """Unit, year and the number after the highest given so far; a number is never given again."""
    start = f"{district_code}-{year}-"
    asked = select(issue_table.c.issue_code).where(issue_table.c.issue_code.startswith(start, autoescape=True))
    numbers = [int(n) for (code,) in connection.execute(asked) if (n := code.removeprefix(start)).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:04}"
