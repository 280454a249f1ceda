"""What a typed cell says as a number, a date, a period or a code: canonical text, or what is wrong with it."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from data.periods import parse_period
from data.reading.model import CellValue, ErrorValue, NoResult, Styled
from data.text import text

Reading = tuple[str | None, str | None, str]
"""Canonical text (None = nothing there), the code of a finding or None, and its detail."""
NOISE = Decimal("1e-9")
NOISE_DIGITS = 9
DIGITS_KEPT = 12
LARGEST_EXACT_CODE = 1e14
EARLIEST, LATEST = 1900, 2100
MOST_NOTE = 40
OCTOBER = 10
FULL_DATE, YEAR_MONTH = 8, 6
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d+|#{3,}", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?%?")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?|[+-]?\.\d+")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+?\d+")
_WITH_UNIT = re.compile(r"[+-]?[\d,.]+\s*([^\d\s.,()（）]{1,6})")
_NOTE = re.compile(r"[+-]?[\d,.]+.*[(（\[【、，,;；].*|[+-]?[\d,.]+\S{7,}")
_DATE = re.compile(r"(\d{1,5})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_SHORT_MONTH = re.compile(r"\d{4}\.1")
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f]+|_x000D_")


def clean(value: str) -> str:
    """Text without what Excel writes for line ends, its apostrophe and space around it, digits half-width."""
    cell_text = value.replace("_x000D_", "").strip("\ufeff\u200b\u200c\u200d\u2060 \t\r\n\u3000\xa0")
    if cell_text[:1] in ("'", "‘", "’", "＇") and len(cell_text) > 1:
        cell_text = cell_text[1:].strip()
    if cell_text.isascii():
        return cell_text
    return "".join(_half_width(c) for c in cell_text).strip("\u3000\xa0 ")


def _half_width(character: str) -> str:
    is_full = "！" <= character <= "～"
    if (is_full and character.isalnum()) or character == "．":
        return unicodedata.normalize("NFKC", character)
    return character


def squeezed(value: str) -> str:
    """Text in one width without any white space, for numbers, codes and dates."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", clean(value)))


@lru_cache(maxsize=4)
def words_of(key: str) -> frozenset[str]:
    """A list of words of the texts."""
    return frozenset(unicodedata.normalize("NFKC", w).lower() for w in text(f"reception.{key}").split("|"))


