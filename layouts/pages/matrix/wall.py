"""The table as a wall shows it: the items and units that fail, large enough for the last row of the room."""

from dataclasses import replace

from data.rows.matrix import MatrixItemRow
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.cross_table import CrossCell, CrossColumn, CrossLook, cross_table
from layouts.components.data_table import Kind
from layouts.components.elements import block, paragraph, run
from layouts.markup import Node
from layouts.pages.matrix.cells import level_words, matrix_cell
from layouts.pages.matrix.columns import met_column, unit_column
from layouts.pages.matrix.rows import RESOURCE, MatrixView
from layouts.parts.double_red import DOUBLE_RED

MOST_ITEMS = 13
"""Columns that can be read from afar side by side."""
MOST_NAMED = 8
"""Units without a row that are named."""
FAILING = ("unmet", "veto")


def wall_table(view: MatrixView) -> Node:
    """The columns and rows that have a cell of what the view is about, and above them which have none."""
    counts = {item.item_code: sum(_is_meant(view, unit, item) for unit in view.units) for item in view.items}
    most = sorted((code for code, count in counts.items() if count), key=lambda code: -counts[code])[:MOST_ITEMS]
    items = [item for item in view.shown_items if item.item_code in most]
    meant = {unit.district_code: sum(_is_meant(view, unit, item) for item in items) for unit in view.units}
    units = [unit for unit in view.units if meant[unit.district_code]]
    if not view.rows.state.sort:  # the last rows may have no room: let them be those with least
        units.sort(key=lambda unit: -meant[unit.district_code])
    columns = [
        unit_column(view),
        met_column(view),
        *[_item_column(view, item, counts[item.item_code]) for item in items],
    ]
    columns = [replace(column, foot=None, width="") for column in columns]
    table = cross_table(
        columns,
        units,
        name=text("navigation.matrix"),
        key=lambda unit: unit.district_code,
        look=CrossLook(table="wall-matrix"),
    )
    note = _left_out(view, counts, most, units) + text("matrix.wall_reading")
    return block(paragraph(note, look="d"), table, look="wall")


def _is_meant(view: MatrixView, unit: UnitStatusRow, item: MatrixItemRow) -> bool:
    """Whether a cell is one of those that the view was narrowed to, by itself of those that fail."""
    only = view.only
    if only == DOUBLE_RED:
        return (unit.district_code, item.item_code) in view.double_red
    level = view.level(unit, item)
    return level == only if only else level in FAILING


def _item_column(view: MatrixView, item: MatrixItemRow, count: int) -> CrossColumn[UnitStatusRow]:
    def shown(unit: UnitStatusRow) -> CrossCell:
        whole = matrix_cell(view, unit, item)
        return replace(whole, look=f"{whole.look} twice" if whole.is_marked else whole.look, why="", label="", tip="")

    is_amount = item.dimension == RESOURCE
    code = f"{item.item_code} {formatting.short_unit(item.unit)}" if is_amount else item.item_code
    counted = text("matrix.wall_count", count=count)
    return CrossColumn(
        name=item.item_code,
        head=[run(code, look="code"), run(item.short_name), run(counted, look="counted")],
        file_head=f"{item.item_code} {item.short_name}",
        cell=shown,
        kind=Kind.VERDICT,
        head_look="" if is_amount else "narrow",
    )


def _left_out(view: MatrixView, counts: dict[str, int], shown: list[str], units: list[UnitStatusRow]) -> str:
    """The items and units that have no column and no row, and why."""
    crowded = [i.short_name for i in view.items if counts[i.item_code] and i.item_code not in shown]
    listed = {unit.district_code for unit in units}
    without = [u for u in view.units if u.district_code not in listed]
    clear = [u.short_name for u in without if u.is_reported]
    silent = [u.short_name for u in without if not u.is_reported]
    only = view.only
    word = text("matrix.double_red") if only == DOUBLE_RED else level_words(view, only or FAILING[0])
    order = "" if view.rows.state.sort else text("matrix.wall_most_first")
    clauses = [text("matrix.wall_listed", word=word, items=len(shown), units=len(units), order=order)]
    if crowded:
        clauses.append(text("matrix.wall_crowded", word=word, names="、".join(crowded)))
    if clear:
        names = text("brief.bracket", words="、".join(clear)) if len(clear) <= MOST_NAMED else ""
        stage = "_stage" if view.rows.has_stage else ""
        stage_name = view.rows.stage_name
        clauses.append(text(f"matrix.wall_clear{stage}", word=word, count=len(clear), names=names, stage=stage_name))
    if silent:
        clauses.append(text("matrix.wall_silent", names="、".join(silent)))
    return text("brief.semicolon").join(clauses) + text("sub.stop")
