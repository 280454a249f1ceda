"""Words that the parts of the board of returns share: periods, times as people say them, states."""

from datetime import date, datetime, timedelta

from data import clock
from data.periods import parse_period
from data.rows.return_board import ReturnState, Standing
from data.text import text
from layouts import formatting


def period_words(code: str) -> str:
    """2026年9月 for `2026`."""
    period = parse_period(code)
    return formatting.month(period.snapshot_date) if period else code


def short_day(day: date) -> str:
    """11月26日."""
    return text("board.course.day", month=day.month, day=day.day)


def day_words(instant: datetime, today: date) -> str:
    """11月26日 of an instant in Beijing; of another year the whole day."""
    day = clock.day_of(instant)
    return short_day(day) if day.year == today.year else formatting.day(day)


def when(instant: datetime, today: date) -> str:
    """今天08:51, 昨天16:40, 11月26日; of another year the whole day."""
    day, time = clock.day_of(instant), formatting.moment(instant).partition(" ")[2]
    if day == today:
        return text("board.when.today", time=time)
    if day == today - timedelta(days=1):
        return text("board.when.yesterday", time=time)
    return day_words(instant, today)


def state_key(state: ReturnState, standing: Standing) -> str:
    """The key of a state's words: what is not handed in by the deadline is missing."""
    is_missing = standing.is_overdue and state is ReturnState.NOTHING
    return "missing" if is_missing else state.value
