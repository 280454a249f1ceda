"""The published forecast of a unit in words: natural frequencies, autumns, and why there is none.

Every page, slide and paper says it from here, so that one row is said in one way.
"""

import math
from typing import Any

from data.text import text
from layouts.markup import Node, h

DATED = ("projected", "not_converging", "dates_only")
LEAST, MOST = 0.05, 0.95
TENTHS = 10
NEVER = 9999


def tenths(chance: float) -> int:
    """How many of ten, 0 and 10 only beyond the ends that are said in words."""
    if chance < LEAST:
        return 0
    if chance > MOST:
        return TENTHS
    return min(max(math.floor(chance * TENTHS + 0.5), 1), TENTHS - 1)


def chance_words(chance: float) -> str:
    """10个里约3个, 不到5%, 95%以上."""
    count = tenths(chance)
    if count in (0, TENTHS):
        return text("forecast.hardly" if count == 0 else "forecast.nearly")
    return text("forecast.of_ten", count=count)


def is_dated(unit: Any) -> bool:
    """Whether a date or a chance is published for the unit."""
    return unit.forecast_state in DATED


def chance_sentence(unit: Any) -> str:
    """像本区这样的情况，10个里约有3个能在2028年秋季前全部达标; empty without a chance."""
    if unit.chance is None:
        return ""
    return text("forecast.chance", words=chance_words(unit.chance), year=unit.target_year)


def date_sentence(unit: Any) -> str:
    """The likeliest autumn and its tails, or how far it is open, or why there is no date."""
    if not is_dated(unit):
        return text(f"forecast.sentence_{unit.forecast_state}")
    ahead = unit.horizon_year - unit.forecast_autumn
    if unit.low_year is None:
        words = text("forecast.sentence_not_converging", years=ahead)
    elif unit.high_year is None:
        words = text("forecast.open", low=unit.low_year, years=ahead)
        if unit.middle_year is not None:
            words = text("forecast.middle", middle=unit.middle_year) + words
    else:
        words = text("forecast.closed", low=unit.low_year, middle=unit.middle_year,
                     high=unit.high_year)  # fmt: skip
    if unit.forecast_state == "dates_only":
        words += text("forecast.dates_only")
    return words + (text("forecast.citywide") if unit.is_citywide_pace else "")


def short_words(unit: Any) -> str:
    """A few words for a mark or a column: 2029年前后, 不早于2031年秋季, or the state's word."""
    if not is_dated(unit):
        return text(f"forecast.word_{unit.forecast_state}")
    return interval_words(unit)


def interval_words(row: Any) -> str:
    """The date of a unit or item from its low, middle and high years."""
    if row.low_year is None:
        return text("forecast.word_not_converging")
    if row.high_year is None or row.middle_year is None:
        return text("forecast.not_before", year=row.low_year)
    return text("forecast.about", year=row.middle_year)


def slowest_sentence(unit: Any, item_names: dict[str, str]) -> str:
    """最慢的一项：G9…; its chance is never below the unit's."""
    if unit.slowest_item is None:
        return ""
    name = f"{unit.slowest_item} {item_names.get(unit.slowest_item, '')}".strip()
    return text("forecast.slowest", item=name, words=chance_words(unit.slowest_chance),
                year=unit.target_year)  # fmt: skip


def target_sentence(unit: Any) -> str:
    """By which return it would be seen; the last return of the target year is the autumn's."""
    if unit.target_year is None or not is_dated(unit) or unit.is_due:
        return ""
    if unit.forecast_autumn >= unit.target_year:
        return text("forecast.last_return_past", year=unit.target_year,
                    seen=unit.forecast_autumn + 1)  # fmt: skip
    return text("forecast.last_return", year=unit.target_year)


def dots(chance: float) -> Node:
    """Ten dots, as many filled as of ten; the words beside it say the number."""
    filled = tenths(chance)
    return h("svg", {"className": "of-ten", "width": 92, "height": 9, "aria-hidden": "true"}, *[
        h("circle", {"cx": 5 + 9 * n, "cy": 4.5, "r": 3.4, "key": str(n),
                     "className": "full" if n < filled else "hollow"})
        for n in range(TENTHS)])  # fmt: skip


def order(unit: Any) -> tuple[int, int, int, str]:
    """Earliest first; what has no date comes last."""
    if not is_dated(unit):
        return 1, NEVER, NEVER, unit.district_code
    return 0, unit.middle_year or NEVER, unit.low_year or NEVER, unit.district_code
