"""Workbooks to fill in: one kind of table, or all that a unit hands in for a period."""

import io
from collections.abc import Sequence

import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import Item, SchoolType
from data.importing.recognise import columns_of
from data.importing.template_sheet import Row, example_name, example_row, fill_sheet, head_words, type_words
from data.spreadsheets import set_text
from data.text import text

REGISTER = ("school_code", "school_name", "school_type", "operator_type", "area_type", "founded_year", "is_boarding")
OF_A_UNIT = ("school_return", "district_item")
GUIDE_WIDTH = 100


def return_template(period: str, district_code: str, register: pd.DataFrame | None) -> bytes:
    """All that a unit hands in: its schools as of the last return, its items, how to fill in, examples."""
    return _book(OF_A_UNIT, {"school_return": _schools(period, district_code, register)})


def kind_template(input_kind: str) -> bytes:
    """One empty table with how to fill it in and an example.

    Raises:
        KeyError: there is no such kind.
    """
    return _book((input_kind,), {})


def _book(kinds: Sequence[str], rows: dict[str, list[Row]]) -> bytes:
    known = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    book = Workbook()
    first = book.worksheets[0]
    for kind in kinds:
        sheet = first if kind == kinds[0] else book.create_sheet()
        sheet.title = known[kind].name
        fill_sheet(sheet, kind, rows.get(kind, ()))
    _guide(book.create_sheet(text("template.guide")), [known[k] for k in kinds])
    for kind in kinds:
        fill_sheet(book.create_sheet(example_name(known[kind])), kind, [example_row(kind)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _schools(period: str, district_code: str, register: pd.DataFrame | None) -> list[Row]:
    types = {t.school_type: t.name for t in load_catalogue().rows(SchoolType)}
    rows: list[Row] = []
    for known in [] if register is None else register.to_dict("records"):
        row = {str(name): _words(known.get(name)) for name in REGISTER}
        row["school_type"] = types.get(row["school_type"], row["school_type"])
        rows.append({**row, "period": period, "district_code": district_code})
    return rows


def _words(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124  a missing number is not itself


def _guide(sheet: Worksheet, kinds: Sequence[InputKind]) -> None:
    """How to fill in: what holds for every cell, the items by name, each column with its unit and choices."""
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    lines = [(text("template.guide"), True), *((line, False) for line in text("template.rules").split("\n"))]
    for kind in kinds:
        lines.append((kind.name, True))
        lines += [
            (text("template.column", head=head_words(c), type=type_words(c)), False)
            for c in columns_of(kind.input_kind)
        ]
    if any(k.input_kind == "district_item" for k in kinds):
        lines.append((text("template.items"), True))
        names = {i.item_code: i.name for i in load_catalogue().rows(Item)}
        lines += [(f"{code} {name}", False) for code, name in names.items()]
    for number, (line_text, is_head) in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        set_text(cell, line_text)
        cell.font = Font(bold=is_head)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
