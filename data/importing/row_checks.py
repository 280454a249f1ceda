"""Checks between cells of a row and between rows of a table."""

from collections.abc import Collection, Mapping
from decimal import Decimal

import pandas as pd

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import is_in_force, load_catalogue
from data.catalogue.tables import District, Item, SchoolType, ScopeRule
from data.importing.cell_values import is_placeholder, squeezed, words_of
from data.importing.findings import Finding, Told
from data.periods import parse_period
from data.text import text

STAGES = ("primary", "junior", "senior")
SHORTEST_DENIAL = 3
ORDERED_DATES = (("due_on", "found_on"), ("reviewed_on", "found_on"), ("closed_on", "found_on"))
TEACHER_PARTS = (
    "above_required_degree_teachers",
    "backbone_teachers",
    "pe_arts_teachers",
    "intermediate_title_teachers",
    "certified_teachers",
    "training_complete_teachers",
)


def check_rows(
    kind: str, columns: Mapping[str, InputColumn], rows: pd.DataFrame, place: Told, faulty: Collection[int] = ()
) -> list[Finding]:
    """Findings between the cells of each row; `faulty` rows already have a blocking cell and are not judged."""
    rows = rows[~rows.index.isin(faulty)]
    findings: list[Finding] = []
    if {"period", "district_code"} <= set(rows.columns):
        findings += _district_validity(rows, place)
    if kind == "school_return":
        findings += _pupils(rows, place)
        findings += _areas(rows, place)
        findings += _teachers(columns, rows, place)
    if kind == "district_item":
        findings += _items(rows, place)
        if "is_met" in rows.columns:
            findings += _vetoes(rows, place)
    if kind == "issue":
        findings += _dates(columns, rows, place)
    return findings


def _district_validity(rows: pd.DataFrame, place: Told) -> list[Finding]:
    districts = {d.district_code: d for d in load_catalogue().rows(District)}
    findings: list[Finding] = []
    for (period_code, district_code), group in rows.groupby(["period", "district_code"]):
        period, district = parse_period(str(period_code)), districts.get(str(district_code))
        if period is None or district is None or is_in_force(district, period.snapshot_date):
            continue
        findings += [
            place.finding(
                "district_not_valid",
                row=int(row),
                column="区县代码",
                value=district.district_code,
                detail=district.name,
            )
            for row in group.index
        ]
    return findings


def _numbers(rows: pd.DataFrame, name: str) -> dict[int, Decimal | None]:
    """A column as exact numbers by row; None where the column or the cell is missing."""
    if name not in rows.columns:
        return dict.fromkeys((int(row) for row in rows.index), None)
    return {
        int(row): Decimal(text) if text is not None and text[:1].isdigit() else None
        for row, text in zip(rows.index, rows[name], strict=True)
    }


def _pupils(rows: pd.DataFrame, place: Told) -> list[Finding]:
    findings: list[Finding] = []
    types = {t.school_type: t for t in load_catalogue().rows(SchoolType)}
    headers = {s: f"{n}在校生数" for s, n in zip(STAGES, ("小学", "初中", "高中"), strict=True)}
    pupils = {stage: _numbers(rows, f"pupils__{stage}") for stage in STAGES}
    excluded = {r.school_type for r in load_catalogue().rows(ScopeRule) if r.minimum_pupils is None}
    for row, code in zip((int(r) for r in rows.index), rows["school_type"], strict=True):
        kind = types[str(code)]
        presence = (kind.primary_section, kind.junior_section, kind.senior_section)
        is_complete, total = True, Decimal(0)
        for stage, present in zip(STAGES, presence, strict=True):
            amount = pupils[stage][row]
            total += amount or Decimal(0)
            required = code not in excluded and (
                present == "always" or (present == "with_pupils" and "always" not in presence)
            )
            if required and amount is None:
                is_complete = False
                findings.append(place.finding("missing_value", row=row, column=headers[stage]))
            if present == "never" and amount:
                findings.append(
                    place.finding("pupils_for_absent_stage", row=row, column=headers[stage], value=kind.name)
                )
        if total == 0 and is_complete:
            findings.append(place.finding("no_pupils", row=row, column="在校生数"))
    return findings


def _areas(rows: pd.DataFrame, place: Told) -> list[Finding]:
    total, indoor = _numbers(rows, "teaching_aux_area_m2"), _numbers(rows, "indoor_sports_area_m2")
    return [
        place.finding("indoor_exceeds_total", row=row, column="室内体育用房面积", value=str(part))
        for row, part in indoor.items()
        if part is not None and (whole := total[row]) is not None and part > whole
    ]


