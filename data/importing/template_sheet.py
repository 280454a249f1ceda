"""One sheet of a workbook to fill in: heads with units, choices, prompts and formats of its columns."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.catalogue.input_tables import InputColumn, InputExample, InputKind
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import Item, PlanPhase, PlanStatus, SchoolType
from data.importing.cell_values import shown
from data.importing.recognise import RecognisedTable, columns_of, field_name
from data.spreadsheets import set_text
from data.text import text

Row = Mapping[str, str | None]
"""What is filled in already, by the name of the field."""
LAST_ROW = 5_000
"""Rows that choices and prompts reach down to: the schools of the largest unit several times."""
MOST_OF_A_LIST = 250
"""Letters that a spreadsheet takes as a list of choices."""
FORMATS = {"integer": "0", "decimal": "0.00##", "date": "yyyy-mm-dd"}
WIDE, NARROW = 24, 13
WIDE_FIELDS = {"school_name", "note", "problem", "measure", "remark", "title", "summary", "basis", "purpose"}
REQUIRED, OPTIONAL = "DCE6F4", "F3F4F6"
YES_NO = ("是", "否")
STAGES = ("小学", "初中")


def fill_sheet(sheet: Worksheet, input_kind: str, rows: Sequence[Row] = ()) -> None:
    """Heads in the first row, the rows that are known below, choices and prompts for the rest."""
    for position, column in enumerate(columns_of(input_kind), start=1):
        letter = get_column_letter(position)
        head = sheet.cell(1, position)
        set_text(head, head_words(column))
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor=REQUIRED if column.is_required else OPTIONAL)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        dimension = sheet.column_dimensions[letter]
        dimension.width = WIDE if column.field_code in WIDE_FIELDS else NARROW
        dimension.number_format = FORMATS.get(column.value_type, "@")
        sheet.add_data_validation(_validation(column, f"{letter}2:{letter}{LAST_ROW}"))
    for number, row in enumerate(rows, start=2):
        _fill_row(sheet, number, columns_of(input_kind), row)
    sheet.freeze_panes = "E2"


def head_words(column: InputColumn) -> str:
    """教学仪器设备值（万元）; a column that must be filled in ends with an asterisk."""
    unit = f"（{column.unit}）" if column.unit else ""
    return column.header + unit + ("*" if column.is_required else "")


def example_row(input_kind: str) -> dict[str, str]:
    """A row as it is meant, by the name of the field."""
    return {
        f"{e.field_code}__{e.stage}" if e.stage else e.field_code: e.example
        for e in load_catalogue().rows(InputExample)
        if e.input_kind == input_kind
    }


def is_example(sheet_name: str, table: RecognisedTable) -> bool:
    """Whether a sheet is the example of a template; one that was filled in is a table.

    Whose record it is (`key_fields` and the unit) decides: an example that was typed into is no return.
    """
    if sheet_name != example_name(table.input_kind) or len(table.cells) != 1:
        return False
    keys = {*table.input_kind.key_fields.split("|"), "district_code"} & set(table.columns)
    return bool(keys) and keys.isdisjoint(changed_of_example(table))


def changed_of_example(table: RecognisedTable) -> list[str]:
    """The fields of an example's row that are no longer as they were handed out."""
    meant = example_row(table.input_kind.input_kind)
    values = table.cells.iloc[0]
    return [name for name in table.columns if not _is_alike(shown(values[name]), meant.get(name, ""))]


def _is_alike(cell_text: str, meant: str) -> bool:
    """Equal as text, or as numbers however many zeros they end with."""
    try:
        return cell_text == meant or Decimal(cell_text) == Decimal(meant)
    except InvalidOperation:
        return False


def example_name(kind: InputKind) -> str:
    """The name of the sheet that shows how a table is meant."""
    return text("template.example", kind=kind.name)


def choices(column: InputColumn) -> tuple[str, ...]:
    """What a cell of the column may hold, in words; empty where it is not a choice."""
    catalogue = load_catalogue()
    if column.value_type == "school_type":
        return tuple(t.name for t in catalogue.rows(SchoolType))
    if column.value_type == "phase":
        return tuple(p.name for p in catalogue.rows(PlanPhase))
    if column.value_type == "plan_status":
        return tuple(s.name for s in catalogue.rows(PlanStatus))
    if column.value_type == "item":
        return tuple(dict.fromkeys(i.item_code for i in catalogue.rows(Item)))
    if column.value_type == "boolean":
        return YES_NO
    if column.value_type == "stage":
        return STAGES
    return tuple(column.allowed.split("|")) if column.allowed and "|" in column.allowed else ()


def _validation(column: InputColumn, cells: str) -> DataValidation:
    """A list where there are choices, always a prompt; what is wrong is told by the check, not refused while typing."""
    listed = ",".join(choices(column))
    is_list = bool(listed) and len(listed) <= MOST_OF_A_LIST
    return DataValidation(
        type="list" if is_list else None,
        formula1=f'"{listed}"' if is_list else None,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        promptTitle=column.header[:32],
        prompt=_prompt(column),
        sqref=cells,
    )


def _prompt(column: InputColumn) -> str:
    duty = text("template.required") if column.is_required else text("template.optional")
    return f"{duty}\n{type_words(column)}"


def type_words(column: InputColumn) -> str:
    """What a cell of the column holds: 整数，人."""
    return text(f"template.type_{column.value_type}", unit=column.unit or text("template.no_unit"))


def _fill_row(sheet: Worksheet, number: int, columns: Sequence[InputColumn], row: Row) -> None:
    for position, column in enumerate(columns, start=1):
        cell_text = row.get(field_name(column))
        if not cell_text:
            continue
        if column.value_type in ("integer", "decimal"):
            cell = sheet.cell(number, position, Decimal(cell_text))
        elif column.value_type == "date":
            cell = sheet.cell(number, position, date.fromisoformat(cell_text))
        else:
            cell = sheet.cell(number, position)
            set_text(cell, cell_text)
        cell.number_format = FORMATS.get(column.value_type, "@")
