"""When the city reminded units to hand in their returns."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from data import clock
from data.access import Permission, Viewer
from data.store import audit
from data.store.engine import Store
from data.store.refusals import RefusedError
from data.store.schema import return_reminder

SUBJECT = "return_reminder"


def reminders_of(store: Store, period: str) -> dict[str, list[datetime]]:
    """By unit, the instants (UTC) at which it was reminded to hand in for a period, oldest first."""
    asked = select(return_reminder.c.district_code, return_reminder.c.reminded_at)
    reminders: dict[str, list[datetime]] = {}
    with store.read() as connection:
        rows = connection.execute(asked.where(return_reminder.c.period == period).order_by("reminded_at"))
        for district_code, reminded_at in rows:
            reminders.setdefault(str(district_code), []).append(reminded_at)
    return reminders


def remind(store: Store, viewer: Viewer, period: str, district_codes: Sequence[str], at: datetime) -> list[str]:
    """Remind units to hand in for a period, each once on a day in Beijing; the codes of those that are reminded now.

    Raises:
        RefusedError: somebody who does not decide about returns, or a unit out of scope.
    """
    if Permission.RETURNS_APPROVE not in viewer.permissions or not all(map(viewer.scope.allows, district_codes)):
        raise RefusedError("no_permission")
    today = clock.day_of(at)
    with store.write() as connection:
        known = select(return_reminder.c.district_code, return_reminder.c.reminded_at)
        rows = connection.execute(known.where(return_reminder.c.period == period))
        reminded = {str(code) for code, instant in rows if clock.day_of(instant) == today}
        due = [code for code in dict.fromkeys(district_codes) if code not in reminded]
        for code in due:
            connection.execute(
                insert(return_reminder).values(
                    period=period,
                    district_code=code,
                    reminded_by=viewer.name,
                    reminded_by_id=viewer.actor.account_id,
                    reminded_at=at,
                )
            )
            event = audit.AuditEvent(viewer.actor, "remind", SUBJECT, code, at)
            audit.record(store, connection, event, {}, {"period": period})
    return due
