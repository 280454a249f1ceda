"""XML spreadsheets of Excel 2003, under any name: lxml, row by row."""

import re
from datetime import date
from typing import Any
from xml.parsers import expat

from data.reading.container import SPREADSHEET_2003
from data.reading.limits import MOST_CELLS, MOST_SHEETS, UnreadableFileError, check_place, too_many
from data.reading.markup import MarkupError, steps
from data.reading.model import CellValue, ErrorValue, Merged, NoResult, Row, Sheet, styled, trimmed
from data.reading.scan import CHUNK, check_xml
from data.text import text

SS = f"{{{SPREADSHEET_2003}}}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
LONGEST_SPAN = 300
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_xml_2003(decoded_text: str) -> list[Sheet]:
    """Every sheet, hidden ones too.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: damaged.
    """
    content = _DECLARATION.sub("", decoded_text.lstrip("\ufeff")).lstrip().encode()
    try:
        check_xml(content[n : n + CHUNK] for n in range(0, len(content), CHUNK))
        return _sheets(content)
    except (MarkupError, expat.ExpatError) as error:
        raise UnreadableFileError(text("reading.damaged")) from error


def _sheets(content: bytes) -> list[Sheet]:
    formats: dict[str, str] = {}
    sheets: list[Sheet] = []
    current: _Table | None = None
    tags = [f"{SS}{name}" for name in ("Style", "Worksheet", "Row", "Column")] + [f"{EXCEL}Visible"]
    for event, element in steps(content, tags):
        tag = element.tag
        if tag == f"{SS}Style" and event == "end":
            known = element.find(f"{SS}NumberFormat")
            if known is not None:
                formats[element.get(f"{SS}ID", "")] = known.get(f"{SS}Format", "")
        elif tag == f"{SS}Worksheet" and event == "start":
            if len(sheets) >= MOST_SHEETS:
                raise too_many("parts", MOST_SHEETS)
            current = _Table(Sheet(element.get(f"{SS}Name", ""), []), formats)
        elif current is None or event == "start":
            continue
        elif tag == f"{SS}Worksheet":
            sheets.append(current.finished())
            current = None
            element.clear()
        elif tag == f"{EXCEL}Visible":
            current.sheet.is_hidden = (element.text or "").strip() in ("SheetHidden", "SheetVeryHidden")
        elif tag == f"{SS}Column":
            current.column(element)
        else:
            current.row(element)
            element.clear()
    return sheets


class _Table:
    """A sheet as it grows."""

    def __init__(self, sheet: Sheet, formats: dict[str, str]) -> None:
        self.sheet, self.formats = sheet, formats
        self.next_row = self.next_column = self.cells = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.below: dict[int, set[int]] = {}

    def column(self, element: Any) -> None:
        first = _number(element, "Index", self.next_column + 1) - 1
        last = first + _number(element, "Span", 0)
        if element.get(f"{SS}Hidden") == "1":
            self.hidden_columns |= set(range(first, min(last, first + LONGEST_SPAN) + 1))
        self.next_column = last + 1

    def row(self, element: Any) -> None:
        number = _number(element, "Index", self.next_row + 1) - 1
        values: Row = []
        covered = self.below.pop(number, set())
        for cell in element.iterchildren(f"{SS}Cell"):
            place = _number(cell, "Index", 0) - 1
            if place < 0:
                place = len(values)
                while place in covered:
                    place += 1
            value = self._value(cell)
            if value is not None:
                check_place(number, place)
            values += [None] * (min(place, LONGEST_SPAN) - len(values))
            values.append(value)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if across or down:
                across = min(across, LONGEST_SPAN)
                self.sheet.merged.append(Merged(number, place, number + down, place + across))
                values += [None] * across
                for n in range(1, min(down, LONGEST_SPAN) + 1):
                    self.below.setdefault(number + n, set()).update(range(place, place + across + 1))
        if values:
            check_place(number, 0)
            self.cells += len(values)
            if self.cells > MOST_CELLS:
                raise too_many("cells", MOST_CELLS)
            while len(self.sheet.rows) < number:
                self.sheet.rows.append([])
            self.sheet.rows.append(values)
            if element.get(f"{SS}Hidden") == "1":
                self.hidden_rows.add(number)
        self.next_row = number + 1 + _number(element, "Span", 0)

    def _value(self, cell: Any) -> CellValue:
        data = cell.find(f"{SS}Data")
        cell_text = "" if data is None else "".join(data.itertext())
        if data is None or not cell_text.strip():
            return NoResult() if cell.get(f"{SS}Formula") else None
        kind = data.get(f"{SS}Type", "String")
        if kind == "Number":
            try:
                return styled(float(cell_text), self.formats.get(cell.get(f"{SS}StyleID", ""), ""))
            except ValueError:
                return cell_text
        if kind == "DateTime":
            try:
                return date.fromisoformat(cell_text[:10])
            except ValueError:
                return cell_text
        if kind == "Boolean":
            return cell_text.strip() == "1"
        return ErrorValue(cell_text) if kind == "Error" else cell_text

    def finished(self) -> Sheet:
        self.sheet.hidden_rows, self.sheet.hidden_columns = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        self.sheet.rows = trimmed(self.sheet.rows)
        return self.sheet


def _number(element: Any, name: str, otherwise: int) -> int:
    digits = element.get(f"{SS}{name}", "")
    return int(digits) if digits.isdigit() else otherwise
