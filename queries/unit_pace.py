"""What a unit still has to do before its target: its unmet items, and whether its worst CV falls fast enough."""

from statistics import linear_regression

from data.rows.context import UnitContext, cv_name
from data.rows.overview import UnitStatusRow
from data.rows.plan import ItemForecast, Pace
from queries import plan
from queries.cv_history import worst_cv_by_unit, worst_cv_series
from queries.reader import Snapshot

MONTHS = 12


def _now(rows: UnitContext) -> float:
    day = rows.period.snapshot_date
    return day.year + day.month / MONTHS


def unmet_items(snapshot: Snapshot, rows: UnitContext, unit: UnitStatusRow) -> list[ItemForecast]:
    """The unmet items of a unit, the slowest first, with the parts that keep each open.

    Forecast are the items that failed in the last autumn: in spring some are met by now, and some
    fail that no forecast knows.
    """
    place = (rows.period.period, rows.state.basis, unit.district_code)
    forecasts = {f.item_code: f for f in plan.item_forecasts(snapshot, *place)}
    if not forecasts:
        return []
    parts = plan.item_distances(snapshot, *place)
    failing = (unit.failing_items or "").split()
    codes = [*(c for c in forecasts if c in failing), *(c for c in failing if c not in forecasts)]
    return [ItemForecast(code, forecasts.get(code), [p for p in parts if p.item_code == code]) for code in codes]


def urgent_paces(snapshot: Snapshot, rows: UnitContext) -> tuple[list[Pace], list[str]]:
    """Units whose worst CV is over its limit and not shrinking fast enough, most urgent first.

    And the names of those of which that is not known: without a CV, or with too few autumns.
    """
    worst = worst_cv_by_unit(rows)
    histories = worst_cv_series(snapshot, rows, worst)
    days = [p.snapshot_date for p in rows.periods if p.is_annual and p.snapshot_date <= rows.period.snapshot_date]
    window = int(rows.parameters["pace_window"])
    now = _now(rows)
    paces: list[Pace] = []
    unknown: list[str] = []
    for unit in rows.scoped:
        if unit.target_year is None or unit.target_year + 1 <= now:
            continue
        row = worst.get(unit.district_code)
        if row is None or row.cv is None:
            unknown.append(unit.short_name)
            continue
        if row.is_within_limit:
            continue
        left = unit.target_year + 1 - now
        known = zip(days[-window:], histories[unit.district_code][-window:], strict=True)
        points = [(d.year + d.month / MONTHS, v) for d, v in known if v is not None]
        if len(points) < rows.parameters["pace_points"]:
            unknown.append(unit.short_name)
            continue
        slope, _ = linear_regression(*zip(*points, strict=True))
        pace = Pace(unit, row, cv_name(row, rows.indicator_names), -slope, (row.cv - row.cv_limit) / left)
        if pace.ratio is None or pace.ratio > 1:
            paces.append(pace)
    return sorted(paces, key=lambda p: (p.ratio is not None, -(p.ratio or 0))), unknown
