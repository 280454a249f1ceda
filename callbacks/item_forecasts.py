"""When each unmet item of a unit would be met at its present pace."""

from itertools import groupby

from layouts.pages.overview.rows import OverviewRows
from layouts.pages.plan.rows import Forecast, ItemForecast, PartForecast
from queries import plan
from queries.overview import UnitStatusRow
from queries.proof import district_items
from queries.reader import Snapshot

SHARE_VARIANCE = 0.001**2 / 12  # coefficients and shares are published to three places
MONTHS = 12


def item_forecasts(
    snapshot: Snapshot, rows: OverviewRows, unit: UnitStatusRow
) -> list[ItemForecast]:
    """The unmet items of a unit in the standard's order, with the parts that keep each open.

    An item is met when its last part is, so its date is the latest of its parts, and its chance at
    most the smallest of theirs. Items that are judged have no distance and no date.
    """
    place = (rows.period.period, rows.state.basis, unit.district_code)
    distances = plan.item_distances(snapshot, *place)
    parts: dict[str, list[PartForecast]] = {}
    for (item, part), found in groupby(distances, key=lambda d: (d.item_code, d.part)):
        forecast = _part(rows, unit, part, [(d.data_year, d.distance) for d in found])
        if forecast is not None:
            parts.setdefault(item, []).append(forecast)
    return [
        ItemForecast(i.item_code, i.item_short_name, parts.get(i.item_code, []))
        for i in district_items(snapshot, *place)
        if i.is_met is False and i.dimension not in ("veto", "prerequisite")
    ]


def _part(
    rows: OverviewRows, unit: UnitStatusRow, part: str, points: list[tuple[float, float]]
) -> PartForecast | None:
    """None where the part is met."""
    now, distance = points[-1]
    if distance <= 0:
        return None
    window = points[-int(rows.parameters["projection_window"]) :]
    least = plan.WHOLE_NUMBER_VARIANCE if part == "sections" else SHARE_VARIANCE
    line = plan.fit(window, least)
    if line is None or line.point_count < rows.parameters["projection_points"]:
        return PartForecast(part, distance, None)
    dates = plan.project(line, now)
    due = None if unit.target_year is None else unit.target_year + 1
    chance = line.chance_by(due) if due is not None and due > now else None
    return PartForecast(part, distance, Forecast(dates.middle, dates.low, dates.high, chance))
