"""A wide table of one row per unit or school and one column per item, walked through by arrow keys.

Each cell can be asked why (`why` is the key of its proof), and a head sorts or explains its column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from layouts.components.data_table import Cell, Kind, with_value
from layouts.components.elements import link_to
from layouts.markup import FileNode, Node, h

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class CrossCell(Cell):
    """A cell that may be proved; `is_marked` twice where it fails and gets worse."""

    why: str = ""
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class CrossColumn(Generic[Row]):
    """One column of the table; `file_head` says in files in full what its head says in short."""

    name: str
    head: Sequence[Node]
    file_head: str
    cell: Callable[[Row], CrossCell]
    kind: Kind = Kind.TEXT
    head_look: str = ""
    sort_href: str = ""
    is_sorted: bool = False
    tip: str = ""
    width: str = ""
    foot: Cell | None = None


@dataclass(frozen=True, kw_only=True)
class HeadGroup:
    """Some columns side by side under one title."""

    title: str
    width: int
    names_columns: bool = True


@dataclass(frozen=True, kw_only=True)
class CrossLook:
    """How the table stands on screen; its foot's first cell stands under the first `foot_span` columns."""

    table: str
    sort: str = ""
    foot_span: int = 1


def cross_table(
    columns: Sequence[CrossColumn[Row]],
    rows: Sequence[Row],
    *,
    name: str,
    key: Callable[[Row], str],
    look: CrossLook,
    row_look: Callable[[Row], str] = lambda _: "",
    groups: Sequence[HeadGroup] = (),
) -> Node:
    """The table; the first column heads its rows, and `groups` stand above its heads."""
    widths = [h("col", {"key": str(n), "className": f"w-{c.width}"}) for n, c in enumerate(columns) if c.width]
    feet = [_cell(c.foot, is_head=not n, span=1 if n else look.foot_span) for n, c in enumerate(columns) if c.foot]
    heads = h("tr", {"data-sort": look.sort or None}, *map(_head, columns))
    table = h(
        "table",
        {"className": look.table, "data-grid": "1"},
        h("colgroup", {}, *widths) if widths else None,
        h("thead", {}, _groups(groups) if groups else None, heads),
        h("tbody", {}, *[_row(columns, row, key(row), row_look(row)) for row in rows]),
        h("tfoot", {}, h("tr", {}, *feet)) if feet else None,
    )
    return FileNode(table, sheet=name, columns=[(c.file_head, c.kind) for c in columns])


def _groups(groups: Sequence[HeadGroup]) -> Node:
    heads = [
        h(
            "th",
            {"key": str(n), "colSpan": group.width, "scope": "colgroup" if group.names_columns else None},
            group.title,
        )
        for n, group in enumerate(groups)
    ]
    return h("tr", {"className": "dims"}, *heads)


def _head(column: CrossColumn[Row]) -> Node:
    attributes = {
        "key": column.name,
        "scope": "col",
        "className": column.head_look or None,
        "aria-sort": "descending" if column.is_sorted else None,
    }
    if not column.sort_href:
        return h("th", attributes, *column.head)
    return h("th", attributes, link_to(*column.head, href=column.sort_href, data_tip=column.tip or None))


def _row(columns: Sequence[CrossColumn[Row]], row: Row, key: str, look: str) -> Node:
    cells = [_cell(c.cell(row), key=c.name, is_head=not n) for n, c in enumerate(columns)]
    return h("tr", {"key": key, "className": look or None}, *cells)


def _cell(cell: Cell, *, key: str = "", is_head: bool = False, span: int = 1) -> Node:
    attributes: dict[str, object] = {"key": key or None, "className": cell.look or None}
    if is_head:
        attributes |= {"scope": "row", "colSpan": span if span != 1 else None}
    if cell.label or cell.tip:
        attributes |= {"aria-label": cell.label or None, "data-tip": cell.tip or None}
    if isinstance(cell, CrossCell) and cell.why:
        attributes |= {"data-why": cell.why, "data-twice": "1" if cell.is_marked else None}
    return with_value(h("th" if is_head else "td", attributes, *cell.shown), cell)
