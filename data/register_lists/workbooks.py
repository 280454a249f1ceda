"""The workbook of 责任区 and 督学 to fill in: the list, an example, and how to fill in."""

from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook

from data.account_lists.workbooks import GUIDE_WIDTH, bytes_of, fill_sheet
from data.register_lists.reading import COLUMNS, REQUIRED, head
from data.spreadsheets import set_text
from data.text import text


def register_template() -> bytes:
    """The workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = text("register_list.sheet")
    fill_sheet(sheet, [head(c) + ("*" if c in REQUIRED else "") for c in COLUMNS], [])
    example = [line.split("|") for line in text("register_list.example_rows").split("\n")]
    fill_sheet(book.create_sheet(text("register_list.example")), [head(c) for c in COLUMNS], example)
    guide = book.create_sheet(text("register_list.guide"))
    guide.column_dimensions["A"].width = GUIDE_WIDTH
    for number, rule in enumerate(text("register_list.rules").split("\n"), start=1):
        cell = guide.cell(number, 1)
        set_text(cell, rule)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return bytes_of(book)
