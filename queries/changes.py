"""What changed between two publications: corrected returns, and every verdict that they flip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from queries import overview, shell
from queries.reader import Snapshot


@dataclass(frozen=True)
class ReturnsRow:
    """A unit's returns of a period: the batch they come from, when and by whom."""

    period: str
    district_code: str
    batch_id: str
    imported_at: datetime
    imported_by: str
    file_name: str
    school_count: int


@dataclass(frozen=True)
class CellRow:
    """One indicator of one section."""

    school_code: str
    school_name: str
    stage: str
    indicator_code: str
    section_value: float | None
    threshold: float | None
    is_met: bool | None


@dataclass(frozen=True)
class CellChange:
    """A cell that differs; None where the school stood in one of the two only."""

    period: str
    district_code: str
    before: CellRow | None
    after: CellRow | None

    @property
    def cell(self) -> CellRow:
        """The cell as it is known."""
        known = self.after or self.before
        assert known is not None  # noqa: S101  one of the two made the change
        return known

    @property
    def direction(self) -> str:
        """`gained` 未达标→达标, `lost` 达标→未达标, `other` verdicts, or `value` alone."""
        pair = (self.before and self.before.is_met, self.after and self.after.is_met)
        if pair[0] == pair[1]:
            return "value"
        return {(False, True): "gained", (True, False): "lost"}.get(pair, "other")  # type: ignore[arg-type]


@dataclass(frozen=True)
class VerdictChange:
    """A unit whose overall verdict differs in a period that both know."""

    period: str
    district_code: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """Periods that only the later publication has, corrected returns, cells and verdicts."""

    new_periods: list[str]
    corrected: list[ReturnsRow]
    cells: list[CellChange]
    verdicts: list[VerdictChange]


ORDER = {"gained": 0, "lost": 1, "other": 2, "value": 3}


def changes(earlier: Snapshot, later: Snapshot) -> Changes:
    """Compare two publications; only units whose batch differs are compared cell by cell."""
    old = {p.period for p in shell.periods(earlier)}
    periods = [p.period for p in shell.periods(later)]
    corrected = [r for r in _replaced(earlier, later) if r.period in old]
    return Changes([p for p in periods if p not in old], corrected,
                   changed_cells(earlier, later, corrected),
                   _verdicts(earlier, later, [p for p in periods if p in old]))  # fmt: skip


def corrected_returns(earlier: Snapshot, later: Snapshot, period: str) -> list[ReturnsRow]:
    """The returns of units that both know in a period and that came from another batch before."""
    known = {r.district_code for r in returns(earlier) if r.period == period}
    return [r for r in _replaced(earlier, later)
            if r.period == period and r.district_code in known]  # fmt: skip


def _replaced(earlier: Snapshot, later: Snapshot) -> list[ReturnsRow]:
    known = {(r.period, r.district_code, r.batch_id) for r in returns(earlier)}
    return [r for r in returns(later) if (r.period, r.district_code, r.batch_id) not in known]


def changed_cells(
    earlier: Snapshot, later: Snapshot, corrected: Iterable[ReturnsRow]
) -> list[CellChange]:
    """The cells that differ in corrected returns, every 未达标→达标 first."""
    cells: list[CellChange] = []
    for period, district in dict.fromkeys((r.period, r.district_code) for r in corrected):
        cells += _cells(earlier, later, period, district)
    return sorted(cells, key=lambda c: (ORDER[c.direction], c.period, c.cell.school_code,
                                        c.cell.stage, c.cell.indicator_code))  # fmt: skip


def returns(snapshot: Snapshot) -> tuple[ReturnsRow, ...]:
    """The returns of every period and unit, by batch."""
    return snapshot.ask("changes/returns", ReturnsRow)


def _cells(earlier: Snapshot, later: Snapshot, period: str, district: str) -> list[CellChange]:
    found: list[dict[tuple[str, str, str], CellRow]] = []
    for snapshot in (earlier, later):
        rows = snapshot.ask("changes/cells", CellRow, period=period, district=district)
        found.append({(r.school_code, r.stage, r.indicator_code): r for r in rows})
    before, after = found
    return [
        CellChange(period, district, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if _figures(before.get(key)) != _figures(after.get(key))
    ]


def _figures(cell: CellRow | None) -> tuple[float | None, bool | None] | None:
    return None if cell is None else (cell.section_value, cell.is_met)


def _verdicts(earlier: Snapshot, later: Snapshot, periods: list[str]) -> list[VerdictChange]:
    found: list[VerdictChange] = []
    for period in periods:
        old = {u.district_code: u.verdict for u in overview.unit_status(earlier, period, "as_was")}
        for unit in overview.unit_status(later, period, "as_was"):
            before = old.get(unit.district_code)
            if before is not None and before != unit.verdict:
                found.append(VerdictChange(period, unit.district_code, unit.short_name, before,
                                           unit.verdict))  # fmt: skip
    return found
