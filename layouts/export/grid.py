"""A table as values for a file: numbers are numbers, days are days, so many of so many are two columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.text import text
from layouts import formatting
from layouts.components.data_table import Kind
from layouts.export.tables import ExportTable, RawCell

NUMBER = re.compile(r"−?\d{1,3}(,\d{3})*(\.\d+)?|−?\d+(\.\d+)?")
DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class FileCell:
    """What a file's cell holds, and how a workbook shows it."""

    value: str | Decimal | date
    number_format: str = "General"


@dataclass(frozen=True)
class Grid:
    """Rows of a table for a file, heads first."""

    rows: list[list[FileCell]]
    head_rows: int


def grid_of(table: ExportTable, *, has_printed: bool) -> Grid:
    """The table's values; with `has_printed`, what is printed stands beside a value that is printed otherwise."""
    if not table.columns:
        is_head = [number < table.head_rows for number in range(len(table.rows))]
        rows = [
            [FileCell(printed) if head or has_printed else _number(printed, printed) for printed in row]
            for head, row in zip(is_head, table.rows, strict=True)
        ]
        return Grid(rows, table.head_rows)
    body = list(zip(table.rows, table.values, strict=True))[table.head_rows :]
    columns = [
        _column(head, Kind(kind), [_at(row, raw, place) for row, raw in body], has_printed=has_printed)
        for place, (head, kind) in enumerate(table.columns)
        if kind != Kind.PICTURE
    ]
    flat = [cells for column in columns for cells in column]
    return Grid([list(row) for row in zip(*flat, strict=True)], 1)


def _at(row: Sequence[str], raw: Sequence[RawCell], place: int) -> tuple[str, RawCell]:
    """A cell of a row; a row that is one title over the whole width has no others."""
    return (row[place], raw[place]) if place < len(row) else ("", RawCell())


def _column(head: str, kind: Kind, cells: Sequence[tuple[str, RawCell]], *, has_printed: bool) -> list[list[FileCell]]:
    """The columns of a file that one column of the screen becomes, each with its head."""
    if kind is Kind.PARTS:
        pairs = [raw.words.split("/") if raw.words else [printed, ""] for printed, raw in cells]
        heads = (head, text("export.of", head=head))
        return [[FileCell(name), *[_number(p[n], p[n]) for p in pairs]] for n, name in enumerate(heads)]
    values = [_value(kind, printed, raw) for printed, raw in cells]
    columns = [[FileCell(head), *values]]
    differs = any(raw.words and raw.words != _plain(printed) for printed, raw in cells)
    if (has_printed and differs) or any(_says_no_number(printed, raw) for printed, raw in cells):
        columns.append([FileCell(text("export.printed", head=head)), *[FileCell(printed) for printed, _ in cells]])
    if any(raw.note for _, raw in cells):
        columns.append([FileCell(text("export.note", head=head)), *[FileCell(raw.note) for _, raw in cells]])
    return columns


def _says_no_number(printed: str, raw: RawCell) -> bool:
    """Whether a number stands behind what is printed without one, so that no format can print them: 持平."""
    return NUMBER.fullmatch(raw.words.replace("-", formatting.MINUS)) is not None and not re.search(r"\d", printed)


def _value(kind: Kind, printed: str, raw: RawCell) -> FileCell:
    if kind is Kind.DATE and raw.words:
        return FileCell(date.fromisoformat(raw.words), DAY)
    if kind is Kind.SHARE and raw.words:
        return FileCell(Decimal(raw.words), f"0{_decimals(printed)}%")
    if raw.words and NUMBER.fullmatch(raw.words.replace("-", formatting.MINUS)):
        unit = f'"{raw.unit}"' if raw.unit else ""
        shown = printed if re.search(r"\d", printed) and not raw.unit else raw.words
        return FileCell(Decimal(raw.words), f"{_sign(printed)}#,##0{_decimals(shown)}{unit}")
    return FileCell(printed) if kind in (Kind.TEXT, Kind.NAME, Kind.VERDICT) else _number(printed, printed)


def _sign(printed: str) -> str:
    """The sign of a line that is to be reached, or not to be passed."""
    return f'"{printed[:2]}"' if printed[:2] in ("≥ ", "≤ ") else ""


def _number(numeral: str, printed: str) -> FileCell:
    """A number where the numeral is one, shown with the decimals that are printed."""
    if not NUMBER.fullmatch(numeral):
        return FileCell(numeral)
    return FileCell(Decimal(_plain(numeral)), f"#,##0{_decimals(printed)}")


def _plain(printed: str) -> str:
    return printed.replace(",", "").replace(formatting.MINUS, "-")


def _decimals(printed: str) -> str:
    decimals = re.search(r"\.(\d+)", printed)
    return "." + "0" * len(decimals[1]) if decimals else ""
