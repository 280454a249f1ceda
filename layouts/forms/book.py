"""Official forms as a workbook that prints on A4, with its origin in the foot."""

import io
import math
from collections.abc import Sequence
from typing import Protocol, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.text import text
from layouts import formatting
from layouts.export.files import safe
from layouts.forms.rows import Cell, FormSheet, FormsView, Number
from layouts.forms.sheets import FORMS
from layouts.parts.demonstration import is_invented

SIDE = Side(style="thin", color="999999")
LINE = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
WORDS = 30  # a wider column holds sentences, set flush left
HEAD_ROW = 3
LINE_HEIGHT = 14


class Part(Protocol):
    """A third of a head or foot: openpyxl makes it of descriptors, which no checker reads."""

    text: str
    size: int


class Margin(Protocol):
    """A head or foot of a printed sheet, made in the same way."""

    left: Part
    right: Part


def official_forms(view: FormsView, numbers: Sequence[str]) -> bytes:
    """The forms of `numbers` (keys of `FORMS`), one per sheet."""
    book = Workbook()
    del book["Sheet"]
    for number in numbers:
        form = FORMS[number](view)
        _write(book.create_sheet(text(f"forms.name_{number}")), view, form)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(sheet: Worksheet, view: FormsView, form: FormSheet) -> None:
    wide = len(form.heads)
    mark = text("app.demo") if is_invented(view.snapshot, form.kinds) else ""
    sheet.append([" ".join(w for w in (form.title, mark, view.partial) if w)])
    place = text("forms.place", name=view.district_name, day=formatting.day(view.snapshot_date))
    place += f"　　{text('basis.current')}" if view.basis == "current" else ""
    is_silent = "school_return" in form.kinds and not view.stages
    sheet.append([place + (f"　　{text('sub.not_reported')}" if is_silent else "")])
    for row, size in ((1, 15), (2, 10)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=wide)
        sheet.cell(row, 1).font = Font(size=size, bold=row == 1)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center" if row == 1 else "left")
    sheet.append([head for head, _ in form.heads])
    for line in form.lines:
        sheet.append([c.number if isinstance(c, Number) else safe(c) for c in line])
    for number, line in enumerate(form.lines, start=HEAD_ROW + 1):
        for column, cell in enumerate(line, start=1):
            if isinstance(cell, Number):
                decimals = "." + "0" * cell.decimals if cell.decimals else ""
                sheet.cell(number, column).number_format = "0" + decimals
    for row in range(HEAD_ROW, HEAD_ROW + 1 + len(form.lines)):
        for column, (_, width) in enumerate(form.heads, start=1):
            is_flush = width >= WORDS and row > HEAD_ROW
            sheet_cell = sheet.cell(row, column)
            sheet_cell.border = LINE
            sheet_cell.alignment = Alignment(
                horizontal="left" if is_flush else "center", vertical="center", wrap_text=True
            )
            sheet_cell.font = Font(size=10, bold=row == HEAD_ROW)
    for row, cells in enumerate([[head for head, _ in form.heads], *form.lines], start=HEAD_ROW):
        lines = max(_line_count(c, form.heads[n][1]) for n, c in enumerate(cells))
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 3
    for column, (_, width) in enumerate(form.heads, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _page(sheet, view, form)


def _line_count(cell: Cell, width: int) -> int:
    """Lines that a cell takes; a Chinese character is two characters wide."""
    if isinstance(cell, Number):
        return 1
    return max(1, math.ceil(sum(1 if c.isascii() else 2 for c in cell) / (width - 1)))


def _page(sheet: Worksheet, view: FormsView, form: FormSheet) -> None:
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    mark = f"{text('app.demo')} " if is_invented(view.snapshot, form.kinds) else ""
    foot = text(
        "forms.foot",
        basis=text(f"basis.{view.basis}"),
        snapshot=view.snapshot.snapshot_id,
        rules=view.snapshot.rules_version,
    )
    footer, header = cast(Margin, sheet.oddFooter), cast(Margin, sheet.oddHeader)
    footer.left.text, footer.left.size = view.partial + mark + foot, 8
    footer.right.text = "&P / &N"
    header.right.text, header.right.size = "　".join(form.notes), 8
