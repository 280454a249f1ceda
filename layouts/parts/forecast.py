"""The published forecast of a unit in words: natural frequencies, autumns, and why there is none.

Every page, slide and paper says it from here, so that one row is said in one way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from data.printing import TENTHS, of_ten, tenths
from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.rows.plan import Outlook
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.glyph import MISSING_LEVELS

DATED = ("projected", "not_converging", "dates_only")
NEVER = 9999
MOST_NAMES = 4


class Interval(Protocol):
    """The autumns by which one, five and nine of ten futures comply; None beyond the horizon."""

    @property
    def low_year(self) -> int | None:
        """Of one."""
        ...

    @property
    def middle_year(self) -> int | None:
        """Of five."""
        ...

    @property
    def high_year(self) -> int | None:
        """Of nine."""
        ...


@dataclass(frozen=True)
class Sight:
    """From which autumn a published forecast looks, and to which."""

    autumn: int
    horizon_year: int


def chance_words(chance: float, lines: Sequence[float]) -> str:
    """10个里约3个, 不到5%, 95%以上; beside a line by which it is judged 10个里不到5个."""
    said = of_ten(chance, lines)
    return text(f"forecast.of_ten_{said.kind}", count=said.count)


def _sight(unit: UnitStatusRow) -> Sight | None:
    """None where neither a date nor a chance is published for the unit."""
    if unit.forecast_state not in DATED or unit.forecast_autumn is None or unit.horizon_year is None:
        return None
    return Sight(unit.forecast_autumn, unit.horizon_year)


def is_dated(unit: UnitStatusRow) -> bool:
    """Whether a date or a chance is published for the unit."""
    return _sight(unit) is not None


def chance_sentence(rows: UnitContext, unit: UnitStatusRow) -> str:
    """像本区这样的情况，到2028年秋季，10个里约3个能全部达标; empty without a chance."""
    if unit.chance is None:
        return ""
    chance = chance_words(unit.chance, rows.chance_lines)
    return text("forecast.chance", words=chance, year=unit.target_year)


def date_sentence(unit: UnitStatusRow) -> str:
    """The likeliest autumn and its tails, or how far it is open, or why there is no date."""
    sight = _sight(unit)
    if sight is None:
        return text(f"forecast.sentence_{unit.forecast_state}")
    ahead = sight.horizon_year - sight.autumn
    first = "_first" if unit.low_year == unit.first_autumn else ""
    if unit.low_year is None:
        sentence = text("forecast.sentence_not_converging", years=ahead)
    elif unit.high_year is None:
        sentence = text(f"forecast.open{first}", low=unit.low_year, years=ahead)
        if unit.middle_year is not None:
            sentence = text("forecast.middle", middle=unit.middle_year) + sentence
    else:
        sentence = text(f"forecast.closed{first}", low=unit.low_year, middle=unit.middle_year, high=unit.high_year)
    if unit.forecast_state == "dates_only":
        sentence += text("forecast.dates_only")
    return sentence + (text("forecast.citywide") if unit.is_citywide_pace else "")


def short_words(unit: UnitStatusRow) -> str:
    """A few words for a mark or a column: 2029年前后, 不早于2031年秋季, or the state's word."""
    if not is_dated(unit):
        return text(f"forecast.word_{unit.forecast_state}")
    return interval_words(unit)


def printed_year(row: Interval) -> int | None:
    """The year in the words for a date; None where none is said within the horizon."""
    is_open = row.high_year is None or row.middle_year is None
    return row.low_year if is_open else row.middle_year


def interval_words(row: Interval) -> str:
    """The date of a unit or item from its low, middle and high years."""
    year = printed_year(row)
    if year is None:
        return text("forecast.word_not_converging")
    if row.high_year is None:
        return text("forecast.not_before", year=year)
    return text("forecast.about", year=year)


def latest_first(unit: UnitStatusRow) -> tuple[int, int, str]:
    """By the year in words; of equals those whose likeliest autumn is later or beyond sight."""
    return (-(printed_year(unit) or NEVER), -(unit.middle_year or NEVER), unit.district_code)


