"""The workbook as it was handed in, with the faulty cells marked and a sheet 校验结果."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.importing.findings import Finding
from data.importing.recognise import HEADER_SEARCH_ROWS
from data.spreadsheets import set_text

SHEET = "校验结果"
LEVELS = {"error": ("阻断", "F4B9A3"), "query": ("疑问", "FDF3DA"), "hint": ("提示", "E8EFF8")}
HEADS = ("级别", "工作表", "行", "列", "填报值", "问题", "怎样改", "规则")
MOST_MARKS = 5_000


def marked_workbook(path: Path, findings: Sequence[Finding]) -> bytes:
    """The marked workbook as .xlsx; a .csv becomes one.

    Formulas are their values, as the import read them: nothing of the sender runs.
    """
    with path.open("rb") as stream:
        is_workbook = stream.read(2) == b"PK"
    book = openpyxl.load_workbook(path, data_only=True, keep_links=False) if is_workbook else _from_csv(path)
    for finding in findings[:MOST_MARKS]:
        if finding.sheet in book.sheetnames and finding.row:
            _mark(book[finding.sheet], finding)
    _list_findings(book, findings)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _from_csv(path: Path) -> Workbook:
    content = path.read_bytes()
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("gb18030")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = path.stem[:31]
    for number, row in enumerate(csv.reader(io.StringIO(words, newline="")), start=1):
        for position, value in enumerate(row, start=1):
            set_text(sheet.cell(number, position), value)
    return book


def _mark(sheet: Worksheet, finding: Finding) -> None:
    for row in sheet.iter_rows(max_row=HEADER_SEARCH_ROWS):
        for head in row:
            if str(head.value or "").strip() == finding.column:
                cell = sheet.cell(finding.row or 1, head.column or 1)
                if not isinstance(cell, Cell):
                    return  # inside a merged range
                level, colour = LEVELS[finding.severity]
                cell.fill = PatternFill("solid", fgColor=colour)
                said = f"{cell.comment.text}\n" if cell.comment else ""
                words = f"{said}{level}：{finding.message}。{finding.suggested_fix}"
                cell.comment = Comment(words, SHEET)
                return


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
