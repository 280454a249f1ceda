"""From the files of a return to tables ready to record: every finding of every sheet at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.clock import day_of, utc_now
from data.importing.asked import Asked
from data.importing.cell_checks import check_cells, has_not_begun
from data.importing.cell_values import code_of, shown
from data.importing.findings import Finding, Place
from data.importing.form_2_2 import to_school_return
from data.importing.identity import unit_filled_down
from data.importing.names import OF_SCHOOLS, complete_codes, resolve_schools
from data.importing.nearest import first_words, nearest_of_sheet
from data.importing.personal import personal_columns
from data.importing.recognise import RecognisedTable, columns_of, field_name, not_understood, recognise
from data.importing.seen_columns import SeenColumn, seen_of_unknown
from data.importing.template_sheet import changed_of_example, is_example
from data.importing.together import Part, joined
from data.importing.visible import about_sheet
from data.importing.whole_checks import check_whole
from data.periods import parse_period
from data.reading.limits import TooLargeError, UnreadableFileError
from data.reading.model import Sheet
from data.reading.read import read_sheets
from data.text import text

SCHOOLS, FORM, LEDGER = "school_return", "form_2_2", "issue"


@dataclass(frozen=True)
class PreparedTable:
    """Canonical text rows (index = source row) of one sheet, ready to record."""

    input_kind: str
    sheet: str
    rows: pd.DataFrame
    file_name: str = ""


@dataclass
class PreparedReturn:
    """What was read from the files of one return, and what is wrong with it."""

    paths: list[Path]
    tables: list[PreparedTable] = field(default_factory=list[PreparedTable])
    findings: list[Finding] = field(default_factory=list[Finding])
    is_readable: bool = True
    sheets: dict[str, list[Sheet]] = field(default_factory=dict[str, list[Sheet]])
    columns: list[SeenColumn] = field(default_factory=list[SeenColumn])
    recognised: list[RecognisedTable] = field(default_factory=list[RecognisedTable])

    @property
    def path(self) -> Path:
        """The first file."""
        return self.paths[0]

    @property
    def names(self) -> str:
        """The names of all files."""
        return "、".join(p.name for p in self.paths)

    @property
    def is_blocked(self) -> bool:
        """Whether any finding forbids the import."""
        return any(f.is_blocking for f in self.findings)


Read = Callable[[Path], list[Sheet]]


def prepare_file(
    path: Path,
    *,
    period: str = "",
    district_code: str = "",
    earlier: pd.DataFrame | None = None,
    today: date | None = None,
) -> PreparedReturn:
    """Read, recognise and check one file; `earlier` holds last period's school returns."""

    def register(period: str, district_code: str) -> pd.DataFrame | None:
        del period, district_code
        return earlier

    return prepare_return([path], Asked(period, district_code, register, today=today))


def prepare_return(paths: Sequence[Path], asked: Asked, read: Read = read_sheets) -> PreparedReturn:
    """Read, recognise and check all files of one return."""
    prepared = PreparedReturn(list(paths))
    tables: list[RecognisedTable] = []
    for path in paths:
        tables += _tables_of(prepared, path, asked, read)
    filled = [table for table in tables if len(table.cells)]
    if not filled and prepared.is_readable and not prepared.is_blocked:
        prepared.findings.append(Place(prepared.names, "").finding("no_rows"))
    _check(prepared, filled, asked)
    return prepared


def _tables_of(prepared: PreparedReturn, path: Path, asked: Asked, read: Read) -> list[RecognisedTable]:
    try:
        sheets = read(path)
    except (UnreadableFileError, TooLargeError) as error:
        prepared.is_readable = False
        code = "too_large" if isinstance(error, TooLargeError) else "unreadable_file"
        prepared.findings.append(Place(path.name, "").finding(code, detail=str(error)))
        return []
    prepared.sheets[path.name] = sheets
    if not sheets:
        prepared.findings.append(Place(path.name, "").finding("no_rows"))
    given = {n: v for n, v in (("period", asked.period), ("district_code", asked.district_code)) if v}
    tables: list[RecognisedTable] = []
    unknown: list[Sheet] = []
    for sheet in sheets:
        table, findings = recognise(sheet, path.name, asked.by_hand, given)
        if table is None:
            if sheet.name != text("template.guide"):
                unknown.append(sheet)
                prepared.columns += seen_of_unknown(sheet, path.name)
            continue
        if is_example(sheet.name, table):
            changed = [table.columns[name].header for name in changed_of_example(table)]
            if changed:
                headers = "、".join(changed)
                prepared.findings.append(table.place.finding("example_changed", value=sheet.name, detail=headers))
            continue
        tables.append(table)
        prepared.columns += table.seen
        prepared.recognised.append(table)
        prepared.findings += findings
        prepared.findings += about_sheet(sheet, table.place, table.input_kind.input_kind, len(table.cells))
        if not len(table.cells):
            prepared.findings.append(table.place.finding("sheet_without_rows", value=sheet.name))
    if sheets and not tables:
        detail = text("reception.first_row", words=first_words(sheets[0])) + nearest_of_sheet(sheets[0])
        prepared.findings.append(Place(path.name, sheets[0].name).finding("unknown_kind", detail=detail))
        prepared.findings += personal_columns(sheets[0], Place(path.name, sheets[0].name))
    for sheet in unknown if tables else unknown[1:]:
        prepared.findings += not_understood(sheet, path.name)
    return tables


