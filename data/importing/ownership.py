"""Whose a table and its rows are: a district hands in its own schools and items, nothing else."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from data.access import Permission
from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District, DistrictSuccession
from data.importing.differences import in_force
from data.importing.findings import Finding, Place
from data.importing.prepare import PreparedTable

WHOLE_CITY = "city"
"""Stands for the unit where a table of the city's is handed in for all units at once."""
CODES = {"school_return": ("school_code", "学校代码"), "issue": ("issue_code", "编号")}


def kinds_of(permissions: Collection[Permission], district_code: str) -> tuple[str, ...]:
    """The kinds that a person may hand in for a unit, or for the whole city, in their order."""
    submit_permissions = {Permission.RETURNS_SUBMIT_CITY} & set(permissions)
    if district_code != WHOLE_CITY:
        submit_permissions |= {Permission.RETURNS_SUBMIT} & set(permissions)
    return tuple(
        k.input_kind for k in load_catalogue().rows(InputKind) if Permission(k.permission) in submit_permissions
    )


def foreign_table(table: PreparedTable, place: Place, kinds: Collection[str]) -> list[Finding]:
    """The finding that a table of this kind is not handed in by this person for this unit."""
    if not kinds or table.input_kind in kinds:
        return []
    names = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    kind = names[table.input_kind]
    is_city = Permission(kind.permission) is Permission.RETURNS_SUBMIT_CITY
    allowed = "、".join(names[k].name for k in kinds)
    return [place.finding("kind_of_city" if is_city else "kind_of_unit", value=kind.name, detail=allowed)]


def own_rows(table: PreparedTable, district_code: str, kinds: Collection[str]) -> pd.DataFrame:
    """The rows that this person may hand in for this unit; none of a kind that is not his."""
    if kinds and table.input_kind not in kinds:
        return table.rows.iloc[:0]
    if district_code == WHOLE_CITY:
        return table.rows
    if "district_code" not in table.rows:
        return table.rows.iloc[:0]
    return table.rows[table.rows["district_code"] == district_code]


def foreign_rows(table: PreparedTable, place: Place, district_code: str, period: str) -> list[Finding]:
    """Rows of another unit or period than the return's: each of them, or one where all are of one other."""
    names = {d.district_code: d.name for d in load_catalogue().rows(District)}
    findings: list[Finding] = []
    for field, header, code, expected in (
        ("district_code", "区县代码", "wrong_district", district_code),
        ("period", "数据期", "wrong_period", period),
    ):
        if field not in table.rows or expected == WHOLE_CITY:
            continue
        values = table.rows[field]
        other = values[values != expected]
        is_whole = bool((values == values.iloc[0]).all())
        for row, value in (other.head(1) if is_whole else other).items():
            more, expected_name = names.get(str(value), ""), names.get(expected, "")
            placeholders = {"value": str(value), "detail": expected, "more": more, "own": expected_name}
            findings.append(place.finding(code, row=int(str(row)), column=header, **placeholders))
    return findings


def foreign_codes(folder: Path, table: PreparedTable, place: Place) -> list[Finding]:
    """Rows whose school or issue code stands for another unit, unless the one followed the other.

    The newest return of a school before or at the row's period says whose it is.
    """
    if table.input_kind not in CODES or "district_code" not in table.rows:
        return []
    field, header = CODES[table.input_kind]
    codes = [str(c) for c in table.rows[field]]
    known = in_force(folder, table.input_kind, codes=(field, codes))
    if known.empty:
        return []
    names = {d.district_code: d.name for d in load_catalogue().rows(District)}
    followed = {frozenset((s.predecessor_code, s.successor_code)) for s in load_catalogue().rows(DistrictSuccession)}
    findings: list[Finding] = []
    for row, code, district, period in _cells(table.rows, field):
        code_rows = known[known[field] == code]
        if "period" in code_rows:
            code_rows = code_rows[code_rows["period"] <= period].sort_values("period")
        owners = list(dict.fromkeys(reversed(code_rows["district_code"].tolist())))
        if not owners or owners[0] == district or frozenset((owners[0], district)) in followed:
            continue
        findings.append(
            place.finding(
                "foreign_code",
                row=row,
                column=header,
                value=code,
                detail=names.get(str(owners[0]), str(owners[0])),
                own=names.get(district, district),
            )
        )
    return findings


def _cells(rows: pd.DataFrame, field: str) -> list[tuple[int, str, str, str]]:
    periods = rows["period"] if "period" in rows else pd.Series("", index=rows.index)
    return [
        (int(str(n)), str(c), str(d), str(p))
        for n, c, d, p in zip(rows.index, rows[field], rows["district_code"], periods, strict=True)
    ]
