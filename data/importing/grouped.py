"""One cause, one finding: what is wrong with many cells alike is said once, with the list of cells."""

from collections.abc import Iterable
from dataclasses import replace

from data.importing.findings import Finding
from data.text import text

MOST_NAMED = 30
SEVERITIES = ("error", "query", "hint")
ACROSS_COLUMNS = ("dash_as_missing", "decimals_rounded", "duplicate_column")
"""Causes that are one however many columns they touch."""
OF_HEADERS = ("unknown_column", "missing_column")
"""Causes that stand in a header's row and are one for all sheets with the same header."""
OF_SHEETS = ("rows_left_out",)
"""Causes that are told beside the sheet that they are about."""


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order in which they are told: what is lost first, then by severity and cell."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_key(finding), []).append(finding)
    return in_order(map(_one, groups.values()))


def _key(finding: Finding) -> tuple[str, ...]:
    """What findings of one cause share: cells of a column of one sheet, or the same words about several sheets."""
    column = "" if finding.finding_code in ACROSS_COLUMNS else finding.column
    place = (finding.file_name, finding.sheet)
    if finding.finding_code in OF_SHEETS:
        return (finding.finding_code, column, finding.message, *place)
    if finding.row is None or finding.finding_code in OF_HEADERS:
        return (finding.finding_code, column, finding.message)
    return (finding.finding_code, column, *place)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What is lost first, then by severity, whole tables before cells."""
    return sorted(
        findings, key=lambda f: (f.rank > 0, SEVERITIES.index(f.severity), f.rank, f.file_name, f.sheet, f.row or 0)
    )


def _one(group: list[Finding]) -> Finding:
    first = group[0]
    if len(group) == 1:
        return first
    if first.row is None or first.finding_code in OF_HEADERS:
        files = "、".join(dict.fromkeys(f.file_name for f in group))
        return replace(first, file_name=files, sheet=_named(dict.fromkeys(f.sheet for f in group)))
    cells = [cell for f in group for cell in (f.cells or (text("reception.row", row=f.row or ""),))]
    named = _named(cells)
    columns = list(dict.fromkeys(f.column for f in group))
    values = list(dict.fromkeys(f.value for f in group if f.value))
    return replace(
        first,
        column=first.column if len(columns) == 1 else "",
        value="、".join(values[:MOST_NAMED]),
        message=first.message + text("reception.cells", count=len(group), cells=named),
        cells=tuple(cells),
    )


def _named(places: Iterable[str]) -> str:
    """The first of many cells or sheets."""
    named = list(places)
    return "、".join(named[:MOST_NAMED]) + (text("reception.and_more") if len(named) > MOST_NAMED else "")
