"""自上次会议以来: what became of units and issues after the last meeting's figures."""

from contextlib import suppress
from datetime import date

from callbacks.dependencies import Dependencies
from data.access import Permission
from data.rows.context import UnitContext
from data.rows.plan import SinceMeeting
from data.store.engine import StoreDownError
from data.store.meetings import Meeting, list_meetings
from queries import plan, shell
from queries.ledger import ledger


def known_meeting(deps: Dependencies, code: str) -> Meeting | None:
    """The meeting of a code; None where there is none, it may not be read, or no store is up."""
    if not code or Permission.MEETINGS_READ not in deps.current_viewer().permissions:
        return None
    with suppress(StoreDownError):
        return next((m for m in list_meetings(deps.store) if m.meeting_code == code), None)
    return None


def meeting_before(deps: Dependencies, day: date, code: str = "") -> Meeting | None:
    """The last meeting that took place before a day, and before the meeting `code` if that is one.

    A meeting that is still to come, or is today's, has not taken place.
    """
    held = list_meetings(deps.store)
    at_place = next((n for n, m in enumerate(held) if m.meeting_code == code), None)
    if at_place is not None:
        held = held[at_place + 1 :]
    return next((m for m in held if m.held_on < min(day, deps.today())), None)


def last_meeting(deps: Dependencies, rows: UnitContext) -> Meeting | None:
    """The last meeting before the period shown, and before the one run.

    The newest period is what is shown today, so a meeting after its day counts.
    """
    if Permission.MEETINGS_READ not in deps.current_viewer().permissions:
        return None
    until = deps.today() if rows.is_newest else rows.period.snapshot_date
    return meeting_before(deps, until, rows.state.meeting)


def why_no_meeting(deps: Dependencies, rows: UnitContext) -> str:
    """`none` was held yet, or none `before` the period; empty where neither can be said."""
    may_read = Permission.MEETINGS_READ in deps.current_viewer().permissions
    if not may_read or not rows.sees_all or last_meeting(deps, rows) is not None:
        return ""
    return "none" if meeting_before(deps, deps.today()) is None else "before"


def since_meeting(deps: Dependencies, rows: UnitContext) -> SinceMeeting | None:
    """Newly complying, newly failing, closed and overdue; None where no meeting was held.

    Compared are the period on screen now and the latest period up to it of the publication that
    the meeting saw, under the same basis, for the units that have both verdicts.
    """
    meeting = last_meeting(deps, rows)
    earlier = meeting and (deps.newest or deps.warehouse).pinned(meeting.snapshot_id)
    if meeting is None or earlier is None:
        return None
    seen = earlier.current()
    known = [p for p in shell.periods(seen) if p.snapshot_date <= rows.period.snapshot_date]
    if not known:
        return None
    period = known[-1]
    before = {u.district_code: u for u in plan.standings(seen, period.period, rows.state.basis)}
    pairs = [
        (before[u.district_code], u)
        for u in rows.scoped
        if u.district_code in before and "undecidable" not in (u.verdict, before[u.district_code].verdict)
    ]
    issues = [r for r in ledger(deps.warehouse.current(), deps.store) if r.district_code in rows.scoped_codes]
    today, day = deps.today(), meeting.held_on
    return SinceMeeting(
        title=meeting.title,
        held_on=day,
        seen_on=period.snapshot_date,
        snapshot_id=meeting.snapshot_id,
        met=[u.short_name for old, u in pairs if u.verdict == "met" != old.verdict],
        unmet=[u.short_name for old, u in pairs if old.verdict == "met" != u.verdict],
        overdue=[u.short_name for old, u in pairs if u.progress == "overdue" != old.progress],
        closed_issue_count=sum(1 for r in issues if r.issue.closed_on and r.issue.closed_on > day),
        overdue_issue_count=sum(
            1 for r in issues if r.days_overdue(today) and r.issue.due_on and r.issue.due_on >= day
        ),
    )
