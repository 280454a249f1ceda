"""A list of accounts as it was filled in: rows for the store, and what is wrong at which cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.catalogue.tables import District
from data.importing.cell_values import shown
from data.importing.headers import header_key, plain_words
from data.reading.model import CellValue, Sheet, address, is_filled
from data.store.account_changes import AccountChange
from data.text import text

COLUMNS = ("name", "person", "role", "unit", "schools", "valid_from", "valid_to")
REQUIRED = ("name", "person", "role")
SEARCHED_ROWS = 10
MOST_ROWS = 5_000
SEPARATORS = re.compile(r"[\s,，、;；/|]+")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SERIAL = re.compile(r"\d{5}")
FIRST_SERIAL = date(1899, 12, 30)
"""Day 0 of a spreadsheet's count."""


@dataclass(frozen=True)
class ListFinding:
    """What is wrong at a cell of a list: a code of `account_list.finding`, the value, and what would be right."""

    code: str
    sheet: str
    cell: str = ""
    value: str = ""
    detail: str = ""


@dataclass(frozen=True)
class ListedAccount:
    """One row: what the account is to be, where it stands, and the address of each of its cells by column."""

    change: AccountChange
    sheet: str
    row: int
    cells: Mapping[str, str]
    says_validity: bool
    """Whether the list has columns for it; without them an account keeps what it has."""

    def with_days(self, valid_from: date | None, valid_to: date | None) -> "ListedAccount":
        """The same with another validity."""
        return replace(self, change=replace(self.change, valid_from=valid_from, valid_to=valid_to))

    def finding(self, code: str, column: str, value: str = "", detail: str = "") -> ListFinding:
        """A finding at the cell of a column of this row."""
        return ListFinding(code, self.sheet, self.cells.get(column, self.cells["name"]), value, detail)


@dataclass
class AccountList:
    """What a file says: its accounts, and what is wrong with it."""

    accounts: list[ListedAccount] = field(default_factory=list[ListedAccount])
    findings: list[ListFinding] = field(default_factory=list[ListFinding])


def read_list(sheets: Sequence[Sheet], catalogue: Catalogue, day: date) -> AccountList:
    """Every account that the sheets name.

    Args:
        sheets: As they were read; those of the template that only explain are passed over.
        catalogue: Roles and units by code and name.
        day: Whose units may be named.
    """
    listed = AccountList()
    told = {text("account_list.guide"), text("account_list.example")}
    tables = [(s, header) for s in sheets if s.name not in told and (header := _header(s)) is not None]
    for sheet, (row, columns) in tables:
        missing = [name for name in REQUIRED if name not in columns]
        if missing:
            heads = "、".join(head(name) for name in missing)
            listed.findings.append(ListFinding("no_column", sheet.name, value=heads))
            continue
        _read_sheet(listed, sheet, row, columns, catalogue, day)
    if not tables:
        detail = "、".join(map(head, REQUIRED))
        listed.findings.append(ListFinding("no_list", "、".join(s.name for s in sheets), detail=detail))
    elif not listed.accounts and not listed.findings:
        listed.findings.append(ListFinding("no_rows", tables[0][0].name))
    if len(listed.accounts) > MOST_ROWS:
        listed.findings.append(ListFinding("too_many", tables[0][0].name, value=str(MOST_ROWS)))
    return listed


