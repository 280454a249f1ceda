"""Below the board of one unit: when each unmet item would be met at its present pace."""

import math
from typing import Any

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.plan.rows import Forecast, ItemForecast, PartForecast, PlanView
from layouts.parts.frame import section
from layouts.routes import DISTRICT, link

EVEN_CHANCE = 0.5


def item_table(view: PlanView) -> list[Node]:
    """The unmet items of the chosen unit; nothing where no unit is chosen or all are met."""
    unit = view.rows.chosen
    if unit is None or not view.items:
        return []
    heads = [text(f"plan.item_{name}") for name in ("name", "part", "distance", "date", "interval",
                                                    "chance")]  # fmt: skip
    return [section(
        text("plan.items_title", name=unit.short_name, count=len(view.items)),
        h("table", {"className": "mini plan-items"},
          h("thead", {}, h("tr", {}, *[h("th", {"scope": "col", "key": w}, w) for w in heads])),
          h("tbody", {}, *[row for item in view.items for row in _item(view, unit, item)])),
        h("p", {"className": "src"}, text("plan.items_method")),
    )]  # fmt: skip


def _item(view: PlanView, unit: Any, item: ItemForecast) -> list[Node]:
    href = link(DISTRICT, view.rows.state, district=unit.district_code, group="",
                why=f"item.{unit.district_code}.{item.item_code}")  # fmt: skip
    name = h("th", {"scope": "rowgroup", "rowSpan": max(1, len(item.parts))},
             h("a", {"href": href, "data-nav": "1"}, f"{item.item_code} {item.name}"))  # fmt: skip
    if not item.parts:
        words = h("td", {"colSpan": 5, "className": "mut"}, text("plan.item_judged"))
        return [h("tr", {"key": item.item_code}, name, words)]
    return [
        h("tr", {"key": f"{item.item_code}{part.part}"}, name if number == 0 else None,
          *_part(view, part))
        for number, part in enumerate(item.parts)
    ]  # fmt: skip


def _part(view: PlanView, part: PartForecast) -> list[Node]:
    if part.part == "sections":
        distance = text("plan.part_sections_far", count=int(part.distance))
    else:
        distance = formatting.share(part.distance)
    forecast = part.forecast
    cells = [h("td", {}, text(f"plan.part_{part.part}")), h("td", {"className": "num"}, distance)]
    if forecast is None:
        return [*cells, h("td", {"colSpan": 3, "className": "mut"}, text("plan.too_few"))]
    chance = formatting.NONE if forecast.chance is None else formatting.share(forecast.chance)
    is_doubtful = forecast.chance is not None and forecast.chance < EVEN_CHANCE
    return [
        *cells,
        h("td", {}, _date(view, forecast.middle)),
        h("td", {"className": "mut"}, _interval(view, forecast)),
        h("td", {"className": "num t-unmet" if is_doubtful else "num"}, chance),
    ]


def _date(view: PlanView, year: float | None) -> str:
    if year is None:
        return text("plan.item_not_falling")
    horizon = int(view.rows.parameters["projection_horizon"])
    if year >= horizon + 1:
        return text("plan.item_beyond", year=horizon)
    return text("plan.item_year", year=math.floor(year))


def _interval(view: PlanView, forecast: Forecast) -> str:
    horizon = int(view.rows.parameters["projection_horizon"])
    ends = [text("plan.item_beyond", year=horizon) if end is None or end >= horizon + 1
            else text("plan.item_year", year=math.floor(end))
            for end in (forecast.low, forecast.high)]  # fmt: skip
    return ends[0] if ends[0] == ends[1] else text("plan.item_range", low=ends[0], high=ends[1])
