"""Tell which kind of table a sheet is, map its columns to fields, and leave out what is no record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from data.catalogue.input_tables import InputColumn, InputKind
from data.catalogue.loader import load_catalogue
from data.importing.findings import Finding, Place
from data.importing.headers import conversion, header_key
from data.importing.left_out import counted, heading_stage, left_out
from data.importing.locate import Located, Match, locate
from data.importing.merged_cells import spread_down
from data.importing.nearest import FEWEST_CELLS, near_words, nearest_names, nearest_of_sheet
from data.importing.other_header import other_header
from data.importing.personal import filled_columns, is_personal, personal_columns
from data.importing.seen_columns import SeenColumn, by_key, seen_columns
from data.importing.titles import title_differs
from data.reading.model import CellValue, Sheet, is_filled, letter
from data.text import text

AMOUNT_TYPES = ("integer", "decimal")
CODE_FIELDS = ("operator_type", "founded_year")  # whole numbers that are not amounts
MADE = ("issue_code",)
"""Required fields that are made where no column holds them."""
LEAST_LIKE = 0.5
HEADER_LIKE_ROWS = 2
SCHOOLS, FORM = "school_return", "form_2_2"
"""The form has no columns for the period and the unit; it becomes a return that has."""
STAGE_NAMES = {"primary": "小学", "junior": "初中"}


@dataclass(frozen=True)
class RecognisedTable:
    """A table of known kind: `cells` has one column per field and the index is the row number.

    A field of a stage is named `field__stage`. `factors` turn numbers of a column into its unit.
    """

    input_kind: InputKind
    columns: dict[str, InputColumn]
    cells: pd.DataFrame
    place: Place = field(default_factory=lambda: Place("", ""))
    factors: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    is_hidden: bool = False
    knows_formats: bool = True
    seen: tuple[SeenColumn, ...] = ()


def field_name(column: InputColumn) -> str:
    """`pupils__primary` for a column of a stage, otherwise the field's own code."""
    return f"{column.field_code}__{column.stage}" if column.stage else column.field_code


def columns_of(input_kind: str) -> list[InputColumn]:
    """The catalogue's columns of one kind, in template order."""
    return [c for c in load_catalogue().rows(InputColumn) if c.input_kind == input_kind]


def amount_columns(input_kind: str) -> list[InputColumn]:
    """The columns of a kind that hold amounts, not codes or words."""
    return [c for c in columns_of(input_kind) if c.value_type in AMOUNT_TYPES and c.field_code not in CODE_FIELDS]


def recognise(
    sheet: Sheet, file_name: str, by_hand: Mapping[str, str] | None = None, given: Mapping[str, str] | None = None
) -> tuple[RecognisedTable | None, list[Finding]]:
    """Find header and kind; what is missing, unknown, converted or left out becomes findings.

    `by_hand` says which column a header means; `given` holds fields that the table may lack.
    """
    located = locate(sheet, by_key(by_hand or {}), given or {}, file_name)
    if located is None:
        return None, []
    place = Place(file_name, sheet.name, _letters(located))
    return _map_columns(sheet, located, place, given or {})


def not_understood(sheet: Sheet, file_name: str) -> list[Finding]:
    """What a sheet of no kind looks like, and whether it holds data about persons."""
    place = Place(file_name, sheet.name)
    rows = sum(1 for row in sheet.rows if sum(map(is_filled, row)) >= FEWEST_CELLS)
    personal = personal_columns(sheet, place)
    if rows < HEADER_LIKE_ROWS:
        return [place.finding("unknown_sheet", value=sheet.name), *personal]
    nearest = nearest_of_sheet(sheet)
    return [place.finding("sheet_not_understood", value=sheet.name, detail=str(rows), nearest=nearest), *personal]


def _letters(located: Located) -> dict[str, str]:
    known = {m.column.header: letter(m.position) for m in reversed(located.matches)}
    return {**{header: letter(n) for n, header in located.others.items()}, **known}


