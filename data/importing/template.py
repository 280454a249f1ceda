"""The workbook to fill in: the template's headers, and last year's register where there is one."""

import io

import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import SchoolType
from data.importing.recognise import columns_of, field_name
from data.spreadsheets import set_text

REGISTER = ("school_code", "school_name", "school_type", "operator_type", "area_type", "founded_year", "is_boarding")


def return_template(period: str, district_code: str, register: pd.DataFrame | None) -> bytes:
    """学校基础数据表 as .xlsx: period, unit and the schools of the last return; amounts empty."""
    kind = next(k for k in load_catalogue().rows(InputKind) if k.input_kind == "school_return")
    types = {t.school_type: t.name for t in load_catalogue().rows(SchoolType)}
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = kind.name
    columns = columns_of(kind.input_kind)
    for position, column in enumerate(columns, start=1):
        cell = sheet.cell(1, position, column.header)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EFF8")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = 22 if position in (3, 4) else 12
    rows = [] if register is None else register.to_dict("records")
    for number, row in enumerate(rows, start=2):
        known = {**{name: row.get(name) for name in REGISTER}, "period": period, "district_code": district_code}
        known["school_type"] = types.get(str(row["school_type"]), row["school_type"])
        for position, column in enumerate(columns, start=1):
            value = known.get(field_name(column))
            if isinstance(value, str) and value:
                set_text(sheet.cell(number, position), value)
    sheet.freeze_panes = "E2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
