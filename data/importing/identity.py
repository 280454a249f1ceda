"""Is a school the one that it says it is: names and codes within the return and against the last one."""

import itertools
from collections import defaultdict

import pandas as pd

from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District
from data.importing.findings import Finding, Told
from data.importing.headers import plain_words
from data.text import text

WHOLE_SCHOOL = ("teaching_aux_area_m2", "sports_ground_area_m2", "equipment_value_wan")
FEWEST_IN_SERIES = 4
DERIVED = "is_back_derived"


def name_key(name: str) -> str:
    """A school's name without white space, in one width, whatever brackets it is written with."""
    return plain_words(name).translate(str.maketrans("[]{}【】〔〕「」·", "()()()()()-"))


def check_identity(rows: pd.DataFrame, told: Told, earlier: pd.DataFrame | None) -> list[Finding]:
    """Findings about who is who, for the rows of 学校基础数据表."""
    findings = _same_names(rows, told) + _areas_repeated(rows, told)
    return findings if earlier is None else findings + _against_last(rows, told, earlier)


def _same_names(rows: pd.DataFrame, told: Told) -> list[Finding]:
    findings: list[Finding] = []
    first: dict[tuple[str, str, str], int] = {}
    for row, period, unit, name, code in _named(rows):
        key = (period, unit, name_key(name))
        other = first.setdefault(key, row)
        if other != row and rows.loc[other, "school_code"] != code:
            where = told.where(other, row, "学校名称")
            is_form = [DERIVED in rows and rows.loc[n, DERIVED] == "true" for n in (row, other)]
            if all(is_form):
                continue
            finding = "form_beside_table" if any(is_form) else "same_name"
            findings.append(told.finding(finding, row=row, column="学校名称", value=name, detail=where))
    return findings


def _areas_repeated(rows: pd.DataFrame, told: Told) -> list[Finding]:
    """Rows of different schools whose school-wide amounts are the same to the last digit."""
    if any(c not in rows for c in WHOLE_SCHOOL):
        return []
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, *amounts in rows[list(WHOLE_SCHOOL)].itertuples(name=None):
        if all(isinstance(a, str) and a not in ("0", "") and a[:1].isdigit() for a in amounts):
            groups[tuple(str(a) for a in amounts)].append(int(row))
    others = [c for c in rows.columns if c.startswith(("pupils__", "classes__", "full_time_teachers__"))]
    people = dict(zip(rows.index, rows[others].fillna("").itertuples(index=False, name=None), strict=True))
    codes, names = rows["school_code"].astype(str).to_dict(), rows["school_name"].astype(str).to_dict()
    findings: list[Finding] = []
    for members in groups.values():
        first = members[0]
        for row in members[1:]:
            if codes[row] != codes[first] and people[row] != people[first]:
                name, other = names[row], names[first]
                detail = f"“{other}”（{told.where(first, row)}）"
                findings.append(
                    told.finding("areas_repeated", row=row, column="教学及辅助用房面积", value=name, detail=detail)
                )
    return findings


def _against_last(rows: pd.DataFrame, told: Told, earlier: pd.DataFrame) -> list[Finding]:
    by_code = dict(zip(earlier["school_code"], earlier["school_name"], strict=True))
    by_name: dict[str, set[str]] = defaultdict(set)
    for code, name in by_code.items():
        by_name[name_key(str(name))].add(str(code))
    findings: list[Finding] = []
    for row, _, _, name, code in _named(rows):
        before = by_code.get(code)
        if before is not None and name_key(str(before)) != name_key(name):
            findings.append(told.finding("code_renamed", row=row, column="学校名称", value=code, detail=str(before)))
        known = by_name.get(name_key(name), set())
        if before is None and len(known) == 1:
            detail = next(iter(known))
            findings.append(told.finding("name_recoded", row=row, column="学校代码", value=name, detail=detail))
    return findings


def _named(rows: pd.DataFrame) -> list[tuple[int, str, str, str, str]]:
    fields = ("period", "district_code", "school_name", "school_code")
    return [
        (int(row), str(p), str(d), str(n), str(c))
        for row, (p, d, n, c) in zip(rows.index, rows[list(fields)].itertuples(index=False, name=None), strict=True)
        if n is not None and c is not None
    ]


def unit_filled_down(codes: list[str], names: list[str], chosen: str) -> tuple[str, str]:
    """The unit of rows whose unit code rises by one from row to row, and in words why it is that one.

    It is the unit that was chosen, else the one whose name all schools bear; empty where it is no
    such series, or where nothing says whose the rows are.
    """
    if len(codes) < FEWEST_IN_SERIES or not all(c.isdigit() for c in codes):
        return "", ""
    if any(int(b) - int(a) != 1 for a, b in itertools.pairwise(codes)):
        return "", ""
    units = {d.district_code: d for d in load_catalogue().rows(District)}
    plain = [plain_words(n) for n in names]
    by_name = [c for c in codes if c in units and all(n.startswith(units[c].short_name) for n in plain)]
    if chosen in codes and chosen in units:
        return chosen, text("reception.unit_by_choice", unit=units[chosen].name, code=chosen)
    if not by_name:
        return "", ""
    known = units[by_name[0]]
    unit_labels = {"name": known.short_name, "unit": known.name, "code": known.district_code}
    return known.district_code, text("reception.unit_by_names", count=len(names), **unit_labels)
