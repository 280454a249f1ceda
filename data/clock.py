"""One clock: instants are kept in UTC; days that people read or the law counts are Beijing's."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def utc_now() -> datetime:
    """The present instant, as the store keeps it: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def in_beijing(instant: datetime) -> datetime:
    """The wall clock in Beijing at an instant; without a zone it is UTC."""
    known = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return known.astimezone(BEIJING)


def day_of(instant: datetime) -> date:
    """The day in Beijing that an instant falls on."""
    return in_beijing(instant).date()


def moment(instant: datetime) -> str:
    """An instant as a person in Beijing reads it, to the minute: `2026-11-24 07:30`."""
    return in_beijing(instant).strftime("%Y-%m-%d %H:%M")
