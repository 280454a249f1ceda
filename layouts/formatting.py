"""The only rounding, unit and "—" rules for display; verdicts never come from here.

Values are rounded once, half up, from the stored number. CV 3 decimals, values 2, shares 1.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from data import clock

NONE = "—"
TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
MINUS = "−"
ARITHMETIC_NOISE = 5e-13  # the rules compare CVs at 12 decimals
MOST_DECIMALS = 12
SMALLEST_Q = 0.001


@lru_cache(maxsize=8192)  # 250 bytes each
def rounded(value: float | Decimal, decimals: int) -> str:
    """Half-up rounding of the shortest decimal that stands for the number."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    text = format(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), ",f")
    return text.replace("-", MINUS)


def cv(value: float | None, limit: float | None = None) -> str:
    """A CV with 3 decimals; one more, and more, where that would print the limit itself."""
    if value is None:
        return NONE
    for decimals in range(3, 12):
        text = rounded(value, decimals)
        if limit is None or float(text) != limit or abs(value - limit) < ARITHMETIC_NOISE:
            return text
    return rounded(value, 12)


def cv_change(change: float) -> str:
    """The size of a change of a CV."""
    return rounded(abs(change), 3)


def count(value: float) -> str:
    """A whole number with thousands separators."""
    return rounded(value, 0)


def amount(value: float, unit: str) -> str:
    """A gap in natural units: 万 from ten thousand, money in 万元 or 亿元."""
    if unit == "元":
        if value >= HUNDRED_MILLION:
            return f"{rounded(value / HUNDRED_MILLION, 2)}亿元"
        return f"{rounded(value / TEN_THOUSAND, 1)}万元"
    if value >= TEN_THOUSAND:
        return f"{rounded(value / TEN_THOUSAND, 1)}万{unit}"
    if unit == "㎡" and value < 1:
        return f"{rounded(value, 2)}{unit}"
    return f"{count(value)}{unit}"


def money(yuan: float) -> str:
    """A sum of money as documents write it: 100万元, 1.05亿元."""
    return amount(yuan, "元").replace(".0万", "万")


def month(day: date) -> str:
    """2026年9月."""
    return f"{day.year}年{day.month}月"


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def share(value: float) -> str:
    """A share of one as a percentage with 1 decimal."""
    return f"{rounded(value * 100, 1)}%"


def day(value: date) -> str:
    """2017年4月19日."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """A stored instant as Beijing time to the minute."""
    return clock.moment(value)


def value(number: float | Decimal | None, line: float | Decimal | None = None) -> str:
    """A school or district value with 2 decimals, more where that would print the line itself."""
    if number is None:
        return NONE
    for decimals in range(2, 9):
        words = rounded(number, decimals)
        if line is None or Decimal(words.replace(",", "")) != Decimal(str(line)):
            return words
        if abs(float(number) - float(line)) < ARITHMETIC_NOISE * max(1.0, abs(float(line))):
            return rounded(number, 2)
    return rounded(number, 9)


def gap(number: float, unit: str) -> str:
    """A gap of one section: whole people and rooms, areas and money with what decides."""
    if unit in ("㎡", "元") and number < TEN_THOUSAND:
        return f"{rounded(number, 2 if number < 1 else 0)}{unit}"
    return amount(number, unit)


def smallest(number: float | Decimal, decimals: int) -> str:
    """At least this many decimals, more until a number that is not zero does not print as zero."""
    while decimals < MOST_DECIMALS and number and not rounded(number, decimals).strip(f"{MINUS}0."):
        decimals += 1
    return rounded(number, decimals)


def q_value(value: float) -> str:
    """A false discovery rate with 3 decimals; below that, only that it is smaller."""
    return rounded(value, 3) if value >= SMALLEST_Q else f"<{SMALLEST_Q}"


def plain(number: float | Decimal) -> str:
    """A reported number as it was given, without trailing zeros."""
    words = format(Decimal(str(number)), ",f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def people(number: float) -> str:
    """Pupils: 万人 from ten thousand."""
    if number >= TEN_THOUSAND:
        return f"{rounded(number / TEN_THOUSAND, 1)}万人"
    return f"{count(number)}人"


def short_amount(number: float, unit: str) -> str:
    """A gap where the unit stands in the head: 万元 for money, 万 only where it must be short."""
    if unit == "元":
        return rounded(number / TEN_THOUSAND, 1 if number < HUNDRED_MILLION / 100 else 0)
    if number >= TEN_THOUSAND:
        return f"{rounded(number / TEN_THOUSAND, 1)}万"
    return count(number) if number >= 1 else rounded(number, 2)


def short_unit(unit: str) -> str:
    """The unit that `short_amount` counts in, for a column's head."""
    return "万元" if unit == "元" else unit
