"""HTML tables that reporting systems and Excel write, mostly under the name .xls: lxml."""

import re
from collections.abc import Iterator
from typing import Any

from data.reading.limits import MOST_CELLS, MOST_SHEETS, TooLargeError, UnreadableFileError, check_place, too_many
from data.reading.markup import MarkupError, html_root
from data.reading.model import CellValue, Merged, Row, Sheet, Styled, is_percent, trimmed
from data.text import text

MOST_ACROSS, MOST_DOWN, MOST_COVERED = 300, 20_000, 100_000
_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_FORMAT = re.compile(
    r"(?:mso-number-format|vnd\.ms-excel\.numberformat)\s*:\s*(\"[^\"]*\"|'[^']*'|[^;]+)", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(decoded_text: str, name: str) -> list[Sheet]:
    """Every table that holds no other table.

    Raises:
        TooLargeError: nested too deep, or beyond a limit.
        UnreadableFileError: there is no table in it.
    """
    try:
        root, is_cut = html_root(_DECLARATION.sub("", decoded_text))
    except (MarkupError, ValueError) as error:
        raise UnreadableFileError(text("reading.damaged")) from error
    if is_cut:
        raise TooLargeError(text("reading.depth"))
    tables = [] if root is None else [t for t in root.iter("table") if next(t.iter("table"), t) is t]
    leaves = [t for t in tables if sum(1 for _ in t.iter("table")) == 1]
    if not leaves:
        raise UnreadableFileError(text("reading.no_table"))
    if len(leaves) > MOST_SHEETS:
        raise too_many("parts", MOST_SHEETS)
    formats = _class_formats(root)
    sheets = [_sheet(table, formats) for table in leaves]
    for number, sheet in enumerate(sheets, start=1):
        sheet.name = sheet.name or (name if len(sheets) == 1 else f"{name} {number}")
    return sheets


def _class_formats(root: Any) -> dict[str, str]:
    formats: dict[str, str] = {}
    for style in root.iter("style"):
        for rule in _RULE.finditer(style.text or ""):
            known = _format_in(rule[2])
            if known:
                formats[rule[1]] = known
    return formats


def _format_in(style: str) -> str:
    match = _FORMAT.search(style)
    return "" if match is None else match[1].strip().strip("\"'").replace("\\", "")


def _sheet(table: Any, formats: dict[str, str]) -> Sheet:
    caption = table.find("caption")
    sheet = Sheet("" if caption is None else _words(caption)[:31], [])
    hidden: set[int] = set()
    taken: dict[int, set[int]] = {}
    covered = cells = 0
    for number, line in enumerate(_rows(table)):
        values: Row = []
        taken_columns = taken.pop(number, set())
        column = 0
        for cell in line.iterchildren("td", "th"):
            while column in taken_columns:
                column += 1
            value = _value(cell, formats)
            if value is not None:
                check_place(number, column)
            across, down = _span(cell, "colspan", MOST_ACROSS), _span(cell, "rowspan", MOST_DOWN)
            cells += 1
            covered += across * down - 1
            if covered > MOST_COVERED or cells > MOST_CELLS:
                raise too_many("cells", MOST_COVERED)
            values += [None] * (column - len(values))
            values.append(value)
            if across > 1 or down > 1:
                sheet.merged.append(Merged(number, column, number + down - 1, column + across - 1))
                for below in range(1, down):
                    taken.setdefault(number + below, set()).update(range(column, column + across))
            column += across
        sheet.rows.append(values)
        if _is_hidden(line):
            hidden.add(number)
    sheet.hidden_rows = frozenset(hidden)
    sheet.rows = trimmed(sheet.rows)
    return sheet


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(cell: Any, name: str, most: int) -> int:
    digits = cell.get(name, "1").strip()
    return min(most, max(1, int(digits))) if digits.isdigit() else 1


def _is_hidden(line: Any) -> bool:
    return "display:none" in line.get("style", "").replace(" ", "").lower()


def _value(cell: Any, formats: dict[str, str]) -> CellValue:
    cell_text = _words(cell)
    number_format = _format_in(cell.get("style", ""))
    for name in cell.get("class", "").split():
        number_format = number_format or formats.get(name, "")
    raw = cell.get("x:num")
    if raw is not None:
        number = _number(raw or cell_text)
        if number is not None:
            has_percent = cell_text.endswith("%") or is_percent(number_format)
            return Styled(number, "0%") if has_percent and raw else number
    if is_percent(number_format) and not cell_text.endswith("%"):
        number = _number(cell_text)
        if number is not None:
            return Styled(number, number_format)
    return cell_text or None


def _number(numeral: str) -> float | None:
    try:
        return float(numeral)
    except ValueError:
        return None


def _words(element: Any) -> str:
    parts: list[str] = []
    for piece in element.iter():
        if piece.tag == "br":
            parts.append("\n")
        elif piece.text and isinstance(piece.tag, str) and piece.tag not in ("style", "script"):
            parts.append(_SPACE.sub(" ", piece.text))
        if piece is not element and piece.tail:
            parts.append(_SPACE.sub(" ", piece.tail))
    return "".join(parts).strip(" \n")
