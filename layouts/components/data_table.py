"""The one table: columns say how their cells stand on screen, on paper and in files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from data.text import text
from layouts.markup import FileNode, Node, h

Row = TypeVar("Row")
Raw = int | float | Decimal | date | tuple[int, int] | None
"""What a cell says as a value; a pair is so many of so many."""


DIGITS = 12
"""Of a number in files: all that the rules compare, none of the noise of adding up."""


class Kind(StrEnum):
    """What a column holds; alignment on screen and number format in files follow from it."""

    TEXT = "text"
    NAME = "name"
    """The head of its row."""
    COUNT = "count"
    NUMBER = "number"
    AMOUNT = "amount"
    """A value with a unit, which may differ from row to row."""
    CV = "cv"
    SHARE = "share"
    PARTS = "parts"
    """So many of so many; two columns in a file."""
    DATE = "date"
    MOMENT = "moment"
    """A day with its time, as text."""
    VERDICT = "verdict"
    PICTURE = "picture"
    """Drawn from other columns; files leave it out."""


RIGHT_ALIGNED = frozenset({Kind.COUNT, Kind.NUMBER, Kind.AMOUNT, Kind.CV, Kind.SHARE, Kind.PARTS, Kind.MOMENT})


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a cell shows, and the value behind it where that is not text."""

    shown: Sequence[Node]
    value: Raw = None
    unit: str = ""
    look: str = ""
    label: str = ""
    """Words for readers and files, where the eye sees a picture."""
    tip: str = ""
    note: str = ""
    """What is said beside the value; files have it in a column of its own."""


def cell(
    *shown: Node, value: Raw = None, unit: str = "", look: str = "", label: str = "", tip: str = "", note: str = ""
) -> Cell:
    """A cell of these nodes; see `Cell`."""
    return Cell(shown=shown, value=value, unit=unit, look=look, label=label, tip=tip, note=note)


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its name in addresses and files, its head, its kind, and the cell of a row."""

    name: str
    head: str
    cell: Callable[[Row], Cell | str]
    kind: Kind = Kind.TEXT
    look: str = ""
    file_head: str = ""
    """The head in files, where the screen shows none or a shorter one."""


def column(prefix: str, name: str, show: Callable[[Row], Cell | str], kind: Kind = Kind.TEXT) -> Column[Row]:
    """A column whose head is the text `prefix` + `name`."""
    return Column(name=name, head=text(prefix + name), cell=show, kind=kind)


@dataclass(frozen=True, kw_only=True)
class RowGroup(Generic[Row]):
    """Rows under one title that spans them; `mark` stands before it."""

    title: str
    rows: Sequence[Row]
    mark: Node = None


@dataclass(frozen=True, kw_only=True)
class TableLook(Generic[Row]):
    """How a table stands on screen; `row` gives the classes of a row, `heading` what spans all columns instead."""

    table: str = "mini"
    row: Callable[[Row], str] = field(default=lambda _: "")
    heading: Callable[[Row], Node] = field(default=lambda _: None)
    has_head: bool = True
    caption: str = ""
    is_aligned: bool = True
    """Whether numbers stand at the right."""


def data_table(
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    name: str,
    key: Callable[[Row], str] | None = None,
    look: TableLook[Row] | None = None,
    groups: Sequence[RowGroup[Row]] = (),
) -> Node:
    """A table of rows, or of groups of rows; `name` is what files call its sheet.

    A row is known by its `key`, or else by its place.
    """
    style: TableLook[Row] = look or TableLook()
    bodies = [h("tbody", {}, *_body(columns, rows, key, style))] if rows or not groups else []
    bodies += [
        h(
            "tbody",
            {"key": group.title},
            h("tr", {"key": "title"}, h("th", {"scope": "rowgroup", "colSpan": len(columns)}, group.mark, group.title)),
            *_body(columns, group.rows, key, style),
        )
        for group in groups
    ]
    head = h("thead", {}, h("tr", {}, *[_head(column, style) for column in columns])) if style.has_head else None
    caption = h("caption", {}, style.caption) if style.caption else None
    table = h("table", {"className": style.table or None}, caption, head, *bodies)
    return FileNode(table, sheet=name, columns=[(c.file_head or c.head, c.kind) for c in columns])


def _head(column: Column[Row], look: TableLook[Row]) -> Node:
    return h("th", {"scope": "col", "key": column.name, "className": _aligned(column, look) or None}, column.head)


def _aligned(column: Column[Row], look: TableLook[Row]) -> str:
    return "num" if look.is_aligned and column.kind in RIGHT_ALIGNED else ""


def _body(
    columns: Sequence[Column[Row]], rows: Iterable[Row], key: Callable[[Row], str] | None, look: TableLook[Row]
) -> list[Node]:
    return [
        h(
            "tr",
            {"key": key(row) if key else str(number), "className": look.row(row) or None},
            *_cells(columns, row, look),
        )
        for number, row in enumerate(rows)
    ]


def _cells(columns: Sequence[Column[Row]], row: Row, look: TableLook[Row]) -> list[Node]:
    heading = look.heading(row)
    if heading is not None:
        return [h("td", {"colSpan": len(columns)}, heading)]
    return [_cell(column, row, _aligned(column, look)) for column in columns]


def _cell(column: Column[Row], row: Row, aligned: str) -> Node:
    made = column.cell(row)
    shown = Cell(shown=(made,)) if isinstance(made, str) else made
    attributes = {"className": " ".join(filter(None, (aligned, column.look, shown.look))) or None}
    if shown.label or shown.tip:
        attributes |= {"aria-label": shown.label or None, "data-tip": shown.tip or None}
    if column.kind is Kind.NAME:
        return with_value(h("th", {"scope": "row", **attributes}, *shown.shown), shown)
    return with_value(h("td", attributes, *shown.shown), shown)


def with_value(node: Node, shown: Cell) -> Node:
    """The node of a cell with the value that files hold, where there is one."""
    return node if shown.value is None else FileNode(node, value=shown.value, unit=shown.unit, note=shown.note)


def raw_words(value: Raw) -> str:
    """A value in words: a number in full, a day as ISO 8601, a pair as `5/7`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return f"{value[0]}/{value[1]}"
    if isinstance(value, date):
        return value.isoformat()
    number = Decimal(f"{value:.{DIGITS}g}") if isinstance(value, float) else Decimal(value)
    return format(number, "f")
