"""Terms of the law and of the office: on which day one ends that begins on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from data.catalogue.calendar_tables import CalendarDay
from data.catalogue.loader import Catalogue

WORKING_DAYS = "working_days"
ONE_DAY, SATURDAY = timedelta(days=1), 5


@dataclass(frozen=True)
class Term:
    """So many days: of the calendar, or those on which people work.

    `ends_on_working_day`: a term of calendar days that would end on a day of rest ends on the next working day.
    """

    count: int
    is_of_working_days: bool
    ends_on_working_day: bool


def term_of(catalogue: Catalogue, term_code: str, day: date) -> Term:
    """The term of a parameter as it is in force on a day.

    Raises:
        KeyError: no such parameter is in force.
    """
    row = catalogue.parameter_row(term_code, day)
    moves = catalogue.parameter("term_ends_on_working_day", day) == 1
    return Term(int(row.value), row.unit == WORKING_DAYS, moves)


def last_day(catalogue: Catalogue, term_code: str, begins_on: date) -> date:
    """The last day of a term; the day on which it begins is not counted (民法典 §201)."""
    return day_after(catalogue, term_of(catalogue, term_code, begins_on), begins_on)


def day_after(catalogue: Catalogue, term: Term, begins_on: date) -> date:
    """The last day of a term that begins on a day."""
    if not term.is_of_working_days:
        end = begins_on + timedelta(days=term.count)
        return next_working_day(catalogue, end) if term.ends_on_working_day else end
    end = begins_on
    for _ in range(term.count):
        end = next_working_day(catalogue, end + ONE_DAY)
    return end


def next_working_day(catalogue: Catalogue, day: date) -> date:
    """The day itself where people work on it, or else the next one on which they do."""
    while not is_working_day(catalogue, day):
        day += ONE_DAY
    return day


def is_working_day(catalogue: Catalogue, day: date) -> bool:
    """Whether people work on a day: by the arrangement of its year, or else Monday to Friday."""
    return _arranged(catalogue.rows(CalendarDay)).get(day, day.weekday() < SATURDAY)


def is_arranged(catalogue: Catalogue, year: int) -> bool:
    """Whether the arrangement of a year is in the catalogue."""
    return any(day.year == year for day in _arranged(catalogue.rows(CalendarDay)))


@lru_cache(maxsize=4)
def _arranged(days: Sequence[CalendarDay]) -> Mapping[date, bool]:
    return {row.day: row.is_working for row in days}
