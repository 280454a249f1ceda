"""Quarters of a year: their last days, those of a span, and an amount spread over them."""

from collections.abc import Sequence
from datetime import date, timedelta

MONTHS_OF_QUARTER = 3
DECEMBER = 12


def quarter_end(day: date) -> date:
    """The last day of the quarter of a day."""
    last_month = -(-day.month // MONTHS_OF_QUARTER) * MONTHS_OF_QUARTER
    first_after = date(day.year + 1, 1, 1) if last_month == DECEMBER else date(day.year, last_month + 1, 1)
    return first_after - timedelta(days=1)


def ended_before(day: date) -> date:
    """The last day of the last quarter that is over on a day."""
    end = quarter_end(day)
    return quarter_end(date(end.year, end.month - MONTHS_OF_QUARTER + 1, 1) - timedelta(days=1))


def quarters_between(first: date, last: date) -> list[date]:
    """The last days of the quarters from that of one day to that of another, both included."""
    ends = [quarter_end(first)]
    while ends[-1] < last:
        ends.append(quarter_end(ends[-1] + timedelta(days=1)))
    return ends


def number_of(end: date) -> int:
    """Which quarter of its year ends on a day."""
    return end.month // MONTHS_OF_QUARTER


def spread(amount: int, ends: Sequence[date]) -> dict[date, int]:
    """How much is done by the end of each quarter where the same is done in each; rounded up, in all the amount."""
    return {end: -(-amount * place // len(ends)) for place, end in enumerate(ends, 1)}
