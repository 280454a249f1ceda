"""What is not there is a finding: columns of the template, whole columns without data, empty cells."""

from collections.abc import Iterator

import pandas as pd

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import Indicator, IndicatorInput, SchoolType, ScopeRule
from data.importing.findings import Finding, Told
from data.importing.recognise import columns_of, field_name
from data.text import text

STAGES = ("primary", "junior")
QUALITY = "quality_balanced"
BEHIND_ITEMS = {
    "certified_teachers": "G12",
    "training_complete_teachers": "G9",
    "music_rooms": "G3",
    "art_rooms": "G3",
    "classes": "G5",
    "largest_class": "G5",
    "public_budget_yuan": "Q4",
    "training_spend_yuan": "Q4",
}
"""What is asked of the unit from columns that enter no indicator."""
NEVER_TOLD = ("senior",)


def check_absence(
    rows: pd.DataFrame, told: Told, named: set[str], *, with_cells: bool = True
) -> tuple[list[Finding], set[str]]:
    """Findings about what 学校基础数据表 lacks, and the headers that they name.

    Args:
        rows: Rows of one sheet, or of all.
        told: Where findings are made.
        named: Headers that are empty for a reason that was told already.
        with_cells: Also single empty cells.
    """
    sections = _sections(rows)
    missing: list[str] = []
    unused: list[str] = []
    empty: list[str] = []
    told_now: set[str] = set()
    findings: list[Finding] = []
    for column in columns_of("school_return"):
        name = field_name(column)
        if column.stage in NEVER_TOLD or column.is_required or column.header in named:
            continue
        section_rows = sections[column.stage] if column.stage else sections["primary"] | sections["junior"]
        count = len(section_rows) if column.stage else sum(len(s) for s in sections.values())
        items = _items(column) if count else []
        effect = _effect(column, count, items)
        if name not in rows:
            (missing if items else unused).append(effect)
            told_now.add(column.header)
        elif section_rows and rows.loc[sorted(section_rows), name].isna().all():
            told_now.add(column.header)
            if items:
                empty.append(effect)
        elif items and with_cells:
            findings += _empty_cells(rows, column, sorted(section_rows), told)
    for code, names in (("missing_columns_unused", unused), ("empty_columns", empty), ("missing_columns", missing)):
        if names:
            findings.insert(0, told.finding(code, detail="；".join(names)))
    return findings, told_now


def _effect(column: InputColumn, count: int, items: list[str]) -> str:
    if not count or not items:
        return text("reception.column_no_effect", header=column.header)
    return text("reception.column_effect", header=column.header, sections=count, items="、".join(items))


def _empty_cells(rows: pd.DataFrame, column: InputColumn, section_rows: list[int], told: Told) -> Iterator[Finding]:
    cells = rows.loc[section_rows, field_name(column)]
    detail = text("reception.cell_effect", item="、".join(_items(column)))
    for row in cells.index[cells.isna()]:
        yield told.finding("cells_missing", row=int(row), column=column.header, detail=detail)


def _sections(rows: pd.DataFrame) -> dict[str, set[int]]:
    """The rows that have a section of each stage in scope, by the type of the school and its pupils."""
    types = {t.school_type: (t.primary_section, t.junior_section) for t in load_catalogue().rows(SchoolType)}
    excluded = {r.school_type for r in load_catalogue().rows(ScopeRule) if r.minimum_pupils is None}
    sections: dict[str, set[int]] = {stage: set() for stage in STAGES}
    for row, code in zip((int(r) for r in rows.index), rows["school_type"], strict=True):
        if code in excluded or code not in types:
            continue
        for stage, presence in zip(STAGES, types[str(code)], strict=True):
            name = f"pupils__{stage}"
            pupils = rows.loc[row, name] if name in rows else None
            has_pupils = isinstance(pupils, str) and pupils not in ("0", "") and pupils[:1].isdigit()
            if presence == "always" or (presence == "with_pupils" and has_pupils):
                sections[stage].add(row)
    return sections


def _items(column: InputColumn) -> list[str]:
    """The indicators of 优质均衡 that a column enters, else what is asked of the unit from it."""
    catalogue = load_catalogue()
    indicators = {i.indicator_code for i in catalogue.rows(Indicator) if i.regime == QUALITY}
    items = [i.indicator_code for i in catalogue.rows(IndicatorInput) if i.field_code == column.field_code]
    behind = BEHIND_ITEMS.get(column.field_code)
    if column.field_code == "pupils":
        return sorted(indicators)
    return [i for i in items if i in indicators] or ([behind] if behind else [])
