"""Check every cell of a recognised table by its column's type, a column at a time."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District, Indicator, Item, OperatorType, PlanPhase, PlanStatus, SchoolType
from data.clock import day_of, utc_now
from data.importing.cell_values import (
    Reading,
    canonical,
    clean,
    code_of,
    date_of,
    is_error,
    is_placeholder,
    number_of,
    period_of,
    shown,
    squeezed,
)
from data.importing.findings import Finding, Told
from data.importing.recognise import RecognisedTable
from data.periods import parse_period
from data.reading.model import CellValue, NoResult, is_filled
from data.text import text

NOT_APPLICABLE = "不适用"
BOOLEAN_WORDS = {
    "是": "true",
    "否": "false",
    "达标": "true",
    "未达标": "false",
    "不达标": "false",
    "合格": "true",
    "不合格": "false",
}
STAGE_WORDS = {"小学": "primary", "初中": "junior", "小学部": "primary", "初中部": "junior"}
LARGEST_INTEGER_DIGITS = 11
LARGEST_WAN_DIGITS = 7  # amounts in 万元 are multiplied by 10,000
MOST_DECIMALS, MOST_WAN_DECIMALS = 4, 6
LONGEST_CODE = 100
MOST_PEOPLE_DIGITS = 7
LONG_PAST = date(2000, 1, 1)
PAST = "past"
CODES = ("school_code", "issue_code")
NAMES = ("school_name", "school_code", "issue_code", "document_number")
CATALOGUE_TYPES = ("school_type", "phase", "plan_status")
UNIT_DIGITS, ZEROS = 6, "000000"
_ITEM = re.compile(r"([GQSVPL]\d{1,2})(?!\d).*", re.DOTALL)
_YEARS = re.compile(r"(\d{4})-(\d{4})")

Check = Callable[[CellValue], Reading]
_Key = tuple[str, CellValue]
"""1, 1.0 and True are equal, but not the same in a cell."""


@dataclass(frozen=True)
class _Settled:
    """What all checks of a table share."""

    today: date
    factors: dict[str, Decimal]


def check_cells(table: RecognisedTable, place: Told, today: date | None = None) -> tuple[pd.DataFrame, list[Finding]]:
    """Canonical text per cell (None = empty, `不适用` kept) and the findings.

    Each distinct value of a column is checked once, so a column costs its variety, not its length.
    What has happened is not later than `today`.
    """
    settled = _Settled(today or day_of(utc_now()), table.factors)
    findings: list[Finding] = []
    made: dict[str, pd.Series] = {}
    for name, column in table.columns.items():
        raw = table.cells[name]
        check = _check_for(column, settled, name)
        keys: list[_Key] = [(value.__class__.__name__, value) for value in raw]
        results = {key: _checked(key[1], column, check) for key in set(keys)}
        made[name] = pd.Series([results[key][0] for key in keys], index=raw.index, dtype="object")
        faulty = {key for key, result in results.items() if result[1] is not None}
        if faulty:
            for row, key in zip(raw.index, keys, strict=True):
                if key in faulty:
                    _, code, detail = results[key]
                    placeholders = {"value": shown(key[1]), "detail": detail}
                    findings.append(place.finding(code or "", row=int(str(row)), column=column.header, **placeholders))
    return pd.DataFrame(made, index=table.cells.index, dtype="object"), findings


def _checked(value: CellValue, column: InputColumn, check: Check) -> Reading:
    is_amount = column.value_type in ("integer", "decimal")
    missing = ("missing_value" if is_amount else "missing_text") if column.is_required else None
    if isinstance(value, NoResult):
        return None, "formula_no_result_required" if column.is_required else "formula_no_result", ""
    if not is_filled(value) or (isinstance(value, str) and not clean(value)):
        return None, missing, ""
    if isinstance(value, str) and clean(value) == NOT_APPLICABLE and not column.is_required:
        return NOT_APPLICABLE, None, ""
    if column.field_code not in CODES and is_placeholder(value) and not _is_free_text(column):
        return None, missing or "dash_as_missing", ""
    return check(value)


def _is_free_text(column: InputColumn) -> bool:
    return column.value_type == "text" and not column.is_required


def _check_for(column: InputColumn, settled: _Settled, name: str) -> Check:
    factor = settled.factors.get(name, Decimal(1))
    checks: dict[str, Check] = {
        "text": lambda value: _text(value, column),
        "integer": lambda value: _integer(value, column, factor),
        "decimal": lambda value: _decimal(value, column, factor),
        "period": lambda value: _begun(period_of(value), settled.today),
        "date": lambda value: _date(value, column, settled.today),
        "boolean": lambda value: _word(value, BOOLEAN_WORDS),
        "stage": lambda value: _word(value, STAGE_WORDS),
        "enum": lambda value: _word(value, {w: w for w in column.allowed.split("|")}),
        "district": _district,
        "item": _item,
        **{kind: lambda value, kind=kind: _word(value, catalogue_words(kind)) for kind in CATALOGUE_TYPES},
    }
    return checks[column.value_type]


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
    codes = catalogue_words(value_type) if value_type in CATALOGUE_TYPES else given.get(value_type)
    return next((word for word, known in (codes or {}).items() if known == code), code)


def district_words() -> dict[str, str]:
    """The code of a unit by everything that names it: code, full name, short name."""
    districts = load_catalogue().rows(District)
    by_name = {d.name: d.district_code for d in districts}
    return {
        **{d.short_name: d.district_code for d in districts},
        **by_name,
        **{d.district_code: d.district_code for d in districts},
    }


def _text(value: CellValue, column: InputColumn) -> Reading:
    if column.field_code in CODES:
        cell_text, code, detail = code_of(value)
        if code is None and len(cell_text or "") > LONGEST_CODE:
            return cell_text, "text_too_long", str(LONGEST_CODE)
        return cell_text, code, detail
    if is_error(value):
        return shown(value), "error_value", ""
    cell_text = shown(value)
    if column.field_code in NAMES:
        cell_text = "".join(cell_text.splitlines())
    return cell_text, None, ""


def _district(value: CellValue) -> Reading:
    cell_text, code, detail = code_of(value)
    if code is not None:
        return cell_text, code, detail
    key = squeezed(cell_text or "")
    if len(key) == UNIT_DIGITS + len(ZEROS) and key.endswith(ZEROS):
        key = key[:UNIT_DIGITS]
    known, behind_city = district_words(), key.partition(text("reception.city_end"))[2]
    district_code = known.get(key) or known.get(behind_city)
    return (cell_text, "unknown_district", "") if district_code is None else (district_code, None, "")


def _item(value: CellValue) -> Reading:
    if is_error(value):
        return shown(value), "error_value", ""
    item_code = squeezed(shown(value)).upper()
    catalogue = load_catalogue()
    known = {r.item_code for r in catalogue.rows(Item)} | {r.indicator_code for r in catalogue.rows(Indicator)}
    match = _ITEM.fullmatch(item_code)
    if item_code not in known and match is not None:
        item_code = match[1]
    return (item_code, None, "") if item_code in known else (item_code, "unknown_item", "")


def _word(value: CellValue, codes: dict[str, str]) -> Reading:
    if is_error(value):
        return shown(value), "error_value", ""
    typed = shown(value)
    if typed in codes:
        return codes[typed], None, ""
    alike = {_plain(word): code for word, code in codes.items()}
    if _plain(typed) in alike:
        return alike[_plain(typed)], None, ""
    return typed, "not_allowed", "、".join(codes)


def _plain(term: str) -> str:
    return squeezed(unicodedata.normalize("NFKC", term))


def _decimal(value: CellValue, column: InputColumn, factor: Decimal) -> Reading:
    number, code, detail = number_of(value, factor)
    if number is None:
        return shown(value) or None, code, detail
    is_wan = column.unit == "万元"
    numeral, code = _within(number, LARGEST_WAN_DIGITS if is_wan else LARGEST_INTEGER_DIGITS)
    most = MOST_WAN_DECIMALS if is_wan else MOST_DECIMALS
    if code is None and len(numeral.partition(".")[2]) > most:
        if isinstance(value, str) and not is_wan:
            return numeral, "too_many_decimals", ""
        numeral = canonical(round(number, most))
        return numeral, "decimals_rounded", numeral
    return numeral, code, ""


def _within(number: Decimal, most_digits: int) -> tuple[str, str | None]:
    numeral = canonical(number)
    if number < 0:
        return numeral, "negative_number"
    return numeral, "number_too_large" if len(numeral.partition(".")[0].lstrip("0")) > most_digits else None


def _integer(value: CellValue, column: InputColumn, factor: Decimal) -> Reading:
    number, code, detail = number_of(value, factor)
    if number is None:
        return shown(value) or None, code, detail
    numeral, code = _within(number, LARGEST_INTEGER_DIGITS)
    if code is None and "." in numeral:
        return numeral, "not_an_integer", ""
    if code is None and column.field_code == "operator_type":
        known = {str(r.operator_type): str(r.operator_type) for r in load_catalogue().rows(OperatorType)}
        return _word(numeral, known)
    years = _YEARS.fullmatch(column.allowed)
    if code is None and years is not None and not int(years[1]) <= number <= int(years[2]):
        return numeral, "year_outside", f"{years[1]}—{years[2]}"
    if code is None and column.stage and len(numeral) > MOST_PEOPLE_DIGITS:
        return numeral, "number_too_large", ""
    return numeral, code, ""


def _begun(reading: Reading, today: date) -> Reading:
    """A period that has begun, or the finding that nothing can be known of it yet."""
    period, code, _ = reading
    if code in (None, "period_ambiguous") and period is not None and has_not_begun(period, today):
        return period, "period_in_future", today.isoformat()
    return reading


def has_not_begun(period: str, today: date) -> bool:
    """Whether the month that a period stands for is still to come."""
    known = parse_period(period)
    return known is not None and known.snapshot_date.replace(day=1) > today


def _date(value: CellValue, column: InputColumn, today: date) -> Reading:
    cell_text, code, detail = date_of(value)
    if column.allowed != PAST or (code is not None and code != "day_assumed"):
        return cell_text, code, detail
    day = date.fromisoformat(cell_text or "")
    if day > today:
        return cell_text, "date_in_future", today.isoformat()
    return (cell_text, "date_long_past", LONG_PAST.isoformat()) if day < LONG_PAST else (cell_text, code, detail)