def _teachers(columns: Mapping[str, InputColumn], rows: pd.DataFrame, place: Told) -> list[Finding]:
    findings: list[Finding] = []
    for stage in STAGES:
        whole = _numbers(rows, f"full_time_teachers__{stage}")
        for part in TEACHER_PARTS:
            name = f"{part}__{stage}"
            if name not in rows.columns:
                continue
            findings += [
                place.finding(
                    "part_exceeds_whole", row=row, column=columns[name].header, value=str(amount), detail=str(total)
                )
                for row, amount in _numbers(rows, name).items()
                if amount is not None and (total := whole[row]) is not None and amount > total
            ]
    return findings


def _items(rows: pd.DataFrame, place: Told) -> list[Finding]:
    amounts = _numbers(rows, "amount")
    period_codes = rows["period"] if "period" in rows.columns else [""] * len(rows)
    findings: list[Finding] = []
    reported_words = rows["is_met"] if "is_met" in rows.columns else [None] * len(rows)
    numbers = (int(r) for r in rows.index)
    for number, code, period, reported in zip(numbers, rows["item_code"], period_codes, reported_words, strict=True):
        item, amount = _item_of(str(code), str(period)), amounts[number]
        if item is None:
            findings.append(place.finding("unknown_item", row=number, column="项目", value=str(code)))
        elif item.rule_kind == "judgement" and reported is None:
            findings.append(place.finding("judgement_required", row=number, column="是否达标", value=str(code)))
        elif item.rule_kind == "minimum" and amount is None:
            detail = text("reception.undecidable_item" if reported is None else "reception.as_reported")
            findings.append(place.finding("amount_required", row=number, column="数值", value=str(code), detail=detail))
        elif item.threshold is not None and amount is not None and reported is not None:
            computed = "true" if amount >= item.threshold else "false"
            if computed != reported:
                findings.append(
                    place.finding(
                        "verdict_differs",
                        row=number,
                        column="是否达标",
                        value=str(code),
                        detail="是" if computed == "true" else "否",
                    )
                )
    return findings


def _item_of(code: str, period_code: str) -> Item | None:
    """The item as it is judged in a period, or last where that is none; None where there is no such item."""
    rows = sorted((i for i in load_catalogue().rows(Item) if i.item_code == code), key=lambda i: i.valid_from)
    period = parse_period(period_code)
    dated = [i for i in rows if period is not None and is_in_force(i, period.snapshot_date)]
    return next(iter((*dated, *reversed(rows))), None)


def _vetoes(rows: pd.DataFrame, place: Told) -> list[Finding]:
    """A 否 on V1–V7 says that it happened: it needs a note, and one that does not say the contrary."""
    vetoes = {i.item_code for i in load_catalogue().rows(Item) if i.dimension == "veto"}
    notes = rows["note"] if "note" in rows.columns else pd.Series(None, index=rows.index, dtype="object")
    findings: list[Finding] = []
    for row, code, is_met, note in zip(rows.index, rows["item_code"], rows["is_met"], notes, strict=True):
        if code not in vetoes or is_met != "false":
            continue
        said = "" if is_placeholder(note) else str(note or "")
        denied = squeezed(said).lower().rstrip("。.!！;；")
        for phrase in text("reception.before_denial").split("|"):
            denied = denied.removeprefix(phrase).lstrip(",，:：")
        if not said:
            finding = "veto_needs_note"
        elif denied in words_of("not_happened") or any(denied.startswith(w) for w in _denials()):
            finding = "veto_contradiction"
        else:
            finding = "veto_confirm"
        findings.append(place.finding(finding, row=int(row), column="是否达标", value=str(code), detail=said))
    return findings


def _denials() -> list[str]:
    """Beginnings that deny whatever follows."""
    return [w for w in words_of("not_happened") if len(w) >= SHORTEST_DENIAL]


def _dates(columns: Mapping[str, InputColumn], rows: pd.DataFrame, place: Told) -> list[Finding]:
    """What ends before it began."""
    findings: list[Finding] = []
    for later, earlier in ORDERED_DATES:
        if later not in rows.columns or earlier not in rows.columns:
            continue
        for row, end, begin in zip(rows.index, rows[later], rows[earlier], strict=True):
            if end is not None and begin is not None and str(end) < str(begin) and str(end)[:1].isdigit():
                detail = f"“{columns[earlier].header}”（{begin}）"
                findings.append(
                    place.finding(
                        "date_order", row=int(row), column=columns[later].header, value=str(end), detail=detail
                    )
                )
    return findings
