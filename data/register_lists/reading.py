"""A list of 责任区 and 督学 as it was filled in: rows for the registers, and what is wrong at which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.account_lists.reading import (
    MOST_ROWS,
    SEARCHED_ROWS,
    ListFinding,
    ListRow,
    cell_words,
    parts_of,
    units_by_name,
)
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import InspectorKind
from data.importing.headers import header_key, plain_words
from data.reading.model import CellValue, Row, Sheet, address, is_filled
from data.store.inspector_changes import MUNICIPAL, InspectorEdit
from data.text import text

COLUMNS = ("unit", "area", "schools", "person", "kind", "time", "appointed", "term")
REQUIRED = ("area", "schools", "person", "kind", "appointed")


@dataclass(frozen=True)
class Readable:
    """What a list may name: the units of who hands it in, and their schools by code and by name."""

    catalogue: Catalogue
    day: date
    units: frozenset[str]
    schools: Mapping[tuple[str, str], str]
    """The code of a school by its unit and the words that name it."""
    may_name_city: bool


@dataclass(frozen=True)
class ListedEntry:
    """One row: an area of a unit with schools, an inspector, or both; and the address of each cell by column."""

    district_code: str
    area_name: str
    school_codes: tuple[str, ...]
    person: InspectorEdit | None
    sheet: str
    cells: Mapping[str, str]

    def finding(self, code: str, column: str, value: str = "", detail: str = "") -> ListFinding:
        """A finding at the cell of a column of this row."""
        return ListFinding(code, self.sheet, self.cells[column], value, detail)


@dataclass
class RegisterList:
    """What a file says: its rows, and what is wrong with it."""

    entries: list[ListedEntry] = field(default_factory=list[ListedEntry])
    findings: list[ListFinding] = field(default_factory=list[ListFinding])


def read_register_list(sheets: Sequence[Sheet], known: Readable) -> RegisterList:
    """Every row that the sheets hold; those of the template that only explain are passed over."""
    listed = RegisterList()
    told = {text("register_list.example"), text("register_list.guide")}
    tables = [(s, header) for s in sheets if s.name not in told and (header := _header(s)) is not None]
    for sheet, (row, columns) in tables:
        missing = [head(name) for name in REQUIRED if name not in columns]
        if missing:
            listed.findings.append(ListFinding("no_column", sheet.name, value="、".join(missing)))
        else:
            _read_sheet(listed, sheet, row, columns, known)
    if not tables:
        detail = "、".join(map(head, REQUIRED))
        listed.findings.append(ListFinding("no_list", "、".join(s.name for s in sheets), detail=detail))
    elif not listed.entries and not listed.findings:
        listed.findings.append(ListFinding("no_rows", tables[0][0].name))
    if len(listed.entries) > MOST_ROWS:
        listed.findings.append(ListFinding("too_many", tables[0][0].name, value=str(MOST_ROWS)))
    return listed


def head(column: str) -> str:
    """The header of a column as the template has it."""
    return text(f"register_list.column.{column}").partition("|")[0]


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the header (from 0) and the position of each column; None where no row is one."""
    keys = {header_key(w)[0]: c for c in COLUMNS for w in text(f"register_list.column.{c}").split("|")}
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for position, value in enumerate(row):
            known = keys.get(header_key(value)[0]) if isinstance(value, str) else None
            if known is not None:
                columns.setdefault(known, position)
        if len(columns) > 1 and columns.keys() & {"area", "person"}:
            return number, columns
    return None


def _read_sheet(listed: RegisterList, sheet: Sheet, header: int, columns: Mapping[str, int], known: Readable) -> None:
    kinds = {plain_words(k.name): k.inspector_kind for k in known.catalogue.rows(InspectorKind)}
    units = units_by_name(known.catalogue, known.day)
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        values: Row = [row[p] if p < len(row) else None for p in columns.values()]
        if not any(is_filled(v) for v in values):
            continue
        cells = {c: address(number, p) for c, p in columns.items()}
        says = dict.fromkeys(COLUMNS, "") | {c: cell_words(v) for c, v in zip(columns, values, strict=True)}
        read = ListRow(sheet.name, cells, says, listed.findings)
        if sheet.is_hidden or number in sheet.hidden_rows:
            read.wrong("hidden", "area")
        listed.entries.append(_entry(read, dict(zip(columns, values, strict=True)), kinds, units, known))


def _entry(
    read: ListRow,
    values: Mapping[str, CellValue],
    kinds: Mapping[str, str],
    units: Mapping[str, set[str]],
    known: Readable,
) -> ListedEntry:
    says = read.says
    kind = read.one_of("kind", kinds, "、".join(kinds)) if says["person"] else ""
    unit = "" if kind == MUNICIPAL else _unit(read, units, known)
    if kind == MUNICIPAL and not known.may_name_city:
        read.wrong("kind_of_city", "kind", says["kind"])
    if kind == MUNICIPAL and says["area"]:
        read.wrong("city_has_no_area", "area", says["area"])
    schools = [_school(read, unit, said, known) for said in parts_of(says["schools"])] if unit else []
    if says["schools"] and not says["area"]:
        read.wrong("needs_area", "area")
    person = _person(read, values, unit, kind) if says["person"] else None
    return ListedEntry(unit, says["area"], tuple(filter(None, schools)), person, read.sheet, read.cells)


def _unit(read: ListRow, units: Mapping[str, set[str]], known: Readable) -> str:
    """The unit that a row names, or the only one there is to name."""
    if not read.says["unit"] and len(known.units) == 1:
        return next(iter(known.units))
    place = "unit" if "unit" in read.cells else "area"
    if not read.says["unit"]:
        read.wrong("needs_unit", place)
        return ""
    before = len(read.findings)
    code = read.unit(read.says["unit"], units)
    if len(read.findings) == before and code not in known.units:
        read.wrong("unknown_unit", "unit", read.says["unit"])
    return code if code in known.units else ""


def _school(read: ListRow, unit: str, said: str, known: Readable) -> str:
    code = known.schools.get((unit, plain_words(said)), "")
    if not code:
        read.wrong("unknown_school", "schools", said)
    return code


def _person(read: ListRow, values: Mapping[str, CellValue], unit: str, kind: str) -> InspectorEdit:
    appointed = read.day("appointed", values.get("appointed"))
    term = read.day("term", values.get("term"))
    full, part = text("registers.full_time"), text("registers.part_time")
    if read.says["time"] not in ("", full, part):
        read.wrong("unknown_time", "time", read.says["time"], f"{full}、{part}")
    if appointed is None and not read.says["appointed"]:
        read.wrong("needs_appointed", "appointed", read.says["person"])
    if appointed and term and term < appointed:
        read.wrong("bad_term", "term", read.says["term"])
    return InspectorEdit(
        "", 0, unit, read.says["person"], kind, None, None, None, appointed, term, read.says["time"] != part
    )
