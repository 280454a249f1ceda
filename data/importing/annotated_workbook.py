"""The workbook as it was handed in, with the faulty cells marked and a sheet 校验结果."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.importing.cell_values import shown
from data.importing.findings import Finding
from data.importing.grouped import grouped
from data.importing.locate import SEARCHED_ROWS
from data.reading.container import Kind, kind_of
from data.reading.model import CellValue, Sheet, Styled, is_filled
from data.reading.read import read_sheets
from data.reading.workbook import DAMAGED
from data.spreadsheets import set_text

SHEET = "校验结果"
LEVELS = {"error": ("须改", "F4B9A3"), "query": ("请说明", "FDF3DA"), "hint": ("提示", "E8EFF8")}
HEADS = ("级别", "工作表", "行", "列", "填报值", "问题", "怎样改", "规则")
MOST_MARKS = 5_000
MOST_COVERED = 20_000
MOST_CELLS = 400_000
LONGEST_TITLE = 31


def marked_workbook(path: Path, findings: Sequence[Finding], sheets: Sequence[Sheet] | None = None) -> bytes:
    """The marked workbook as .xlsx; a file of another format becomes one, of a very large one only the list is made.

    Formulas are their values, as the import read them: nothing of the sender runs.
    """
    known = read_sheets(path) if sheets is None else sheets
    is_huge = sum(len(row) for s in known for row in s.rows) > MOST_CELLS
    book = _made(()) if is_huge else _opened(path, known) or _made(known)
    file_findings = [f for f in findings if f.file_name in ("", path.name)]
    for finding in file_findings[:MOST_MARKS]:
        if finding.sheet[:LONGEST_TITLE] in book.sheetnames and finding.row:
            _mark(book[finding.sheet[:LONGEST_TITLE]], finding)
    _list_findings(book, grouped(findings))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _opened(path: Path, sheets: Sequence[Sheet]) -> Workbook | None:
    """The sender's own workbook, where it can be written again and costs little."""
    if kind_of(path.read_bytes()) is not Kind.workbook or not _is_light(sheets):
        return None
    try:
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False)
    except DAMAGED:
        return None
    return book if book.worksheets else None


def _is_light(sheets: Sequence[Sheet]) -> bool:
    covered = sum((m.bottom - m.top + 1) * (m.right - m.left + 1) for s in sheets for m in s.merged)
    return covered <= MOST_COVERED and sum(len(row) for s in sheets for row in s.rows) <= MOST_CELLS


def _made(sheets: Sequence[Sheet]) -> Workbook:
    """A new workbook with the values that were read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        made = book.create_sheet(_title(sheet.name))
        made.sheet_state = "hidden" if sheet.is_hidden else "visible"
        for number, row in enumerate(sheet.rows, start=1):
            for position, value in enumerate(row, start=1):
                if is_filled(value):
                    _put(made.cell(number, position), value)
    return book


def _title(name: str) -> str:
    return "".join("_" if c in "\\/*?:[]" else c for c in name)[:LONGEST_TITLE] or "Sheet"


def _put(cell: Cell | object, value: CellValue) -> None:
    if not isinstance(cell, Cell):
        return
    if isinstance(value, Styled):
        cell.value, cell.number_format = value.value, value.format
    elif isinstance(value, int | float | date):
        cell.value = value
    else:
        set_text(cell, value if isinstance(value, str) else shown(value))


def _mark(sheet: Worksheet, finding: Finding) -> None:
    cell = sheet[finding.cells[0]] if finding.cells else _cell_below(sheet, finding)
    if not isinstance(cell, Cell):
        return  # inside a merged range, or not to be found
    level, colour = LEVELS[finding.severity]
    cell.fill = PatternFill("solid", fgColor=colour)
    said = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{said}{level}：{finding.message}。{finding.suggested_fix}", SHEET)


def _cell_below(sheet: Worksheet, finding: Finding) -> object:
    for row in sheet.iter_rows(max_row=SEARCHED_ROWS):
        for head in row:
            if str(head.value or "").strip() == finding.column:
                return sheet.cell(finding.row or 1, head.column or 1)
    return None


def _list_findings(book: Workbook, findings: Sequence[Finding]) -> None:
    if SHEET in book.sheetnames:
        del book[SHEET]
    sheet = book.create_sheet(SHEET, 0)
    rows = [
        HEADS,
        *(
            (
                LEVELS[f.severity][0],
                f.sheet,
                str(f.row or ""),
                f.column,
                f.value,
                f.message,
                f.suggested_fix,
                f.finding_code,
            )
            for f in findings
        ),
    ]
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row, start=1):
            set_text(sheet.cell(number, position), value)
    for letter, width in zip("ABCDEFGH", (8, 18, 6, 20, 16, 60, 50, 22), strict=True):
        sheet.column_dimensions[letter].width = width
    book.active = 0
