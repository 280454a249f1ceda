"""A page's tables as a workbook or as CSV, with what they mean written inside the file."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.spreadsheets import looks_like_formula, printable
from data.text import text
from layouts.export.grid import grid_of
from layouts.export.tables import ExportTable

SHEET_NAME = 28  # of the 31 characters a sheet name may have
WIDEST = 40


@dataclass(frozen=True)
class Caption:
    """What a file must say of itself: the page's sentence, filters, footnote."""

    heading: str
    filters: Sequence[tuple[str, str]]
    notes: Sequence[str]

    def lines(self) -> list[list[str]]:
        """The rows above every table."""
        return [[self.heading], *[[name, value] for name, value in self.filters], *[[note] for note in self.notes]]


def safe(cell_text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    cell_text = printable(cell_text)
    return "'" + cell_text if looks_like_formula(cell_text) else cell_text


def to_csv(caption: Caption, tables: Sequence[ExportTable]) -> bytes:
    """All tables below each other, UTF-8 with a mark that Excel and WPS recognise.

    A value stands in full; where it is printed otherwise, what is printed stands beside it.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    for line in caption.lines():
        writer.writerow([safe(cell) for cell in line])
    for table in tables:
        writer.writerow([])
        writer.writerow([safe(table.title)])
        for row in grid_of(table, has_printed=True).rows:
            writer.writerow([safe(cell.value) if isinstance(cell.value, str) else str(cell.value) for cell in row])
        if table.rest:
            writer.writerow([safe(table.rest)])
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(caption: Caption, tables: Sequence[ExportTable]) -> bytes:
    """One sheet per table; numbers are numbers and days are days, formatted as printed."""
    book = Workbook()
    del book["Sheet"]
    for number, table in enumerate(tables, start=1):
        name = re.sub(r"[\\/*?:\[\]]", " ", f"{number} {table.sheet or table.title}")[:SHEET_NAME]
        _write(book.create_sheet(name), caption, table)
    if not tables:
        _write(book.create_sheet(text("export.nothing")), caption, ExportTable("", [], 0))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(sheet: Worksheet, caption: Caption, table: ExportTable) -> None:
    for line in caption.lines():
        sheet.append([safe(cell) for cell in line])
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.append([safe(table.title)])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    first = sheet.max_row + 1
    grid = grid_of(table, has_printed=False)
    for number, row in enumerate(grid.rows):
        for column, content in enumerate(row, start=1):
            cell = cast(Cell, sheet.cell(first + number, column))
            if isinstance(content.value, str):
                cell.value = safe(content.value)
                cell.data_type = "s"
            else:
                cell.value = content.value
                cell.number_format = content.number_format
            if number < grid.head_rows:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    if table.rest:
        sheet.cell(first + len(grid.rows), 1, safe(table.rest))
    sheet.freeze_panes = f"B{first + grid.head_rows}"
    for column in range(1, 1 + max((len(r) for r in grid.rows), default=1)):
        longest = max((len(str(r[column - 1].value)) for r in grid.rows if len(r) >= column), default=4)
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, longest * 1.8 + 2)
