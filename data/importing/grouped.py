"""One cause, one finding: what is wrong with many cells alike is said once, with the list of cells."""

from collections.abc import Iterable
from dataclasses import replace

from data.importing.findings import Finding
from data.text import text

MOST_NAMED = 30
SEVERITIES = ("error", "query", "hint")
ACROSS_COLUMNS = ("dash_as_missing", "decimals_rounded", "duplicate_column")
"""Causes that are one however many columns they touch."""


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order in which they are told: what is lost first, then by severity and cell."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        column = "" if finding.finding_code in ACROSS_COLUMNS else finding.column
        is_cell = finding.row is not None
        own = () if is_cell else (finding.message,)
        key = (finding.finding_code, finding.file_name, finding.sheet, column, *own)
        groups.setdefault(key, []).append(finding)
    return in_order(map(_one, groups.values()))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What is lost first, then by severity, whole tables before cells."""
    return sorted(
        findings, key=lambda f: (f.rank > 0, SEVERITIES.index(f.severity), f.rank, f.file_name, f.sheet, f.row or 0)
    )


def _one(group: list[Finding]) -> Finding:
    first = group[0]
    if len(group) == 1:
        return first
    cells = [cell for f in group for cell in (f.cells or (text("reception.row", row=f.row or ""),))]
    named = "、".join(cells[:MOST_NAMED]) + (text("reception.and_more") if len(cells) > MOST_NAMED else "")
    columns = list(dict.fromkeys(f.column for f in group))
    values = list(dict.fromkeys(f.value for f in group if f.value))
    return replace(
        first,
        column=first.column if len(columns) == 1 else "",
        value="、".join(values[:MOST_NAMED]),
        message=first.message + text("reception.cells", count=len(group), cells=named),
        cells=tuple(cells),
    )
