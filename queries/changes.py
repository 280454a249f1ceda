"""What changed between two publications: corrected returns, and every verdict that they flip."""

from collections.abc import Iterable

from data.rows.changes import CellChange, CellRow, Changes, ReturnsRow, VerdictChange
from queries import common_dimensions, overview
from queries.reader import Snapshot

ORDER = {"gained": 0, "lost": 1, "other": 2, "value": 3}


def changes(earlier: Snapshot, later: Snapshot) -> Changes:
    """Compare two publications; only units whose batch differs are compared cell by cell."""
    old = {p.period for p in common_dimensions.periods(earlier)}
    periods = [p.period for p in common_dimensions.periods(later)]
    corrected = [r for r in _replaced(earlier, later) if r.period in old]
    return Changes(
        [p for p in periods if p not in old],
        corrected,
        changed_cells(earlier, later, corrected),
        _verdicts(earlier, later, [p for p in periods if p in old]),
    )


def is_corrected(earlier: Snapshot, later: Snapshot) -> bool:
    """Whether the later publication has another return of a unit and period that both know."""
    known = {(r.period, r.district_code) for r in returns(earlier)}
    return any((r.period, r.district_code) in known for r in _replaced(earlier, later))


def corrected_returns(earlier: Snapshot, later: Snapshot, period: str) -> list[ReturnsRow]:
    """The returns of units that both know in a period and that came from another batch before."""
    known = {r.district_code for r in returns(earlier) if r.period == period}
    return [r for r in _replaced(earlier, later) if r.period == period and r.district_code in known]


def _replaced(earlier: Snapshot, later: Snapshot) -> list[ReturnsRow]:
    known = {(r.period, r.district_code, r.batch_id) for r in returns(earlier)}
    return [r for r in returns(later) if (r.period, r.district_code, r.batch_id) not in known]


def changed_cells(earlier: Snapshot, later: Snapshot, corrected: Iterable[ReturnsRow]) -> list[CellChange]:
    """The cells that differ in corrected returns, every 未达标→达标 first."""
    cells: list[CellChange] = []
    for period, district in dict.fromkeys((r.period, r.district_code) for r in corrected):
        cells += _cells(earlier, later, period, district)
    return sorted(
        cells, key=lambda c: (ORDER[c.direction], c.period, c.cell.school_code, c.cell.stage, c.cell.indicator_code)
    )


def returns(snapshot: Snapshot) -> tuple[ReturnsRow, ...]:
    """The returns of every period and unit, by batch."""
    return snapshot.ask("changes/returns", ReturnsRow)


def _cells(earlier: Snapshot, later: Snapshot, period: str, district: str) -> list[CellChange]:
    cells: list[dict[tuple[str, str, str], CellRow]] = []
    for snapshot in (earlier, later):
        rows = snapshot.ask("changes/cells", CellRow, period=period, district=district)
        cells.append({(r.school_code, r.stage, r.indicator_code): r for r in rows})
    before, after = cells
    return [
        CellChange(period, district, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if _figures(before.get(key)) != _figures(after.get(key))
    ]


def _figures(cell: CellRow | None) -> tuple[float | None, bool | None] | None:
    return None if cell is None else (cell.section_value, cell.is_met)


def _verdicts(earlier: Snapshot, later: Snapshot, periods: list[str]) -> list[VerdictChange]:
    changes: list[VerdictChange] = []
    for period in periods:
        old = {u.district_code: u.verdict for u in overview.unit_status(earlier, period, "as_was")}
        for unit in overview.unit_status(later, period, "as_was"):
            before = old.get(unit.district_code)
            if before is not None and before != unit.verdict:
                changes.append(VerdictChange(period, unit.district_code, unit.short_name, before, unit.verdict))
    return changes
