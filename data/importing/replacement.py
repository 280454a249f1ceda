"""What a return would replace of what is in force, by name; and which kinds of a unit nobody sent."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import is_in_force, load_catalogue
from data.catalogue.tables import District, Item
from data.importing.differences import differences, in_force
from data.importing.findings import Finding, Place
from data.importing.prepare import PreparedReturn, PreparedTable
from data.importing.previous_return import returned_rows
from data.periods import parse_period
from data.text import text

SCHOOLS, ITEMS = "school_return", "district_item"
BESIDE = {SCHOOLS: ITEMS, ITEMS: SCHOOLS}
"""The kinds that belong together: a unit's verdict needs both."""
MOST_CELLS = 20


def replacements(folder: Path, prepared: PreparedReturn, *, is_agreed: bool | None = None) -> list[Finding]:
    """What in force would be replaced or vanish; `is_agreed` False makes that block, None only asks."""
    findings: list[Finding] = []
    schools = [t for t in prepared.tables if t.input_kind == SCHOOLS]
    others = [t for t in prepared.tables if t.input_kind != SCHOOLS]
    place = Place(prepared.names, "")
    for sentence, is_loss, is_change in [*_schools(folder, schools), *_merged(folder, others)]:
        if is_agreed is False and (is_loss or is_change):
            findings.append(place.finding("needs_replace", detail=sentence))
        else:
            findings.append(place.finding("replaces_losing" if is_loss else "replaces", detail=sentence))
    return findings


def kinds_not_sent(folder: Path, returns: Sequence[PreparedReturn]) -> list[Finding]:
    """For each unit and period, the kind and the items that neither this return nor what is in force holds."""
    tables = [t for prepared in returns for t in prepared.tables]
    names = {k.input_kind: k.name for k in load_catalogue().rows(InputKind)}
    files = "、".join(p.names for p in returns)
    findings: list[Finding] = []
    for kind, other in BESIDE.items():
        missing = _scopes(tables, kind) - _scopes(tables, other)
        if missing:
            fields = ["period", "district_code"]
            known = in_force(folder, other)
            if not known.empty:
                missing -= set(known[fields].itertuples(index=False, name=None))
        for period, unit in sorted(missing):
            said = f"{_unit_name(unit)}{period}"
            effect = text(f"reception.undecidable_{other}")
            findings.append(Place(files, "").finding("kind_not_sent", value=f"{said}{names[other]}", detail=effect))
    return findings + _items_not_sent(folder, tables, files)


def _items_not_sent(folder: Path, tables: Iterable[PreparedTable], files: str) -> list[Finding]:
    """For each unit and period of a table of items, those that neither this return nor what is in force holds."""
    there: dict[tuple[str, str], set[str]] = {}
    fields = ["period", "district_code", "item_code"]
    for table in tables:
        if table.input_kind == ITEMS:
            for period, unit, item in table.rows[fields].itertuples(index=False, name=None):
                there.setdefault((str(period), str(unit)), set()).add(str(item))
    known = in_force(folder, ITEMS) if there else pd.DataFrame(columns=pd.Index(fields))
    for period, unit, item in known[fields].itertuples(index=False, name=None):
        if (period, unit) in there:
            there[period, unit].add(item)
    findings: list[Finding] = []
    for (period, unit), items in sorted(there.items()):
        asked = parse_period(period)
        asked_for = [
            i.item_code
            for i in sorted(load_catalogue().rows(Item), key=lambda i: i.display_order)
            if asked is not None and is_in_force(i, asked.snapshot_date)
        ]
        missing = [code for code in dict.fromkeys(asked_for) if code not in items]
        if missing:
            missing_codes, said = "、".join(missing), f"{_unit_name(unit)}{period}"
            finding = Place(files, "").finding(
                "items_not_sent", value=missing_codes, detail=said, more=str(len(missing))
            )
            findings.append(finding)
    return findings


def _scopes(tables: Iterable[PreparedTable], kind: str) -> set[tuple[str, str]]:
    scopes: set[tuple[str, str]] = set()
    for table in tables:
        if table.input_kind == kind:
            pairs = table.rows[["period", "district_code"]].drop_duplicates().itertuples(index=False, name=None)
            scopes |= {(str(p), str(d)) for p, d in pairs}
    return scopes


def _schools(folder: Path, tables: list[PreparedTable]) -> list[tuple[str, bool, bool]]:
    if not tables:
        return []
    rows = pd.concat([t.rows for t in tables], ignore_index=True)
    sentences: list[tuple[str, bool, bool]] = []
    for (period, unit), unit_rows in rows.groupby(["period", "district_code"], sort=True):
        before = returned_rows(folder, str(period), str(unit))
        if before is None:
            continue
        now = dict(zip(unit_rows["school_code"], unit_rows["school_name"], strict=True))
        then = dict(zip(before["school_code"], before["school_name"], strict=True))
        gone = [_school(c, n) for c, n in then.items() if c not in now]
        new = [_school(c, n) for c, n in now.items() if c not in then]
        _, lines = differences(folder, [PreparedTable(SCHOOLS, "", unit_rows)], lambda table: table.rows)
        cells = [_cell(line) for line in lines if line["what"] == "changed"]
        if not gone and not new and not cells:
            continue
        sentence = text("reception.replaced", unit=_unit_name(str(unit)), period=period, now=len(now), then=len(then))
        if gone:
            sentence += text("reception.replaced_missing", names="、".join(gone), count=len(gone))
        if new:
            sentence += text("reception.replaced_new", names="、".join(new), count=len(new))
        if not gone and not new:
            sentence += text("reception.replaced_same")
        if cells:
            sentence += text("reception.replaced_changed", count=len(cells), cells=_first(cells))
        sentences.append((sentence, bool(gone), bool(cells)))
    return sentences


def _merged(folder: Path, tables: list[PreparedTable]) -> list[tuple[str, bool, bool]]:
    names = {k.input_kind: k.name for k in load_catalogue().rows(InputKind)}
    sentences: list[tuple[str, bool, bool]] = []
    _, lines = differences(folder, tables, lambda table: table.rows)
    for kind in dict.fromkeys(line["input_kind"] for line in lines if line["what"] == "changed"):
        cells = [_cell(line) for line in lines if line["what"] == "changed" and line["input_kind"] == kind]
        sentence = text("reception.merged", kind=names[kind], count=len(cells), cells=_first(cells))
        sentences.append((sentence, False, True))
    return sentences


def _cell(line: dict[str, str]) -> str:
    return text(
        "reception.changed_cell", subject=line["key"], header=line["column"], before=line["before"], after=line["after"]
    )


def _first(cells: list[str]) -> str:
    return "；".join(cells[:MOST_CELLS]) + (text("reception.and_more") if len(cells) > MOST_CELLS else "")


def _school(code: object, name: object) -> str:
    return text("reception.school", name=name, code=code)


def _unit_name(code: str) -> str:
    return next((d.name for d in load_catalogue().rows(District) if d.district_code == code), code)
