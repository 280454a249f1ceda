"""Workbooks of accounts: the one to fill in, and the one by which first passwords are handed over."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.account_lists.reading import COLUMNS, MOST_ROWS, REQUIRED, head
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.spreadsheets import set_text
from data.store.account_lists import Handed
from data.text import text

REQUIRED_FILL, OPTIONAL_FILL = "DCE6F4", "F3F4F6"
WIDTH, GUIDE_WIDTH = 22, 100
NOT_OF_NAMES, LONGEST_NAME = re.compile(r"[^a-z0-9._-]"), 40
HANDED = ("name", "person", "role", "unit", "schools")


@dataclass(frozen=True)
class SchoolToName:
    """A school without an account: what is known of it, so that only the person is to be filled in."""

    district_code: str
    school_code: str
    school_name: str

    @property
    def account_name(self) -> str:
        """A name from its code, of the letters that names of accounts may have."""
        letters = NOT_OF_NAMES.sub("", self.school_code.lower())
        return (letters if letters[:1].isalpha() else f"s{letters}")[:LONGEST_NAME]


def list_template(catalogue: Catalogue, schools: Sequence[SchoolToName] = (), role_code: str = "") -> bytes:
    """The workbook to fill in: the list with a row for each school, an example, and how to fill in."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = text("account_list.sheet")
    roles = [r.name for r in sorted(catalogue.rows(Role), key=lambda r: r.display_order)]
    role = next((r.name for r in catalogue.rows(Role) if r.role_code == role_code), "")
    rows = [(s.account_name, "", role, s.district_code, s.school_code, "", "", s.school_name) for s in schools]
    extra = [text("account_list.school_name")] if schools else []
    fill_sheet(sheet, [*(head(c) + ("*" if c in REQUIRED else "") for c in COLUMNS), *extra], rows)
    column = get_column_letter(COLUMNS.index("role") + 1)
    sheet.add_data_validation(
        DataValidation(
            type="list",
            formula1=f'"{",".join(roles)}"',
            allow_blank=True,
            showErrorMessage=False,
            sqref=f"{column}2:{column}{MOST_ROWS}",
        )
    )
    example = [line.split("|") for line in text("account_list.example_rows").split("\n")]
    fill_sheet(book.create_sheet(text("account_list.example")), [head(c) for c in COLUMNS], example)
    guide = book.create_sheet(text("account_list.guide"))
    guide.column_dimensions["A"].width = GUIDE_WIDTH
    for number, rule in enumerate(text("account_list.rules", roles="、".join(roles)).split("\n"), start=1):
        cell = guide.cell(number, 1)
        set_text(cell, rule)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return bytes_of(book)


def handover(catalogue: Catalogue, handed: Sequence[Handed]) -> bytes:
    """Who gets which first password: the only place where it is written."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = text("account_list.passwords")
    roles = {r.role_code: r.name for r in catalogue.rows(Role)}
    rows = [
        (
            account.change.account_name,
            account.change.person,
            roles[account.change.role_code],
            " ".join(account.change.district_codes),
            " ".join(account.change.school_codes),
            account.password,
        )
        for account in handed
    ]
    fill_sheet(sheet, [*map(head, HANDED), text("account_list.first_password")], rows)
    return bytes_of(book)


def fill_sheet(sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write heads, needed ones in another colour, and rows of texts."""
    for position, header in enumerate(heads, start=1):
        cell = sheet.cell(1, position)
        set_text(cell, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=REQUIRED_FILL if header.endswith("*") else OPTIONAL_FILL)
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width, dimension.number_format = WIDTH, "@"
    for number, row in enumerate(rows, start=2):
        for position, value in enumerate(row, start=1):
            if value:
                cell = sheet.cell(number, position)
                set_text(cell, value)
                cell.number_format = "@"
    sheet.freeze_panes = "A2"


def bytes_of(book: Workbook) -> bytes:
    """A workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
