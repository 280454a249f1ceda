"""What became of units and issues after a meeting's figures."""

from datetime import date

from data.rows.context import UnitContext
from data.rows.issue_board import IssueFilter
from data.rows.plan import SinceMeeting
from data.store.engine import Store
from data.store.meetings import Meeting, list_meetings
from queries import common_dimensions, plan
from queries.issue_board import IssueBoard
from queries.reader import Snapshot


def meeting_before(store: Store, day: date, code: str = "") -> Meeting | None:
    """The last meeting that was held before a day, and before the meeting `code` if that is one."""
    held = list_meetings(store)
    at_place = next((n for n, m in enumerate(held) if m.meeting_code == code), None)
    if at_place is not None:
        held = held[at_place + 1 :]
    return next((m for m in held if m.held_on < day), None)


def changes_since_meeting(
    snapshot: Snapshot, seen: Snapshot, store: Store, rows: UnitContext, meeting: Meeting, today: date
) -> SinceMeeting | None:
    """Newly complying, newly failing, closed and overdue; None where the meeting saw no such period.

    Compared are the period on screen now and the latest period up to it of the publication that
    the meeting saw (`seen`), under the same basis, for the units that have both verdicts.
    """
    known = [p for p in common_dimensions.periods(seen) if p.snapshot_date <= rows.period.snapshot_date]
    if not known:
        return None
    period = known[-1]
    before = {u.district_code: u for u in plan.standings(seen, period.period, rows.state.basis)}
    pairs = [
        (before[u.district_code], u)
        for u in rows.scoped
        if u.district_code in before and "undecidable" not in (u.verdict, before[u.district_code].verdict)
    ]
    compared = {u.district_code for _, u in pairs}
    day = meeting.held_on
    asked = IssueFilter(today, day, (0, 0), units=frozenset(rows.scoped_codes))
    issues = IssueBoard(snapshot, store, asked).groups()
    return SinceMeeting(
        title=meeting.title,
        held_on=day,
        seen_on=period.snapshot_date,
        snapshot_id=meeting.snapshot_id,
        met=[u.short_name for old, u in pairs if u.verdict == "met" != old.verdict],
        unmet=[u.short_name for old, u in pairs if old.verdict == "met" != u.verdict],
        overdue=[u.short_name for old, u in pairs if u.progress == "overdue" != old.progress],
        unknown=[u.short_name for u in rows.scoped if u.district_code not in compared],
        closed_issue_count=sum(g.issue_count for g in issues if g.is_closed_since),
        overdue_issue_count=sum(g.issue_count for g in issues if g.is_late_since),
    )
