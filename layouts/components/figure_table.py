"""A table whose rows are drawn: a column may be a picture with its number, rows stand in groups, a foot holds the axis.

The keyboard walks it as one chart (`data-chart`, `assets/`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from layouts.components.data_table import Cell, Kind, with_value
from layouts.markup import FileNode, Node, h

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class FigureColumn(Generic[Row]):
    """A head over one cell, or over a picture and its number; a row with one cell fills the width of both."""

    name: str
    head: Sequence[Node]
    cells: Callable[[Row], Sequence[Cell]]
    kinds: Sequence[Kind] = (Kind.TEXT,)
    file_head: str = ""
    label: str = ""
    """What readers are told where the head is a picture."""


@dataclass(frozen=True, kw_only=True)
class FigureGroup(Generic[Row]):
    """Rows under a title over the whole width; without one, they stand alone."""

    key: str
    rows: Sequence[Row]
    title: Sequence[Node] = ()
    look: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureLook(Generic[Row]):
    """How the table stands on screen; `axis` is drawn below its last column."""

    table: str
    row: Callable[[Row], str] = field(default=lambda _: "")
    axis: Node = None


def figure_table(
    columns: Sequence[FigureColumn[Row]],
    groups: Sequence[FigureGroup[Row]],
    *,
    name: str,
    label: str,
    key: Callable[[Row], str],
    look: FigureLook[Row],
) -> Node:
    """The table; the first column heads its rows, `name` is its sheet in files, `label` what readers call it."""
    width = sum(len(column.kinds) for column in columns)
    described = [
        ("" if kind is Kind.PICTURE else column.file_head, kind) for column in columns for kind in column.kinds
    ]
    table = h(
        "table",
        {"className": look.table, "tabIndex": 0, "data-chart": "1", "aria-label": label},
        h("thead", {}, h("tr", {}, *[_head(column) for column in columns])),
        *[_group(columns, group, key, look, width) for group in groups],
        _foot(look.axis, width) if look.axis is not None else None,
    )
    return FileNode(table, sheet=name, columns=described)


def _head(column: FigureColumn[Row]) -> Node:
    span = len(column.kinds)
    attributes = {"key": column.name, "colSpan": None if span == 1 else span, "aria-label": column.label or None}
    return h("th", {"scope": "col", **attributes}, *column.head)


def _group(
    columns: Sequence[FigureColumn[Row]],
    group: FigureGroup[Row],
    key: Callable[[Row], str],
    look: FigureLook[Row],
    width: int,
) -> Node:
    title = h("th", {"colSpan": width, "scope": "rowgroup"}, *group.title)
    head = h("tr", {"key": "title", "className": group.look or None}, title) if group.title else None
    rows = [
        h(
            "tr",
            {"key": key(row), "className": look.row(row) or None},
            *[cell for number, column in enumerate(columns) for cell in _cells(column, row, is_head=not number)],
        )
        for row in group.rows
    ]
    return h("tbody", {"key": group.key}, head, *rows)


def _cells(column: FigureColumn[Row], row: Row, *, is_head: bool) -> list[Node]:
    cells = column.cells(row)
    span = 1 + len(column.kinds) - len(cells)
    return [_cell(cell, span, is_head=is_head) for cell in cells]


def _cell(cell: Cell, span: int, *, is_head: bool) -> Node:
    attributes = {
        "scope": "row" if is_head else None,
        "className": cell.look or None,
        "colSpan": None if span == 1 else span,
        "aria-label": cell.label or None,
        "data-tip": cell.tip or None,
    }
    return with_value(h("th" if is_head else "td", attributes, *cell.shown), cell)


def _foot(axis: Node, width: int) -> Node:
    return h("tfoot", {}, h("tr", {"aria-hidden": "true"}, h("td", {"colSpan": width - 1}), h("td", {}, axis)))
