"""Rows in the columns of an input template, so that the file can be imported again."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from data.spreadsheets import set_text

WIDTH = 16
Value = str | int | float | Decimal | date | None


def template_workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[Value]], note: str) -> bytes:
    """One sheet, heads in the first row; text is never a formula; `note` is in the properties."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.description = title, note
    sheet = book.create_sheet(title)
    for number in range(len(heads)):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
    sheet.append(list(heads))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | Value:
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    set_text(cell, value)
    return cell
