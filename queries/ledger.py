"""问题台账: every issue of the store with the present value of what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.store.engine import Store
from data.store.ledger import Issue, find_issue, list_issues
from queries.reader import Snapshot

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


@dataclass(frozen=True)
class SubjectPlaceRow:
    """A school or unit, and the unit that answers for it today."""

    subject_code: str
    district_code: str


@dataclass(frozen=True)
class LedgerRow:
    """An issue, its cell, and the unit that answers for it: where the school belongs today."""

    issue: Issue
    cell: CellRow | None
    district_code: str

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


def ledger(snapshot: Snapshot, store: Store) -> list[LedgerRow]:
    """The issues within the snapshot's scope, by code."""
    return _within_scope(snapshot, list_issues(store))


def cells_of(
    snapshot: Snapshot, wanted: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str, str], CellRow]:
    """The latest values of cells (school or unit, stage, item)."""
    asked = "|".join(sorted({":".join(cell) for cell in wanted}))
    rows = snapshot.ask("ledger/cells", CellRow, cells=asked)
    return {(r.subject_code, r.stage, r.item_code): r for r in rows}


def find_in_scope(snapshot: Snapshot, store: Store, issue_code: str) -> LedgerRow | None:
    """An issue with its value; None where there is none, or it is outside the snapshot's scope."""
    issue = find_issue(store, issue_code)
    if issue is None:
        return None
    return next(iter(_within_scope(snapshot, [issue])), None)


def _within_scope(snapshot: Snapshot, issues: Sequence[Issue]) -> list[LedgerRow]:
    """By where the school belongs today, also where its figures are outside the scope."""
    cells = cells_of(snapshot, [issue.cell for issue in issues])
    subjects = "|".join(sorted({issue.cell[0] for issue in issues}))
    found = snapshot.ask("ledger/places", SubjectPlaceRow, subjects=subjects)
    places = {p.subject_code: p.district_code for p in found}
    rows = [LedgerRow(i, cells.get(i.cell), places.get(i.cell[0], i.district_code)) for i in issues]
    return [r for r in rows if snapshot.scope.allows(r.district_code, r.issue.school_code)]