def _check(prepared: PreparedReturn, tables: list[RecognisedTable], asked: Asked) -> None:
    """Check cells sheet by sheet, then each kind as one table; what is faulty becomes no table."""
    kinds = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    parts: dict[str, list[Part]] = {}
    has_faulty_columns = prepared.is_blocked
    for table in tables:
        part = _part(prepared, table, kinds, asked)
        if part is not None:
            parts.setdefault(part.input_kind.input_kind, []).append(part)
    for kind, kind_parts in parts.items():
        kind_table = joined(kind_parts)
        prepared.findings += kind_table.findings
        prepared.findings += check_whole(kind_table, asked)
        if has_faulty_columns or kind_table.has_faulty_cells:
            continue
        for position, part in enumerate(kind_parts):
            rows = _with_keys(kinds[kind], kind_table.of(position))
            if len(rows):
                prepared.tables.append(PreparedTable(kind, part.place.sheet, rows, part.place.file_name))


def _part(prepared: PreparedReturn, table: RecognisedTable, kinds: dict[str, InputKind], asked: Asked) -> Part | None:
    """One sheet with canonical cells; None where a required column is missing."""
    kind, place = table.input_kind.input_kind, table.place
    if kind == SCHOOLS:
        _repair_unit(prepared, table, asked)
    rows, findings = check_cells(table, place, asked.today)
    prepared.findings += findings
    faulty = frozenset(f.row for f in findings if f.is_blocking and f.row is not None)
    if not _is_complete(kind, rows):
        return None
    if kind == FORM:
        period = parse_period(asked.period)
        if period is None or not asked.district_code:
            prepared.findings.append(place.finding("period_required"))
            return None
        today = asked.today or day_of(utc_now())
        if has_not_begun(period.code, today):
            prepared.findings.append(place.finding("period_in_future", value=period.code, detail=today.isoformat()))
            return None
        rows = to_school_return(rows[~rows.index.isin(faulty)], period.code, asked.district_code)
        prepared.findings.append(place.finding("back_derived", detail=str(len(rows))))
        is_blocked = bool(faulty)
        return Part(kinds[SCHOOLS], place, rows, table.is_hidden, frozenset(), True, is_blocked)
    if kind in OF_SCHOOLS and asked.schools is not None and "school_code" in rows:
        known = {str(d): asked.schools(str(d)) for d in dict.fromkeys(rows["district_code"]) if d is not None}
        rows, findings = resolve_schools(rows, place, known)
        prepared.findings += findings
        faulty |= {f.row for f in findings if f.is_blocking and f.row is not None}
    if kind == LEDGER:
        rows, findings = complete_codes(rows, place)
        prepared.findings += findings
    unread = frozenset(f.column for f in prepared.findings if f.finding_code.startswith("formula_no_result"))
    return Part(
        table.input_kind, place, rows, table.is_hidden, faulty, unread=unread, knows_formats=table.knows_formats
    )


def _with_keys(kind: InputKind, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with every field that says what they replace, empty where the sheet has no such column."""
    fields = [*kind.key_fields.split("|"), *kind.replaces_by.split("|")]
    return rows.assign(**{name: None for name in fields if name not in rows})


def _is_complete(kind: str, rows: pd.DataFrame) -> bool:
    required = {field_name(c) for c in columns_of(kind) if c.is_required} - {"issue_code"}
    return required <= set(rows.columns)


def _repair_unit(prepared: PreparedReturn, table: RecognisedTable, asked: Asked) -> None:
    """Unit codes that were dragged down become the one that they should have been, and it is said."""
    if "district_code" not in table.cells or "school_name" not in table.cells:
        return
    codes = [code_of(value)[0] or "" for value in table.cells["district_code"]]
    names = [shown(value) for value in table.cells["school_name"]]
    unit, why = unit_filled_down(codes, names, asked.district_code)
    if unit:
        span = f"{codes[0]}…{codes[-1]}"
        row = int(table.cells.index[0])
        prepared.findings.append(
            table.place.finding("unit_filled_down", row=row, column="区县代码", value=span, detail=why)
        )
        table.cells["district_code"] = unit
