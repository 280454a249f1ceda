"""问题台账: every issue of the store with the present value of what it is about."""

from collections.abc import Sequence

from data.rows.ledger import CellRow, LedgerRow, SubjectNameRow, SubjectPlaceRow
from data.rows.look_back import WeakSubjectRow
from data.store.engine import Store
from data.store.ledger import Issue, find_issue, list_issues
from queries.reader import Snapshot


def ledger(snapshot: Snapshot, store: Store) -> list[LedgerRow]:
    """The issues within the snapshot's scope, by code."""
    return within_scope(snapshot, list_issues(store))


def cells_of(snapshot: Snapshot, subjects: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], CellRow]:
    """The latest values of cells (school or unit, stage, item)."""
    asked = "|".join(sorted({":".join(cell) for cell in subjects}))
    rows = snapshot.ask("ledger/cells", CellRow, cells=asked)
    return {(r.subject_code, r.stage, r.item_code): r for r in rows}


def failing(snapshot: Snapshot, district: str) -> tuple[CellRow, ...]:
    """The failing values of a unit and its schools, the unit's own first."""
    return snapshot.ask("ledger/failing", CellRow, district=district)


def weak_schools(snapshot: Snapshot) -> set[str]:
    """The schools within the scope that do not comply now."""
    return {row.school_code for row in snapshot.ask("ledger/weak", WeakSubjectRow)}


def find_in_scope(snapshot: Snapshot, store: Store, issue_code: str) -> LedgerRow | None:
    """An issue with its value; None where there is none, or it is outside the snapshot's scope."""
    issue = find_issue(store, issue_code)
    if issue is None:
        return None
    return next(iter(within_scope(snapshot, [issue])), None)


def within_scope(snapshot: Snapshot, issues: Sequence[Issue]) -> list[LedgerRow]:
    """Those that the snapshot's scope allows, with their values."""
    rows = ledger_rows(snapshot, issues)
    return [r for r in rows if snapshot.scope.allows(r.district_code, r.issue.school_code)]


def ledger_rows(snapshot: Snapshot, issues: Sequence[Issue]) -> list[LedgerRow]:
    """Issues by where the school belongs today, also where its figures are outside the scope."""
    cells = cells_of(snapshot, [issue.cell for issue in issues])
    subjects = "|".join(sorted({issue.cell[0] for issue in issues}))
    place_rows = snapshot.ask("ledger/places", SubjectPlaceRow, subjects=subjects)
    places = {p.subject_code: p.district_code for p in place_rows}
    names = _names(snapshot, [issue.cell[0] for issue in issues if issue.cell not in cells])
    names |= {cell.subject_code: cell.school_name for cell in cells.values()}
    return [
        LedgerRow(i, cells.get(i.cell), places.get(i.cell[0], i.district_code), names.get(i.cell[0], ""))
        for i in issues
    ]


def _names(snapshot: Snapshot, subjects: Sequence[str]) -> dict[str, str]:
    """The schools among them that ever reported, by the name of their last return."""
    asked = "|".join(sorted(set(subjects)))
    return {r.subject_code: r.school_name for r in snapshot.ask("ledger/names", SubjectNameRow, subjects=asked)}
