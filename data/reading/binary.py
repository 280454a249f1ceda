"""Binary workbooks (.xlsb), and workbooks that no other reader opens: calamine, after a look at the records."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine

from data.reading.container import open_archive, packed_name
from data.reading.limits import MOST_CELLS, MOST_MERGED, UnreadableFileError, check_place, too_many
from data.reading.model import CellValue, ErrorValue, Row, Sheet, trimmed
from data.text import text

ROW, FIRST_CELL, LAST_CELL, BLANK = 0, 1, 11, 1
ERRORS = (3, 11)
MERGED = 176
ERROR_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
CONTINUED, SEVEN_BITS, LENGTH_BYTES = 0x80, 0x7F, 4
ERROR_BYTE = 8
Errors = dict[tuple[int, int], str]


def read_binary(content: bytes) -> list[Sheet]:
    """Every sheet of an .xlsb; the reader gives neither formats nor errors, errors come from the records.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: damaged.
    """
    with open_archive(content) as archive:
        parts = [n for n in archive.namelist() if packed_name(n).startswith("xl/worksheets/") and n.endswith(".bin")]
        errors = [_scan(archive.read(n)) for n in sorted(parts, key=_number)]
    sheets = read_with_calamine(content)
    if len(sheets) == len(errors):
        for sheet, sheet_errors in zip(sheets, errors, strict=True):
            for (row, column), code in sheet_errors.items():
                while len(sheet.rows) <= row:
                    sheet.rows.append([])
                sheet.rows[row] += [None] * (column + 1 - len(sheet.rows[row]))
                sheet.rows[row][column] = ErrorValue(code)
    return sheets


def read_with_calamine(content: bytes) -> list[Sheet]:
    """Every sheet as calamine gives it: values and dates, no formats.

    Raises:
        UnreadableFileError: damaged.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets: list[Sheet] = []
        for known in book.sheets_metadata:
            if known.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(known.name).to_python(skip_empty_area=False)
            is_hidden = known.visible is not python_calamine.SheetVisibleEnum.Visible
            typed: list[Row] = [[_value(v) for v in row] for row in rows]
            sheets.append(Sheet(known.name, trimmed(typed), is_hidden=is_hidden, knows_formats=False))
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise UnreadableFileError(text("reading.damaged")) from error
    return sheets


def _value(value: object) -> CellValue:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value) if value else None


def _number(name: str) -> tuple[int, str]:
    digits = "".join(c for c in packed_name(name).rpartition("/")[2] if c.isdigit())
    return int(digits or 0), name


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record."""
    place, end = 0, len(part)
    while place < end:
        kind = part[place]
        place += 1
        if kind & CONTINUED and place < end:
            kind = (kind & SEVEN_BITS) | ((part[place] & SEVEN_BITS) << 7)
            place += 1
        length = 0
        for number in range(LENGTH_BYTES):
            if place >= end:
                return
            byte = part[place]
            place += 1
            length |= (byte & SEVEN_BITS) << (7 * number)
            if not byte & CONTINUED:
                break
        yield kind, place, length
        place += length


def _scan(part: bytes) -> Errors:
    """The error cells of a sheet part, once its records were found to be within the limits."""
    row = cells = merged = 0
    errors: Errors = {}
    for kind, start, length in _records(part):
        if kind == ROW and length >= LENGTH_BYTES:
            row = int.from_bytes(part[start : start + 4], "little")
        elif FIRST_CELL <= kind <= LAST_CELL and length >= LENGTH_BYTES:
            cells += 1
            if cells > MOST_CELLS:
                raise too_many("cells", MOST_CELLS)
            column = int.from_bytes(part[start : start + 4], "little")
            check_place(row, column)
            if kind in ERRORS and length > ERROR_BYTE:
                errors[row, column] = ERROR_WORDS.get(part[start + ERROR_BYTE], "#N/A")
        elif kind == MERGED:
            merged += 1
            if merged > MOST_MERGED:
                raise too_many("merged", MOST_MERGED)
    return errors
