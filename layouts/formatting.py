"""The only rounding, unit and "—" rules for display; verdicts never come from here.

Values are rounded once, half up, from the stored number. CV 3 decimals, values 2, shares 1.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NONE = "—"
TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
MINUS = "−"
ARITHMETIC_NOISE = 5e-13  # the rules compare CVs at 12 decimals


@lru_cache(maxsize=65536)
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


def month(day: date) -> str:
    """2026年9月."""
    return f"{day.year}年{day.month}月"


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def share(value: float) -> str:
    """A share of one as a percentage with 1 decimal."""
    return f"{rounded(value * 100, 1)}%"
