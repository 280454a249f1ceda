"""Workbooks of Excel and WPS (.xlsx, .xlsm, strict OOXML): openpyxl, after a pass over each part."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

import openpyxl

from data.reading.binary import read_with_calamine
from data.reading.container import DAMAGED_ARCHIVE, open_archive, packed_name
from data.reading.limits import UnreadableFileError
from data.reading.model import CellValue, ErrorValue, NoResult, Row, Sheet, styled, trimmed
from data.reading.scan import CHUNK, SheetFacts, check_xml, scan_sheet
from data.text import text

DAMAGED = (
    *DAMAGED_ARCHIVE,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    SyntaxError,
    NotImplementedError,
    OverflowError,
    expat.ExpatError,
)
"""What reading a damaged workbook may raise; XML errors are SyntaxErrors."""
STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
FEWEST_FORMULAS = 3
_OTHER_CODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet with values as text, hidden ones too; chart sheets have none.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: damaged.
    """
    try:
        with open_archive(content) as archive:
            facts = _scan(archive)
            content = _transitional(content, archive)
        sheets = _with_openpyxl(content, facts)
        return sheets or read_with_calamine(content)
    except DAMAGED as error:
        if isinstance(error, (zipfile.BadZipFile, expat.ExpatError)):
            raise UnreadableFileError(text("reading.damaged")) from error
    return read_with_calamine(content)


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            yield piece


def _scan(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    """What every sheet part holds, by its normal name; every other XML part is only held to limits."""
    facts: dict[str, SheetFacts] = {}
    for name in archive.namelist():
        known = packed_name(name)
        if "worksheets/" in known and known.endswith(".xml"):
            facts[known] = scan_sheet(_utf_8(_pieces(archive, name)))
        elif known.endswith(_XML):
            check_xml(_utf_8(_pieces(archive, name)))
    return facts


def _utf_8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces):
        if number == 0 and (b"\0" in piece[:512] or _OTHER_CODING.search(piece[:512])):
            raise UnreadableFileError(text("reading.coding"))
        yield piece


def _transitional(content: bytes, archive: zipfile.ZipFile) -> bytes:
    """A strict workbook with the names that openpyxl knows; any other as it is."""
    books = [n for n in archive.namelist() if packed_name(n) == "xl/workbook.xml"]
    if not books or b"purl.oclc.org" not in archive.read(books[0]):
        return content
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            part = archive.read(name)
            if packed_name(name).endswith(_XML):
                for strict, known in STRICT.items():
                    part = part.replace(strict, known)
            made.writestr(name, part)
    return stream.getvalue()


def _with_openpyxl(content: bytes, facts: dict[str, SheetFacts]) -> list[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheets: list[Sheet] = []
    for sheet in book.worksheets:
        known = facts.get(packed_name(str(getattr(sheet, "_worksheet_path", ""))), SheetFacts())
        rows: list[Row] = []
        if known.last_row >= 0:
            rows = _rows(sheet, known)
        for row, column in known.without_result:
            if row < len(rows):
                rows[row] += [None] * (column + 1 - len(rows[row]))
                rows[row][column] = NoResult()
        is_zero = known.formulas >= FEWEST_FORMULAS and known.zero_formulas == known.formulas
        sheets.append(
            Sheet(
                str(sheet.title),
                trimmed(rows),
                is_hidden=sheet.sheet_state != "visible",
                hidden_rows=frozenset(known.hidden_rows),
                hidden_columns=frozenset(known.hidden_columns),
                merged=known.merged,
                are_formulas_zero=is_zero and _is_to_compute(book),
            )
        )
    return sheets


def _rows(sheet: Any, known: SheetFacts) -> list[Row]:
    """The cells up to the last filled one, whatever dimension the producer wrote."""
    sheet.reset_dimensions()
    sheet_rows = sheet.iter_rows(max_row=known.last_row + 1, max_col=known.last_column + 1)
    return [[_value(cell) for cell in row] for row in sheet_rows]


def _is_to_compute(book: Any) -> bool:
    return bool(getattr(book.calculation, "fullCalcOnLoad", False))


def _value(cell: Any) -> CellValue:
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return styled(value, str(cell.number_format or ""))
    if isinstance(value, str):
        return ErrorValue(value) if cell.data_type == "e" else value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)
