"""Rows of the calendar of visits: the weeks of a month, each day with what is planned and what was made."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class VisitOfDay:
    """A visit on the day for which it is planned, or on which it was made; late where that day is past."""

    matter_code: str
    subject: str
    day: date
    is_made: bool
    is_late: bool


@dataclass(frozen=True)
class CalendarDayRow:
    """A day: whether people work on it, what it is called where it is a holiday, and its visits."""

    day: date
    is_of_month: bool
    is_working: bool
    name: str
    visits: Sequence[VisitOfDay]


def weeks_of(
    month: date, is_working: Mapping[date, bool], names: Mapping[date, str], visits: Sequence[VisitOfDay]
) -> list[list[CalendarDayRow]]:
    """The weeks, Monday first, that hold a day of the month; days of other months have no visits.

    Args:
        month: Its first day.
        is_working: Whether people work, of each day shown.
        names: What days of rest are called.
        visits: Those of the month.
    """
    of_day: defaultdict[date, list[VisitOfDay]] = defaultdict(list)
    for visit in visits:
        of_day[visit.day].append(visit)
    days = days_shown(month)
    rows = [
        CalendarDayRow(day, day.month == month.month, is_working[day], names.get(day, ""), of_day[day]) for day in days
    ]
    return [rows[start : start + DAYS_OF_A_WEEK] for start in range(0, len(rows), DAYS_OF_A_WEEK)]


def days_shown(month: date) -> list[date]:
    """The days of the weeks that hold a day of the month, Monday first."""
    first = month - timedelta(days=month.weekday())
    last = next_month(month) - timedelta(days=1)
    last += timedelta(days=DAYS_OF_A_WEEK - 1 - last.weekday())
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)
