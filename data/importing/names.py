"""Schools by their names in tables that should hold their codes, and codes of issues that have none."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from data.importing.findings import Finding, Place
from data.importing.identity import name_key
from data.text import text

CODE_DIGITS = 8
TOLD_OF = "学校代码"
OF_SCHOOLS = ("visit", "issue")


def resolve_schools(
    rows: pd.DataFrame, place: Place, known: Mapping[str, Mapping[str, str]]
) -> tuple[pd.DataFrame, list[Finding]]:
    """The rows with codes where names stood; names and codes that nobody knows are findings.

    `known` holds the name of every school by its code, by unit; a unit without any is not checked.
    """
    findings: list[Finding] = []
    codes: list[object] = []
    by_name = {unit: _by_name(schools) for unit, schools in known.items()}
    for row, unit, code in zip(rows.index, rows["district_code"], rows["school_code"], strict=True):
        schools = known.get(str(unit), {})
        candidates = by_name.get(str(unit), {}).get(name_key(str(code)), set())
        if code is None or not schools or code in schools:
            codes.append(code)
        elif len(candidates) == 1:
            school_code = next(iter(candidates))
            codes.append(school_code)
            detail = text("reception.school", name=code, code=school_code)
            findings.append(
                place.finding("school_by_name", row=int(row), column=TOLD_OF, value=str(code), detail=detail)
            )
        else:
            codes.append(code)
            findings.append(place.finding("school_unknown", row=int(row), column=TOLD_OF, value=str(code)))
    return rows.assign(school_code=pd.Series(codes, index=rows.index, dtype="object")), findings


def complete_codes(rows: pd.DataFrame, place: Place) -> tuple[pd.DataFrame, list[Finding]]:
    """A ledger without codes gets ones that are the same whenever the same issue is handed in."""
    if "issue_code" in rows:
        return rows, []
    parts = rows.reindex(columns=["district_code", "school_code", "problem", "found_on"])
    codes = [
        f"{unit}-{hashlib.sha256('|'.join(map(str, rest)).encode()).hexdigest()[:CODE_DIGITS]}"
        for unit, *rest in parts.itertuples(index=False, name=None)
    ]
    return rows.assign(issue_code=pd.Series(codes, index=rows.index, dtype="object")), [place.finding("codes_made")]


def _by_name(schools: Mapping[str, str]) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in schools.items():
        codes[name_key(name)].add(code)
    return codes