def outlook_rest(outlook: Outlook) -> str:
    """，另有3个没有推算: whom the expected number leaves out; empty where nobody."""
    if not outlook.unprojected:
        return ""
    return text("plan.expected_rest", count=outlook.unprojected)


def missing_words(rows: UnitContext) -> list[str]:
    """Of whom in view nothing can be said, by why, with the first names."""
    sentences: list[str] = []
    for level in MISSING_LEVELS:
        units = [u.short_name for u in rows.scoped if u.progress == level]
        if units:
            names = "、".join(units[:MOST_NAMES]) + ("等" if len(units) > MOST_NAMES else "")
            sentences.append(text(f"sub.some_{level}", count=len(units), names=names))
    return sentences


def slowest_sentence(rows: UnitContext, unit: UnitStatusRow) -> str:
    """最慢的一项：G9…; its chance is never below the unit's."""
    if unit.slowest_item is None or unit.slowest_chance is None:
        return ""
    names = {**rows.item_names, **rows.indicator_names}
    name = f"{unit.slowest_item} {names.get(unit.slowest_item, '')}".strip()
    chance = chance_words(unit.slowest_chance, rows.chance_lines)
    return text("forecast.slowest", item=name, words=chance, year=unit.target_year)


def target_sentence(unit: UnitStatusRow) -> str:
    """By which return it would be seen; the last return of the target year is the autumn's."""
    sight = _sight(unit)
    if unit.target_year is None or sight is None or unit.is_due:
        return ""
    if unit.is_last_return_past:
        return text("forecast.last_return_past", year=unit.target_year, seen=sight.autumn + 1)
    return text("forecast.last_return", year=unit.target_year)


def overdue_words(unit: UnitStatusRow, today: date) -> tuple[str, str]:
    """逾期23个月, from the target day to today; to the return that shows the unit met, where one came since."""
    if unit.due_on is None:
        return text("level.overdue"), ""
    ended_on = unit.lateness_ended_on(today)
    late = text("actions.overdue", span=formatting.span(unit.due_on, ended_on or today))
    return late, text("actions.overdue_ended", month=formatting.month(ended_on)) if ended_on else ""


def progress_words(rows: UnitContext, unit: UnitStatusRow) -> str:
    """达标, 已逾期…: how long overdue, from today; by which return it was seen met, if too late."""
    change = rows.changes[unit.district_code]
    if unit.progress == "overdue":
        late, ended = overdue_words(unit, rows.today)
        return text("sub.join").join(w for w in (late, ended) if w)
    progress = text(f"level.{unit.progress}")
    if unit.progress == "met" and change.is_met_late:
        progress += text("forecast.met_late", year=change.met_since)
    return progress


def dots(rows: UnitContext, chance: float) -> Node:
    """Ten dots, as many filled as of ten; the words beside it say the number.

    The last is half filled where the chance lies below a line and the words say so.
    """
    filled = tenths(chance)
    whole = filled - 1 if of_ten(chance, rows.chance_lines).kind == "below" else filled
    half = [h("path", {"d": f"M{5 + 9 * whole} 1.1a3.4 3.4 0 0 0 0 6.8z", "className": "full", "key": "half"})] * (
        filled - whole
    )
    return h(
        "svg",
        {"className": "of-ten", "width": 92, "height": 9, "aria-hidden": "true"},
        *[
            h(
                "circle",
                {"cx": 5 + 9 * n, "cy": 4.5, "r": 3.4, "key": str(n), "className": "full" if n < whole else "hollow"},
            )
            for n in range(TENTHS)
        ],
        *half,
    )


def order(unit: UnitStatusRow) -> tuple[int, int, int, str]:
    """Earliest first; what has no date comes last."""
    if not is_dated(unit):
        return 1, NEVER, NEVER, unit.district_code
    return 0, unit.middle_year or NEVER, unit.low_year or NEVER, unit.district_code