def _map_columns(
    sheet: Sheet, located: Located, place: Place, given: Mapping[str, str]
) -> tuple[RecognisedTable, list[Finding]]:
    kind = located.input_kind
    head = located.last + 1
    other = other_header(sheet, located)
    end = len(sheet.rows) if other is None else other[0]
    skipped = {n: kind for n, kind in left_out(sheet, located).items() if n < end}
    located.has_stage = bool(located.stage) or "heading" in skipped.values()
    findings = _about_columns(located, place, given)
    if other is not None:
        findings.append(place.finding("header_differs", row=end + 1, value=str(end + 1), detail=other[1]))
    findings += _other_columns(sheet, located, place, set(skipped))
    factors, unit_findings = _factors(located, place)
    findings += unit_findings
    if skipped:
        findings.append(place.finding("rows_left_out", detail=counted(skipped)))
    body = [n for n in range(head, end) if n not in skipped and any(map(is_filled, sheet.rows[n]))]
    positions = {field_name(m.column): m.position for m in located.matches}
    columns = {field_name(m.column): m.column for m in located.matches}
    cells: dict[str, list[CellValue]] = {
        name: [sheet.rows[n][position] if position < len(sheet.rows[n]) else None for n in body]
        for name, position in positions.items()
    }
    spread = spread_down(sheet, cells, {name: (columns[name], positions[name]) for name in columns}, body)
    if spread:
        findings.append(place.finding("merged_down", detail=spread))
    for column in columns_of(kind.input_kind):
        name = field_name(column)
        if name == "stage" and "stage" not in cells and _has_stage(column, located):
            cells[name], columns[name] = list(_stages(sheet, located, body)), column
        elif name in given and name not in cells:
            cells[name], columns[name] = [given[name]] * len(body), column
            if body:
                findings += [place.finding("scope_given", column=column.header, value=given[name])]
                findings += title_differs(sheet, located, place, name, column.header, given[name])
    if kind.input_kind == FORM and body:
        for name, header in ((field_name(c), c.header) for c in columns_of(SCHOOLS)):
            findings += title_differs(sheet, located, place, name, header, given[name]) if name in given else []
    frame = pd.DataFrame(cells, index=pd.Index([n + 1 for n in body], name="source_row"), dtype="object")
    seen = tuple(seen_columns(sheet, place.file_name, located, skipped, columns_of(kind.input_kind)))
    table = RecognisedTable(kind, columns, frame, place, factors, sheet.is_hidden, sheet.knows_formats, seen)
    return table, findings


def _stages(sheet: Sheet, located: Located, body: list[int]) -> list[CellValue]:
    """The stage of each row, from the title and the sub-headings between the rows."""
    stage, stages, body_rows = located.stage, list[CellValue](), set(body)
    for number in range(located.last + 1, len(sheet.rows)):
        stage = heading_stage(sheet.rows[number]) or stage
        if number in body_rows:
            stages.append(STAGE_NAMES.get(stage))
    return stages


def _about_columns(located: Located, place: Place, given: Mapping[str, str]) -> list[Finding]:
    """Columns that stand twice, that a person mapped, and required ones that are not there."""
    head = located.last + 1
    findings = [place.finding("duplicate_column", row=head, column=m.column.header) for m in located.twice]
    findings += [
        place.finding("column_mapped", column=m.column.header, value=m.words) for m in located.matches if m.is_by_hand
    ]
    present = set(located.by_field)
    for column in columns_of(located.input_kind.input_kind):
        may_lack = column.field_code in given or column.field_code in MADE or _has_stage(column, located)
        if column.is_required and not may_lack and (column.field_code, column.stage) not in present:
            findings.append(place.finding("missing_column", row=head, column=column.header))
    return findings


def _has_stage(column: InputColumn, located: Located) -> bool:
    return column.field_code == "stage" and located.input_kind.input_kind == FORM and bool(located.has_stage)


def _other_columns(sheet: Sheet, located: Located, place: Place, skipped: set[int]) -> list[Finding]:
    """What stands beside the known columns; one without a header is named by its letter."""
    findings: list[Finding] = []
    known = {m.position for m in (*located.matches, *located.twice)}
    present = set(located.by_field)
    absent = [c for c in columns_of(located.input_kind.input_kind) if (c.field_code, c.stage) not in present]
    near: list[str] = []
    head = located.last + 1
    for position, values in filled_columns(sheet, head, skipped).items():
        header = located.others.get(position, "")
        if position in known or position in located.unused or header_key(header)[0] in _numbering():
            continue
        if is_personal(header, values):
            findings.append(place.finding("personal_column", row=head, column=header or letter(position)))
        elif not header:
            findings.append(place.finding("column_without_header", column=letter(position), detail=str(len(values))))
        else:
            likely = nearest_names(header, columns_of(located.input_kind.input_kind))
            names = "、".join(text("reception.near_name", name=n, share=round(100 * r)) for n, r in likely)
            detail = text("reception.nearest", names=names) if names else ""
            findings.append(place.finding("unknown_column", row=head, column=header, detail=detail))
            best = nearest_names(header, absent)
            if values and best and best[0][1] >= LEAST_LIKE:
                near.append(near_words(header, absent))
    if near:
        findings.append(place.finding("columns_to_map", detail="；".join(near)))
    return findings


def _numbering() -> set[str]:
    """Headers of columns that only number the rows."""
    return set(text("reception.numbering").split("|"))


def _factors(located: Located, place: Place) -> tuple[dict[str, Decimal], list[Finding]]:
    """By what the numbers of each column are multiplied, where its header names another unit."""
    factors: dict[str, Decimal] = {}
    findings: list[Finding] = []
    for match in located.matches:
        if not match.unit or match.column.value_type not in AMOUNT_TYPES:
            continue
        factor = conversion(match.column, match.unit)
        if factor is None:
            findings.append(_unit_unknown(match, place))
        elif factor != 1:
            factors[field_name(match.column)] = factor
            findings.append(
                place.finding("unit_converted", column=match.column.header, value=match.unit, detail=match.column.unit)
            )
    return factors, findings


def _unit_unknown(match: Match, place: Place) -> Finding:
    column_unit = match.column.unit or text("reception.without_unit")
    return place.finding("unit_unknown", column=match.column.header, value=match.unit, detail=column_unit)
