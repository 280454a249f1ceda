"""The items first: what each asks, and how many units fail it in the period shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.tables import Item
from data.rows.matrix import MatrixCellRow, MatrixItemRow
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import link_to, paragraph
from layouts.components.gloss import TERMS, anchor
from layouts.components.sections import region
from layouts.components.terms import term_list
from layouts.markup import Node
from layouts.pages.method.rows import MethodView
from layouts.parts.frame import section
from layouts.routes import MATRIX, link


@dataclass(frozen=True)
class Standing:
    """An item, and how the units stand on it."""

    item: MatrixItemRow
    asks: str
    failing: int
    unknown: int


def words_first() -> Node:
    """The words that the pages use, each with what it means."""
    terms = [(anchor(t), text(f"gloss_word.{t}"), text(f"gloss.{t}")) for t in TERMS]
    return section(text("method.glossary"), term_list(terms), identity="method-glossary")


def item_standing(view: MethodView) -> Node:
    """Every counted item with its line and how many units miss it; nothing before the first publication."""
    if not view.matrix_items:
        return None
    rows = [_standing(view, item) for item in view.matrix_items]
    columns: list[Column[Standing]] = [
        column("method.col_", "code", lambda s: cell(s.item.item_code, look="tight")),
        column("method.col_", "name", lambda s: s.item.short_name, Kind.NAME),
        column("method.col_", "dimension", lambda s: s.item.dimension_name),
        column("method.col_", "measured", lambda s: s.asks),
        column("method.col_", "failing", lambda s: _failing(view, s), Kind.COUNT),
        column("method.col_", "unknown", lambda s: count_cell(s.unknown) if s.unknown else "", Kind.COUNT),
    ]
    table = data_table(
        columns,
        rows,
        name=text("sheet.item_standing"),
        key=lambda s: s.item.item_code,
        look=TableLook(table="mini method-table standing"),
    )
    month = formatting.month(view.period.snapshot_date)
    lead = paragraph(text("method.standing_lead", month=month), look="d")
    return section(_title(view.matrix_items), lead, table, identity="method-standing")


def contents(titles: Sequence[str]) -> Node:
    """Links to the sections below."""
    short = {"standing": text("method.standing_short")}
    links = [link_to(short.get(t) or text(f"method.{t}"), href=f"#method-{t}", key=t, stays=False) for t in titles]
    return region(*links, look="contents", label=text("method.contents"))


def _title(items: Sequence[MatrixItemRow]) -> str:
    """Every row of the table: those that are counted, and the others by their dimension."""
    counted = sum(1 for item in items if item.is_counted)
    beside = Counter(item.dimension_name for item in items if not item.is_counted)
    others = "、".join(text("method.standing_other", dimension=name, count=count) for name, count in beside.items())
    return text("method.standing", total=counted, others=others)


def _standing(view: MethodView, item: MatrixItemRow) -> Standing:
    cells = [c for c in view.matrix_cells if c.item_code == item.item_code]
    return Standing(
        item, _asks(view, item), sum(_is_failed(c) for c in cells), sum(1 for c in cells if c.is_met is None)
    )


def _is_failed(standing: MatrixCellRow) -> bool:
    return standing.is_met is False


def _asks(view: MethodView, item: MatrixItemRow) -> str:
    row: Item | None = next((i for i in view.items if i.item_code == item.item_code), None)
    if row is None:
        return text("method.resource_line")
    if row.threshold is None:
        return text("method.judged")
    return f"≥ {formatting.plain(row.threshold)}{row.unit}"


def _failing(view: MethodView, standing: Standing) -> Cell | str:
    if not standing.failing:
        return ""
    count_text = text("method.failing", count=standing.failing)
    href = link(MATRIX, view.state, sort=standing.item.item_code)
    return cell(link_to(count_text, href=href), value=standing.failing, look="b")
