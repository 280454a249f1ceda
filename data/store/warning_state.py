"""Where a warning stands, by when its unit must answer, and how often it was silent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.catalogue.supervision_tables import WarningRule
from data.clock import day_of

NEW, REMINDED, RECEIVED, ANSWERED, LIFTED = "new", "reminded", "received", "answered", "lifted"
AWAITED = (REMINDED, RECEIVED)
"""The states in which the unit owes an answer."""


@dataclass(frozen=True)
class WarningState:
    """Where a warning stands; `version` 0 is one that nobody has touched."""

    warning_key: str
    state: str
    note: str | None
    version: int
    updated_by: str
    updated_at: datetime
    updated_by_id: str = ""
    answer_by: date | None = None
    silent_times: int = 0
    """How many terms of earlier letters went by without an answer."""
    document_number: str = ""
    """Of the last letter; empty where it was reminded of without one."""
    received_by: str = ""
    received_by_id: str = ""
    received_at: datetime | None = None


def answer_day(rule: WarningRule, state: str, record: WarningState | None) -> date | None:
    """The day by which the unit must answer; None where it need not.

    Of a reminder from before days were kept it follows from the day of the reminder.
    """
    if record is None or state not in AWAITED:
        return None
    return record.answer_by or day_of(record.updated_at) + timedelta(days=rule.days_to_answer)


def silent_times(rule: WarningRule, answer_by: date | None, today: date) -> int:
    """How many times over a reminded unit let the days of a rule go by without an answer."""
    if answer_by is None or answer_by >= today:
        return 0
    return 1 + ((today - answer_by).days - 1) // max(1, rule.days_to_answer)


def all_silent_times(rule: WarningRule, state: str, record: WarningState | None, today: date) -> int:
    """The same since the first letter of a warning that is not answered yet."""
    if record is None or state not in AWAITED:
        return 0
    return record.silent_times + silent_times(rule, answer_day(rule, state, record), today)
