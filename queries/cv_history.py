"""Each unit's worst CV and how it came about."""

from data.rows.context import UnitContext
from data.rows.overview import UnitCvRow
from queries import overview
from queries.reader import Snapshot


def worst_cv_by_unit(rows: UnitContext) -> dict[str, UnitCvRow]:
    """The row of each unit's worst CV, as publication chose it; absent where undefined."""
    places = {(u.district_code, u.worst_stage, u.worst_indicator_code) for u in rows.scoped}
    return {c.district_code: c for c in rows.cvs if (c.district_code, c.stage, c.indicator_code) in places}


def worst_cv_series(
    snapshot: Snapshot, rows: UnitContext, worst: dict[str, UnitCvRow]
) -> dict[str, list[float | None]]:
    """Each unit's worst CV over the autumn periods; None before an uncrossable boundary change."""
    days = [p.snapshot_date for p in rows.periods if p.is_annual and p.snapshot_date <= rows.period.snapshot_date]
    changed = {
        c.district_code: c.effective_on
        for c in rows.boundary_changes
        if rows.state.basis == "as_was" and c.effective_on <= rows.period.snapshot_date
    }
    histories: dict[str, list[float | None]] = {}
    for code, row in worst.items():
        points = {
            h.snapshot_date: h.cv
            for h in overview.cv_history(snapshot, rows.state.basis, row.stage, row.indicator_code)
            if h.district_code == code and (code not in changed or h.snapshot_date >= changed[code])
        }
        histories[code] = [points.get(day) for day in days]
    return histories
