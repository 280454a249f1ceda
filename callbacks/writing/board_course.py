"""How many units were accepted by which day, read from the register of batches, beside the year before."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from data import clock
from data.importing.batch_records import list_batches
from data.importing.previous_return import SCHOOL_RETURN
from data.importing.register import RECORDED, TAKEN_OVER, read_register, withdrawals
from data.periods import Period, parse_period
from data.rows.return_board import Course
from data.settings import Settings

DAY = timedelta(days=1)
MOST_DAYS = 366
"""Of a course: then the next period has opened, and what is put in later tells nothing of it."""


def course_of(settings: Settings, period: Period, opens_on: date, due_on: date, today: date) -> Course:
    """Accepted units of a period by day from its opening to today, or to the deadline for the year before.

    Nothing for a period that opened more than a year ago. The year before is known where the register was already
    kept on the day that its period opened.
    """
    accepted, first_entry = _accepted_on(settings)
    before = parse_period(period.code.replace(str(period.snapshot_date.year), str(period.snapshot_date.year - 1)))
    days = max(0, (today - opens_on).days + 1)
    if days > MOST_DAYS:
        return Course(opens_on, due_on, [], [])
    last_opened = a_year_before(opens_on)
    is_known = before is not None and first_entry is not None and first_entry <= last_opened
    span = max(days, (due_on - opens_on).days + 1)
    return Course(
        opens_on,
        due_on,
        list(_by_day(accepted, period.code, opens_on, days)),
        list(_by_day(accepted, before.code, last_opened, span)) if before is not None and is_known else [],
    )


def a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=day.day - 1)


def _by_day(accepted: dict[tuple[str, str], date], period: str, first: date, days: int) -> Iterator[tuple[date, int]]:
    accepted_days = [on for (code, _), on in accepted.items() if code == period]
    for number in range(days):
        day = first + number * DAY
        yield day, sum(1 for on in accepted_days if on <= day)


def _accepted_on(settings: Settings) -> tuple[dict[tuple[str, str], date], date | None]:
    """(period, unit) → the first day with a return in force that was not withdrawn; the register's first day."""
    entries = read_register(settings.batches_folder)
    gone = withdrawals(entries)
    recorded = {e.batch_id: _day(e.at) for e in entries if e.action == RECORDED}
    taken_over = {e.batch_id: _day(e.at) for e in entries if e.action == TAKEN_OVER}
    accepted: dict[tuple[str, str], date] = {}
    for batch in list_batches(settings.batches_folder):
        since = (recorded if batch.submission_id is None else taken_over).get(batch.batch_id)
        if since is None or batch.batch_id in gone:
            continue
        for table in batch.tables:
            for period, district in table["scopes"] if table["input_kind"] == SCHOOL_RETURN else ():
                accepted[period, district] = min(since, accepted.get((period, district), since))
    return accepted, min((_day(e.at) for e in entries), default=None)


def _day(instant: str) -> date:
    """The day in Beijing of a register's line."""
    return clock.day_of(datetime.fromisoformat(instant))