def shown(value: CellValue) -> str:
    """A cell as a person reads it."""
    if isinstance(value, Styled):
        return f"{plain_number(value.value * 100)}%" if value.is_percent else plain_number(value.value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return plain_number(value) if abs(value) < LARGEST_EXACT_CODE else str(int(Decimal(f"{value:.15g}")))
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None or isinstance(value, NoResult) else clean(value)


def plain_number(value: float) -> str:
    """A number without exponent and float noise."""
    return canonical(rounded(Decimal(repr(float(value)))))


def canonical(number: Decimal) -> str:
    """A number as it is stored: no exponent, no zeros at its ends."""
    numeral = format(number, "f")
    if "." in numeral:
        numeral = numeral.rstrip("0").rstrip(".")
    return "0" if numeral in ("-0", "") else numeral


def rounded(number: Decimal) -> Decimal:
    """A number without what binary fractions leave behind."""
    whole = number.to_integral_value()
    if abs(number - whole) <= NOISE:
        return whole
    return round(number, NOISE_DIGITS)


def number_of(value: CellValue, factor: Decimal = Decimal(1)) -> tuple[Decimal | None, str | None, str]:
    """A number, or what is wrong with it; a percent format counts, thousands are read, units are not."""
    if isinstance(value, Styled):
        number = Decimal(repr(value.value))
        return _scaled(_significant(number * 100) if value.is_percent else number, factor), None, ""
    if isinstance(value, (bool, date)):
        return None, "not_a_number", ""
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return (_scaled(number, factor), None, "") if number.is_finite() else (None, "not_a_number", "")
    if isinstance(value, ErrorValue):
        return None, "error_value", ""
    if not isinstance(value, str):
        return None, None, ""
    return _number_in(value, factor)


def _number_in(value: str, factor: Decimal) -> tuple[Decimal | None, str | None, str]:
    spaced = unicodedata.normalize("NFKC", clean(value)).strip()
    if _ERRORS.fullmatch(spaced):
        return None, "error_value", ""
    numeral = squeezed(value)
    if _THOUSANDS.fullmatch(spaced.replace("\xa0", " ")):
        numeral = numeral.replace(",", "")
    elif " " in spaced and not _THOUSANDS.fullmatch(spaced):
        return None, "not_a_number", ""
    if _NUMBER.fullmatch(numeral.removesuffix("%")):
        try:
            return _scaled(Decimal(numeral.removesuffix("%")), factor), None, ""
        except InvalidOperation:
            return None, "not_a_number", ""
    if _SCIENTIFIC.fullmatch(numeral):
        return None, "scientific_number", ""
    about = next((w for w in sorted(words_of("about_words"), key=len, reverse=True) if w in numeral), "")
    if about and any(c.isdigit() for c in numeral):
        return None, "about_in_number", about
    unit = _WITH_UNIT.fullmatch(numeral)
    if unit is not None:
        return None, "unit_in_number", unit[1]
    return None, "note_in_number" if _NOTE.fullmatch(numeral) else "not_a_number", ""


def _scaled(number: Decimal, factor: Decimal) -> Decimal:
    return rounded(number) if factor == 1 else round(_significant(number * factor), 4)


def _significant(number: Decimal) -> Decimal:
    return Decimal(f"{number:.{DIGITS_KEPT}g}")


def date_of(value: CellValue) -> Reading:
    """A day in ISO form, or what is wrong with it; a month alone is its first day."""
    if isinstance(value, date):
        return _in_range(value.year, value.month, value.day, "")
    if isinstance(value, ErrorValue):
        return value.code, "error_value", ""
    cell_text = squeezed(shown(value))
    if _ERRORS.fullmatch(cell_text):
        return cell_text, "error_value", ""
    if cell_text.isdigit() and len(cell_text) == FULL_DATE:
        return _in_range(int(cell_text[:4]), int(cell_text[4:6]), int(cell_text[6:]), "")
    if cell_text.isdigit() and len(cell_text) == YEAR_MONTH:
        return _in_range(int(cell_text[:4]), int(cell_text[4:]), 1, "day_assumed")
    match = _DATE.fullmatch(cell_text) or _DATE.fullmatch(clean(shown(value)))
    if match is None:
        return cell_text, "bad_date", ""
    if len(match[1]) < 4:  # noqa: PLR2004
        return cell_text, "two_digit_year", ""
    month = int(match[2])
    if match[3] is None and isinstance(value, Styled) and value.format == "0.00" and match[2] == "1":
        month = OCTOBER
    return _in_range(int(match[1]), month, int(match[3] or 1), "" if match[3] else "day_assumed")


def _in_range(year: int, month: int, day: int, hint: str) -> Reading:
    try:
        calendar_day = date(year, month, day)
    except ValueError:
        return f"{year}-{month}-{day}", "bad_date", ""
    if not EARLIEST <= year <= LATEST:
        return calendar_day.isoformat(), "year_outside", f"{EARLIEST}—{LATEST}"
    return calendar_day.isoformat(), hint or None, ""


def period_of(value: CellValue) -> Reading:
    """A period: a year, or a month of it in any of the forms that offices write."""
    if isinstance(value, date):
        return _period(value.year, value.month, shown(value))
    if isinstance(value, ErrorValue):
        return value.code, "error_value", ""
    cell_text = squeezed(shown(value))
    if isinstance(value, Styled) and value.format == "0.00":
        cell_text = f"{value.value:.2f}"
    plain = cell_text.removesuffix("年").removesuffix("年度").removesuffix("度")
    if plain.isdigit() and len(plain) == 4:  # noqa: PLR2004
        period = parse_period(plain)
        return (cell_text, "bad_period", "") if period is None else (period.code, None, "")
    if plain.isdigit() and len(plain) == YEAR_MONTH:
        return _period(int(plain[:4]), int(plain[4:]), cell_text)
    match = _DATE.fullmatch(cell_text)
    if match is None or len(match[1]) != 4:  # noqa: PLR2004
        return cell_text, "two_digit_year" if match is not None and len(match[1]) < 4 else "bad_period", ""  # noqa: PLR2004
    is_unsure = isinstance(value, float | str) and _SHORT_MONTH.fullmatch(cell_text) is not None
    reading = _period(int(match[1]), int(match[2]), cell_text)
    return (reading[0], "period_ambiguous", str(reading[0])) if is_unsure and reading[1] is None else reading


def _period(year: int, month: int, cell_text: str) -> Reading:
    period = parse_period(f"{year:04d}-{month:02d}")
    return (cell_text, "bad_period", "") if period is None else (period.code, None, "")


def code_of(value: CellValue) -> Reading:
    """A code as text, or what Excel did to it."""
    if isinstance(value, Styled) and set(value.format) == {"0"} and value.value.is_integer():
        return str(int(value.value)).zfill(len(value.format)), None, ""
    if isinstance(value, Styled):
        value = value.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= LARGEST_EXACT_CODE:
            return shown(value), "code_15_digits", ""
        return plain_number(value), None, ""
    if isinstance(value, ErrorValue):
        return value.code, "error_value", ""
    cell_text = _SPACES.sub("", clean(shown(value)))
    if _ERRORS.fullmatch(cell_text):
        return cell_text, "error_value", ""
    if _SCIENTIFIC.fullmatch(cell_text):
        return cell_text, "code_scientific", ""
    if unicodedata.normalize("NFKC", cell_text).lower() in words_of("code_placeholders"):
        return cell_text, "placeholder_code", ""
    return cell_text.removesuffix(".0") if cell_text.removesuffix(".0").isdigit() else cell_text, None, ""


def is_placeholder(value: CellValue) -> bool:
    """Whether a whole cell only says that nothing is there."""
    if not isinstance(value, str):
        return False
    cell_text = clean(value)
    return bool(cell_text) and unicodedata.normalize("NFKC", cell_text).lower() in words_of("placeholders")


def is_error(value: CellValue) -> bool:
    """Whether a cell holds an error of the spreadsheet, also as text."""
    return isinstance(value, ErrorValue) or (isinstance(value, str) and _ERRORS.fullmatch(value.strip()) is not None)
