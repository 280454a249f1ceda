"""Below the board of one unit: when each unmet item is met, from the same futures as the unit."""

from data.rows.overview import UnitStatusRow
from data.rows.plan import DistanceRow, ItemForecast, ItemForecastRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.plan.rows import PlanView
from layouts.parts.forecast import chance_words, interval_words
from layouts.parts.frame import section
from layouts.routes import DISTRICT, link


def item_table(view: PlanView) -> list[Node]:
    """The unmet items of the chosen unit; nothing where no unit is chosen or none is forecast."""
    unit = view.rows.chosen
    if unit is None or not view.items:
        return []
    names = ["name", "part", "date", "interval"]
    has_chance = any(i.forecast and i.forecast.chance is not None for i in view.items)
    heads = [text(f"plan.item_{name}") for name in names]
    if has_chance:
        heads.append(text("plan.item_chance", year=unit.target_year))
    return [
        section(
            text("plan.items_title", name=unit.short_name, count=len(view.items)),
            h(
                "table",
                {"className": "mini plan-items"},
                h("thead", {}, h("tr", {}, *[h("th", {"scope": "col", "key": w}, w) for w in heads])),
                h("tbody", {}, *[_item(view, unit, item, has_chance=has_chance) for item in view.items]),
            ),
            h("p", {"className": "src"}, text("plan.items_method")),
        )
    ]


def _item(view: PlanView, unit: UnitStatusRow, item: ItemForecast, *, has_chance: bool) -> Node:
    found, code = item.forecast, item.item_code
    names = {**view.rows.item_names, **view.rows.indicator_names}
    href = link(
        DISTRICT, view.rows.state, district=unit.district_code, group="", why=f"item.{unit.district_code}.{code}"
    )
    cells = [
        h("th", {"scope": "row"}, h("a", {"href": href, "data-nav": "1"}, f"{code} {names.get(code, '')}")),
        h("td", {}, "；".join(_part(p) for p in item.parts) or text("plan.item_judged")),
        h("td", {}, text("plan.item_new") if found is None else interval_words(found)),
        h("td", {"className": "mut"}, formatting.NONE if found is None else _tails(unit, found)),
    ]
    if has_chance:
        chance = found.chance if found is not None else None
        words = formatting.NONE if chance is None else chance_words(chance, view.rows.chance_lines)
        cells.append(h("td", {"className": "num"}, words))
    return h("tr", {"key": code}, *cells)


def _part(part: DistanceRow) -> str:
    if part.part == "sections":
        distance = text("plan.part_sections_far", count=int(part.distance))
    else:
        distance = text("plan.part_far", share=formatting.share(part.distance))
    return text(f"plan.part_{part.part}") + distance


def _tails(unit: UnitStatusRow, found: ItemForecastRow) -> str:
    if found.low_year is None:
        return formatting.NONE
    first = "_first" if found.low_year == unit.first_autumn else ""
    if found.high_year is None:
        return text(f"plan.item_open{first}", low=found.low_year)
    return text(f"plan.item_range{first}", low=found.low_year, high=found.high_year)
