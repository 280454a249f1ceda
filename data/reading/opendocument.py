"""OpenDocument spreadsheets (.ods): lxml, row by row."""

from datetime import date
from typing import Any
from xml.parsers import expat

from data.reading.container import DAMAGED_ARCHIVE, open_archive, packed_name
from data.reading.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_EMPTY_ROWS,
    MOST_SHEETS,
    UnreadableFileError,
    check_place,
    too_many,
)
from data.reading.markup import MarkupError, steps
from data.reading.model import CellValue, ErrorValue, Merged, NoResult, Row, Sheet, Styled, is_filled, trimmed
from data.reading.scan import CHUNK, check_xml
from data.text import text

OFFICE, TABLE, TEXT, STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
HIDDEN = ("collapse", "filter")


def read_open_document(content: bytes) -> list[Sheet]:
    """Every sheet, hidden ones too.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: damaged.
    """
    try:
        with open_archive(content) as archive:
            names = {packed_name(n): n for n in archive.namelist()}
            part = archive.read(names["content.xml"])
        check_xml(part[n : n + CHUNK] for n in range(0, len(part), CHUNK))
        return _sheets(part)
    except (*DAMAGED_ARCHIVE, KeyError, MarkupError, expat.ExpatError) as error:
        raise UnreadableFileError(text("reading.damaged")) from error


def _sheets(part: bytes) -> list[Sheet]:
    hidden_styles: set[str] = set()
    sheets: list[Sheet] = []
    tags = (f"{STYLE}style", f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}table-column")
    current: _Table | None = None
    for event, element in steps(part, tags):
        tag = element.tag
        if tag == f"{STYLE}style" and event == "end":
            if element.find(f"{STYLE}table-properties[@{TABLE}display='false']") is not None:
                hidden_styles.add(element.get(f"{STYLE}name", ""))
        elif tag == f"{TABLE}table" and event == "start":
            if len(sheets) >= MOST_SHEETS:
                raise too_many("parts", MOST_SHEETS)
            is_hidden = element.get(f"{TABLE}style-name", "") in hidden_styles
            current = _Table(Sheet(element.get(f"{TABLE}name", ""), [], is_hidden=is_hidden))
        elif current is None:
            continue
        elif tag == f"{TABLE}table":
            sheets.append(current.finished())
            current = None
            element.clear()
        elif tag == f"{TABLE}table-column" and event == "end":
            current.column(element)
        elif tag == f"{TABLE}table-row" and event == "end":
            current.row(element)
            element.clear()
    return sheets


class _Table:
    """A sheet as it grows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.next_row = self.next_column = self.cells = 0

    def column(self, element: Any) -> None:
        count = _count(element, f"{TABLE}number-columns-repeated")
        if element.get(f"{TABLE}visibility") in HIDDEN:
            last = min(self.next_column + count, MOST_COLUMNS)
            self.hidden_columns |= set(range(self.next_column, last))
        self.next_column += count

    def row(self, element: Any) -> None:
        count = _count(element, f"{TABLE}number-rows-repeated")
        values: Row = []
        for cell in element:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            repeated = _count(cell, f"{TABLE}number-columns-repeated")
            value = _value(cell)
            if is_filled(value):
                check_place(self.next_row, len(values) + repeated - 1)
                self._merge(cell, len(values))
            elif len(values) + repeated > MOST_COLUMNS:
                repeated = max(0, MOST_COLUMNS - len(values))
            values += [value] * repeated
        values = trimmed([values])[0] if any(map(is_filled, values)) else []
        is_hidden = element.get(f"{TABLE}visibility") in HIDDEN
        if not values and count > MOST_EMPTY_ROWS:
            self.next_row += count
            return
        if values:
            check_place(self.next_row + count - 1, 0)
            self.cells += len(values) * count
            if self.cells > MOST_CELLS:
                raise too_many("cells", MOST_CELLS)
            while len(self.sheet.rows) < self.next_row:
                self.sheet.rows.append([])
            self.sheet.rows += [list(values) for _ in range(count)]
        if is_hidden and values:
            self.hidden_rows |= set(range(self.next_row, self.next_row + count))
        self.next_row += count

    def _merge(self, cell: Any, column: int) -> None:
        across = _count(cell, f"{TABLE}number-columns-spanned")
        down = _count(cell, f"{TABLE}number-rows-spanned")
        if across > 1 or down > 1:
            self.sheet.merged.append(Merged(self.next_row, column, self.next_row + down - 1, column + across - 1))

    def finished(self) -> Sheet:
        self.sheet.hidden_rows, self.sheet.hidden_columns = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        self.sheet.rows = trimmed(self.sheet.rows)
        return self.sheet


def _count(element: Any, name: str) -> int:
    digits = element.get(name, "1")
    return max(1, int(digits)) if digits.isdigit() else 1


def _value(cell: Any) -> CellValue:
    kind = cell.get(f"{OFFICE}value-type")
    cell_text = _words(cell)
    formula = cell.get(f"{TABLE}formula")
    if cell_text.startswith(("#", "Err:")) and formula is not None:
        return ErrorValue(cell_text)
    if kind in ("float", "currency", "percentage"):
        try:
            number = float(cell.get(f"{OFFICE}value", ""))
        except ValueError:
            return cell_text or None
        return Styled(number, "0%") if kind == "percentage" else number
    if kind == "date":
        given = cell.get(f"{OFFICE}date-value", "")[:10]
        try:
            return date.fromisoformat(given)
        except ValueError:
            return cell_text or None
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind is None and formula is not None and not cell_text:
        return NoResult()
    return cell_text or None


def _words(cell: Any) -> str:
    return "\n".join(_paragraph(p) for p in cell.iterchildren(f"{TEXT}p"))


def _paragraph(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(_count(child, f"{TEXT}c"), 100))
        elif child.tag in (f"{TEXT}line-break", f"{TEXT}tab"):
            parts.append("\n" if child.tag.endswith("break") else "\t")
        elif child.tag != f"{OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
