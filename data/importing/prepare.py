"""From a file to tables ready to record: every finding of every sheet at once."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.importing.cell_checks import check_cells
from data.importing.findings import Finding, Place
from data.importing.form_2_2 import to_school_return
from data.importing.plausibility import check_plausibility
from data.importing.read_table import RawTable, UnreadableFileError, read_tables
from data.importing.recognise import personal_columns, recognise
from data.importing.row_checks import check_rows
from data.periods import parse_period


@dataclass(frozen=True)
class PreparedTable:
    """Canonical text rows (index = source row) of one sheet, ready to record."""

    input_kind: str
    sheet: str
    rows: pd.DataFrame


@dataclass
class PreparedFile:
    """What was read from one file, and what is wrong with it."""

    path: Path
    tables: list[PreparedTable] = field(default_factory=list[PreparedTable])
    findings: list[Finding] = field(default_factory=list[Finding])
    is_readable: bool = True

    @property
    def is_blocked(self) -> bool:
        """Whether any finding forbids the import."""
        return any(f.is_blocking for f in self.findings)


def prepare_file(
    path: Path, *, period: str = "", district_code: str = "", earlier: pd.DataFrame | None = None
) -> PreparedFile:
    """Read, recognise and check one file.

    `period` and `district_code` are for 官方表Ⅱ-2; `earlier` holds last period's school returns.
    """
    prepared = PreparedFile(path)
    try:
        raw_tables = read_tables(path)
    except UnreadableFileError as error:
        prepared.is_readable = False
        prepared.findings.append(Place(path.name, "").finding("unreadable_file", detail=str(error)))
        return prepared
    if not raw_tables:
        prepared.findings.append(Place(path.name, "").finding("no_rows"))
    for raw in raw_tables:
        _prepare_table(prepared, raw, period, district_code, earlier)
    if not prepared.tables and not prepared.is_blocked:
        prepared.findings.append(Place(path.name, "").finding("no_rows"))
    return prepared


def _prepare_table(
    prepared: PreparedFile, raw: RawTable, period: str, district_code: str, earlier: pd.DataFrame | None
) -> None:
    place = Place(prepared.path.name, raw.sheet)
    table, findings = recognise(raw, place)
    if table is None and prepared.tables:
        prepared.findings.append(place.finding("unknown_sheet", value=raw.sheet))
        prepared.findings += personal_columns(raw, place)
        return
    prepared.findings += findings
    if table is None or any(f.is_blocking for f in findings):
        if table is not None:
            prepared.findings += check_cells(table, place)[1]
        return
    rows, cell_findings = check_cells(table, place)
    prepared.findings += cell_findings
    faulty = {f.row for f in cell_findings if f.is_blocking and f.row is not None}
    prepared.findings += check_rows(table, rows, place, faulty)
    if table.input_kind.input_kind == "school_return":
        is_faulty = rows.index.isin(faulty)
        if earlier is not None:  # a school whose row is faulty is there, but not compared
            earlier = earlier[~earlier["school_code"].isin(rows["school_code"][is_faulty])]
        prepared.findings += check_plausibility(rows[~is_faulty], place, earlier)
    if faulty:
        return
    kind = table.input_kind.input_kind
    if kind == "form_2_2":
        parsed = parse_period(period)
        if parsed is None or not district_code:
            prepared.findings.append(place.finding("period_required"))
            return
        rows, kind = to_school_return(rows, parsed.code, district_code), "school_return"
        prepared.findings.append(place.finding("back_derived", detail=str(len(rows))))
    prepared.tables.append(PreparedTable(kind, raw.sheet, rows))
