"""How numbers, dates and "—" are shown on pages; numbers are rounded by `data/printing.py`."""

from datetime import date, datetime

from data import clock
from data.printing import (
    ARITHMETIC_NOISE,
    HUNDRED_MILLION,
    MINUS,
    NONE,
    TEN_THOUSAND,
    amount,
    beside,
    count,
    cv,
    cv_pair,
    difference,
    gap,
    plain,
    received,
    rounded,
    share,
    smallest,
    stepped,
    value,
)
from data.terms import Term
from data.text import text

__all__ = [
    "ARITHMETIC_NOISE",
    "MINUS",
    "NONE",
    "amount",
    "beside",
    "count",
    "cv",
    "cv_change",
    "cv_pair",
    "day",
    "difference",
    "gap",
    "moment",
    "money",
    "month",
    "people",
    "plain",
    "q_value",
    "received",
    "rounded",
    "share",
    "short_amount",
    "short_unit",
    "smallest",
    "span",
    "stepped",
    "value",
]

SMALLEST_Q = 0.001
MONTHS = 12
MOST_MONTHS = 24

DIGITS_OF_STEP, SIZES = 3, ("B", "KB", "MB", "GB", "TB")


def cv_change(before: float, after: float, limit: float | None = None) -> str:
    """The size of a change of a CV; it agrees with the two as they are printed."""
    return difference(*cv_pair(before, after, limit), after - before)


def money(yuan: float) -> str:
    """A sum of money as documents write it: 100万元, 1.05亿元."""
    if yuan >= HUNDRED_MILLION:
        return f"{rounded(yuan / HUNDRED_MILLION, 2)}亿元"
    return f"{rounded(yuan / TEN_THOUSAND, 1)}万元".replace(".0万", "万")


def month(day: date) -> str:
    """2026年9月."""
    return f"{day.year}年{day.month}月"


def span(earlier: date, later: date) -> str:
    """Time from one day to a later one: 23个月 up to two years, then 2.4年; months begun count."""
    months = max(0, (later.year - earlier.year) * MONTHS + later.month - earlier.month)
    if months <= MOST_MONTHS:
        return text("span.months", count=months)
    return text("span.years", count=rounded(months / MONTHS, 1))


def day(value: date) -> str:
    """2017年4月19日."""
    return f"{value.year}年{value.month}月{value.day}日"


def term(value: Term) -> str:
    """How long a term is: `30天`, `5个工作日`."""
    return (
        text("term.working_days", count=value.count)
        if value.is_of_working_days
        else text("term.days", count=value.count)
    )


def moment(value: datetime) -> str:
    """A stored instant as Beijing time to the minute."""
    return clock.moment(value)


def q_value(value: float) -> str:
    """A false discovery rate with 3 decimals; below that, only that it is smaller."""
    return rounded(value, 3) if value >= SMALLEST_Q else f"<{SMALLEST_Q}"


def people(number: float) -> str:
    """Pupils: 万人 from ten thousand."""
    if number >= TEN_THOUSAND:
        return f"{rounded(number / TEN_THOUSAND, 1)}万人"
    return f"{count(number)}人"


def short_amount(number: float, unit: str) -> str:
    """What must be supplied, where the unit stands in the head (万元 for money)."""
    return gap(number, unit).removesuffix(short_unit(unit))


def short_unit(unit: str) -> str:
    """The unit that `short_amount` counts in, for a column's head."""
    return "万元" if unit == "元" else unit


def size(count: float) -> str:
    """Bytes in the unit that people say: `3.2 MB`, `850 KB`, `1.4 GB`."""
    digits = len(str(int(count)))
    step = min((digits - 1) // DIGITS_OF_STEP, len(SIZES) - 1)
    places = 1 if step and digits % DIGITS_OF_STEP else 0
    return f"{count / 10 ** (DIGITS_OF_STEP * step):.{places}f} {SIZES[step]}"
