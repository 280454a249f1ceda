"""Check every cell of a recognised table by its column's type, a column at a time."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District, Indicator, Item, OperatorType, PlanPhase, PlanStatus, SchoolType
from data.importing.findings import Finding, Place
from data.importing.recognise import RecognisedTable
from data.periods import parse_period

NOT_APPLICABLE = "不适用"
BOOLEAN_WORDS = {"是": "true", "否": "false", "达标": "true", "未达标": "false"}
STAGE_WORDS = {"小学": "primary", "初中": "junior", "小学部": "primary", "初中部": "junior"}
LARGEST_INTEGER_DIGITS = 11
LARGEST_WAN_DIGITS = 7  # amounts in 万元 are multiplied by 10,000
MOST_DECIMALS = 4
LONGEST_CODE = 100

Check = Callable[[str], tuple[str, str | None, str]]


def check_cells(table: RecognisedTable, place: Place) -> tuple[pd.DataFrame, list[Finding]]:
    """Canonical text per cell (None = empty, `不适用` kept) and the findings.

    Each distinct value of a column is checked once, so a column costs its variety, not its length.
    """
    findings: list[Finding] = []
    canonical: dict[str, pd.Series] = {}
    for name, column in table.columns.items():
        raw = table.cells[name]
        check = _check_for(column)
        results = {text: _checked(text, column, check) for text in set(raw)}
        canonical[name] = pd.Series([results[text][0] for text in raw], index=raw.index, dtype="object")
        faulty = {text for text, result in results.items() if result[1] is not None}
        if faulty:
            for row, text in raw[raw.isin(faulty)].items():
                _, code, detail = results[text]
                findings.append(
                    place.finding(code or "", row=int(str(row)), column=column.header, value=text, detail=detail)
                )
    return pd.DataFrame(canonical, index=table.cells.index, dtype="object"), findings


def _checked(text: str, column: InputColumn, check: Check) -> tuple[str | None, str | None, str]:
    if text == "":
        missing = "missing_value" if column.value_type in ("integer", "decimal") else "missing_text"
        return None, missing if column.is_required else None, ""
    if text == NOT_APPLICABLE and not column.is_required:
        return NOT_APPLICABLE, None, ""
    return check(text)


def _check_for(column: InputColumn) -> Check:
    checks: dict[str, Check] = {
        "text": lambda text: _text(text, column),
        "integer": lambda text: _integer(text, column),
        "decimal": lambda text: _number(text, _most_digits(column)),
        "period": _period,
        "date": _date,
        "boolean": lambda text: _word(text, BOOLEAN_WORDS),
        "stage": lambda text: _word(text, STAGE_WORDS),
        "enum": lambda text: _word(text, {w: w for w in column.allowed.split("|")}),
        "district": lambda text: _word_or(text, _district_words(), "unknown_district"),
        "item": lambda text: _word_or(text.upper(), _item_words(), "unknown_item"),
        **{kind: lambda text, kind=kind: _word(text, catalogue_words(kind)) for kind in CATALOGUE_TYPES},
    }
    return checks[column.value_type]


CATALOGUE_TYPES = ("school_type", "phase", "plan_status")


def catalogue_words(value_type: str) -> dict[str, str]:
    """The code by the word that is filled in, for a value type whose words are catalogue rows."""
    catalogue = load_catalogue()
    if value_type == "school_type":
        return {r.name: r.school_type for r in catalogue.rows(SchoolType)}
    if value_type == "phase":
        return {r.name: r.phase_code for r in catalogue.rows(PlanPhase)}
    return {r.name: r.status_code for r in catalogue.rows(PlanStatus)}


def word_of(value_type: str, code: str) -> str:
    """A recorded value as it is filled in: 九年一贯制学校 for `nine_year`; others as they are."""
    given: dict[str, dict[str, str]] = {
        "boolean": {"是": "true", "否": "false"},
        "stage": {"小学": "primary", "初中": "junior"},
    }
    words = catalogue_words(value_type) if value_type in CATALOGUE_TYPES else given.get(value_type)
    return next((word for word, known in (words or {}).items() if known == code), code)


def _text(text: str, column: InputColumn) -> tuple[str, str | None, str]:
    is_too_long = column.field_code.endswith("_code") and len(text) > LONGEST_CODE
    return (text, "text_too_long", str(LONGEST_CODE)) if is_too_long else (text, None, "")


def _district_words() -> dict[str, str]:
    return {r.district_code: r.district_code for r in load_catalogue().rows(District)}


def _item_words() -> dict[str, str]:
    catalogue = load_catalogue()
    codes = [r.item_code for r in catalogue.rows(Item)]
    return {c: c for c in [*codes, *(r.indicator_code for r in catalogue.rows(Indicator))]}


def _word(text: str, words: dict[str, str]) -> tuple[str, str | None, str]:
    return _word_or(text, words, "not_allowed")


def _word_or(text: str, words: dict[str, str], code: str) -> tuple[str, str | None, str]:
    if text in words:
        return words[text], None, ""
    return text, code, "、".join(words) if code == "not_allowed" else ""


def _most_digits(column: InputColumn) -> int:
    return LARGEST_WAN_DIGITS if column.unit == "万元" else LARGEST_INTEGER_DIGITS


def _number(text: str, most_digits: int = LARGEST_INTEGER_DIGITS) -> tuple[str, str | None, str]:
    body = text.removeprefix("-").removeprefix("+")
    whole, _, decimals = body.partition(".")
    if not (body.isascii() and whole.isdigit() and (decimals.isdigit() or "." not in body)):
        return text, "not_a_number", ""
    if text.startswith("-") and body.strip("0."):
        return text, "negative_number", ""
    if len(whole.lstrip("0")) > most_digits:
        return text, "number_too_large", ""
    decimals = decimals.rstrip("0")
    if len(decimals) > MOST_DECIMALS:
        return text, "too_many_decimals", ""
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else ""), None, ""


def _integer(text: str, column: InputColumn) -> tuple[str, str | None, str]:
    value, code, detail = _number(text)
    if code is None and "." in value:
        return text, "not_an_integer", ""
    if code is None and column.field_code == "operator_type":
        known = {str(r.operator_type): str(r.operator_type) for r in load_catalogue().rows(OperatorType)}
        return _word(value, known)
    if code is None and column.stage and len(value) > 7:  # noqa: PLR2004
        return text, "number_too_large", ""
    return value, code, detail


def _period(text: str) -> tuple[str, str | None, str]:
    period = parse_period(text)
    return (text, "bad_period", "") if period is None else (period.code, None, "")


def _date(text: str) -> tuple[str, str | None, str]:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-")).isoformat(), None, ""
    except ValueError:
        pass
    parts = text.replace("/", "-").replace(".", "-").split("-")
    try:
        year, month, day = (int(p) for p in parts)
        return date(year, month, day).isoformat(), None, ""
    except ValueError:
        return text, "bad_date", ""
