"""Below the board of one unit: when each unmet item is met, from the same futures as the unit."""

from data.rows.overview import UnitStatusRow
from data.rows.plan import DistanceRow, ItemForecast, ItemForecastRow
from data.text import text
from layouts import formatting
from layouts.components.cells import linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import paragraph
from layouts.markup import Node
from layouts.pages.plan.rows import PlanView
from layouts.parts.forecast import chance_words, interval_words
from layouts.parts.frame import section
from layouts.routes import DISTRICT, link


def item_table(view: PlanView) -> list[Node]:
    """The unmet items of the chosen unit; nothing where no unit is chosen or none is forecast."""
    unit = view.rows.chosen
    if unit is None or not view.items:
        return []
    columns: list[Column[ItemForecast]] = [
        column("plan.item_", "name", lambda i: _name(view, unit, i), Kind.NAME),
        column("plan.item_", "part", lambda i: "；".join(_part(p) for p in i.parts) or text("plan.item_judged")),
        column("plan.item_", "date", lambda i: interval_words(i.forecast) if i.forecast else text("plan.item_new")),
        column("plan.item_", "interval", lambda i: cell(_tails(unit, i.forecast), look="mut")),
    ]
    if any(i.forecast and i.forecast.chance is not None for i in view.items):
        columns.append(_chance_column(view, unit))
    look = TableLook[ItemForecast](table="mini plan-items")
    table = data_table(columns, view.items, name=text("sheet.items"), key=lambda i: i.item_code, look=look)
    title = text("plan.items_title", name=unit.short_name, count=len(view.items))
    return [section(title, table, paragraph(text("plan.items_method"), look="src"))]


def _chance_column(view: PlanView, unit: UnitStatusRow) -> Column[ItemForecast]:
    def chance(item: ItemForecast) -> Cell | str:
        share = item.forecast.chance if item.forecast else None
        return formatting.NONE if share is None else cell(chance_words(share, view.rows.chance_lines), look="num")

    return Column(name="chance", head=text("plan.item_chance", year=unit.target_year), cell=chance)


def _name(view: PlanView, unit: UnitStatusRow, item: ItemForecast) -> Cell:
    code, names = item.item_code, {**view.rows.item_names, **view.rows.indicator_names}
    proof = {"district": unit.district_code, "group": "", "why": f"item.{unit.district_code}.{code}"}
    return linked(f"{code} {names.get(code, '')}", link(DISTRICT, view.rows.state, **proof))


def _part(part: DistanceRow) -> str:
    if part.part == "sections":
        distance = text("plan.part_sections_far", count=int(part.distance))
    else:
        distance = text("plan.part_far", share=formatting.share(part.distance))
    return text(f"plan.part_{part.part}") + distance


def _tails(unit: UnitStatusRow, forecast: ItemForecastRow | None) -> str:
    if forecast is None or forecast.low_year is None:
        return formatting.NONE
    first = "_first" if forecast.low_year == unit.first_autumn else ""
    if forecast.high_year is None:
        return text(f"plan.item_open{first}", low=forecast.low_year)
    return text(f"plan.item_range{first}", low=forecast.low_year, high=forecast.high_year)