def head(column: str) -> str:
    """The header of a column as the template has it."""
    return text(f"account_list.column.{column}").partition("|")[0]


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the header (from 0) and the position of each column; None where no row is one."""
    keys = {header_key(w)[0]: c for c in COLUMNS for w in text(f"account_list.column.{c}").split("|")}
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for position, value in enumerate(row):
            known = keys.get(header_key(value)[0]) if isinstance(value, str) else None
            if known is not None:
                columns.setdefault(known, position)
        if "name" in columns and len(columns) > 1:
            return number, columns
    return None


def _read_sheet(
    listed: AccountList, sheet: Sheet, header: int, columns: Mapping[str, int], catalogue: Catalogue, day: date
) -> None:
    roles = {plain_words(w): r.role_code for r in catalogue.rows(Role) for w in (r.role_code, r.name)}
    units = units_by_name(catalogue, day)
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        values = {c: row[p] if p < len(row) else None for c, p in columns.items()}
        if not any(is_filled(v) for v in values.values()):
            continue
        cells = {c: address(number, p) for c, p in columns.items()}
        says = {c: cell_words(v) for c, v in values.items()}
        read = ListRow(sheet.name, cells, says, listed.findings)
        if sheet.is_hidden or number in sheet.hidden_rows:
            read.wrong("hidden", "name")
        change = AccountChange(
            says["name"],
            0,
            says["person"],
            read.one_of("role", roles, "、".join(r.name for r in catalogue.rows(Role))),
            tuple(dict.fromkeys(read.unit(unit_name, units) for unit_name in parts_of(says.get("unit", "")))),
            tuple(dict.fromkeys(parts_of(says.get("schools", "")))),
            read.day("valid_from", values.get("valid_from")),
            read.day("valid_to", values.get("valid_to")),
        )
        has_validity = "valid_from" in columns or "valid_to" in columns
        listed.accounts.append(ListedAccount(change, sheet.name, number + 1, cells, has_validity))


def units_by_name(catalogue: Catalogue, day: date) -> dict[str, set[str]]:
    """The codes of the day's units by each way of naming them."""
    names: dict[str, set[str]] = {}
    for unit in catalogue.in_force(District, day):
        for name in (unit.district_code, unit.name, unit.short_name):
            names.setdefault(plain_words(name), set()).add(unit.district_code)
    return names


@dataclass(frozen=True)
class ListRow:
    """The cells of a row in words, by column, and where what is wrong with them is noted."""

    sheet: str
    cells: Mapping[str, str]
    says: Mapping[str, str]
    findings: list[ListFinding]

    def wrong(self, code: str, column: str, value: str = "", detail: str = "") -> None:
        """Note what is wrong at the cell of a column."""
        self.findings.append(ListFinding(code, self.sheet, self.cells[column], value, detail))

    def one_of(self, column: str, known: Mapping[str, str], choices: str) -> str:
        """The code that a cell names; empty, and noted, where it names none."""
        code = known.get(plain_words(self.says[column]))
        if code is None:
            self.wrong(f"unknown_{column}", column, self.says[column], choices)
        return code or ""

    def unit(self, unit_name: str, units: Mapping[str, set[str]]) -> str:
        """The code of a unit by code, name, or 名称（代码） as the desk shows it."""
        bare = plain_words(unit_name)
        inside = re.search(r"\(([^()]+)\)$", bare)
        codes = units.get(bare) or (units.get(inside[1]) if inside else None) or set[str]()
        if len(codes) == 1:
            return next(iter(codes))
        self.wrong("unit_of_two_names" if codes else "unknown_unit", "unit", unit_name, "、".join(sorted(codes)))
        return ""

    def day(self, column: str, value: CellValue) -> date | None:
        """The day in a cell; None where it is empty, or noted as none."""
        if isinstance(value, datetime):
            return date(value.year, value.month, value.day)
        if isinstance(value, date) or not is_filled(value):
            return value if isinstance(value, date) else None
        said = plain_words(cell_words(value))
        try:
            if match := DAY.fullmatch(said):
                return date(*map(int, match.groups()))
            if SERIAL.fullmatch(said):
                return FIRST_SERIAL + timedelta(days=int(said))
        except ValueError:  # 2026-02-30
            pass
        self.wrong("bad_day", column, said)
        return None


def cell_words(value: CellValue) -> str:
    """A cell as it is shown; empty where it holds nothing."""
    return shown(value).strip() if is_filled(value) else ""


def parts_of(cell_text: str) -> list[str]:
    """What a cell lists, one after the other."""
    return [part for part in SEPARATORS.split(cell_text) if part]
