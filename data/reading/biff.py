"""Workbooks of old Excel and WPS (.xls, .et): xlrd."""

import io
import struct
from datetime import date
from typing import Any

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from data.reading.limits import MOST_MERGED, UnreadableFileError, too_many
from data.reading.model import CellValue, ErrorValue, Merged, NoResult, Row, Sheet, styled, trimmed
from data.text import text

TEXT, NUMBER, DATE, BOOLEAN, ERROR = 1, 2, 3, 4, 5
DAMAGED = (
    XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    NameError,
    NotImplementedError,
    OverflowError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    ZeroDivisionError,
)


def read_biff(content: bytes) -> list[Sheet]:
    """Every sheet, hidden ones too.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: damaged, or with a password.
    """
    try:
        book = _opened(content)
        return [_sheet(book, sheet) for sheet in book.sheets()]
    except DAMAGED as error:
        message = str(error).lower()
        is_locked = "encrypt" in message or "password" in message
        raise UnreadableFileError(text("reading.password" if is_locked else "reading.damaged")) from error


def _opened(content: bytes) -> Any:
    log = io.StringIO()  # xlrd tells of oddities on standard output
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=log)
    except (NotImplementedError, KeyError, IndexError):
        return xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=log)


def _sheet(book: Any, sheet: Any) -> Sheet:
    merged = [Merged(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    if len(merged) > MOST_MERGED:
        raise too_many("merged", MOST_MERGED)
    rows: list[Row] = [[_value(book, cell) for cell in sheet.row(n)] for n in range(sheet.nrows)]
    return Sheet(
        sheet.name,
        trimmed(rows),
        is_hidden=bool(sheet.visibility),
        hidden_rows=frozenset(n for n, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(n for n, info in sheet.colinfo_map.items() if info.hidden),
        merged=merged,
        knows_formats=bool(book.xf_list),
    )


def _value(book: Any, cell: Any) -> CellValue:
    if cell.ctype == TEXT:
        return cell.value or NoResult()
    if cell.ctype == NUMBER:
        return styled(cell.value, _format(book, cell.xf_index))
    if cell.ctype == DATE:
        return _date(cell.value, book.datemode)
    if cell.ctype == BOOLEAN:
        return bool(cell.value)
    if cell.ctype == ERROR:
        return ErrorValue(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return None


def _format(book: Any, number: int | None) -> str:
    if number is None or not 0 <= number < len(book.xf_list):
        return ""
    known = book.format_map.get(book.xf_list[number].format_key)
    return known.format_str if known is not None else ""


def _date(value: float, mode: Any) -> CellValue:
    try:
        year, month, day, *_ = xlrd.xldate_as_tuple(value, mode)
        return date(year, month, day)
    except (xlrd.XLDateError, ValueError):
        return value
