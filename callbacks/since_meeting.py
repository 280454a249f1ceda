"""自上次会议以来: what became of units and issues after the last meeting's figures."""

from callbacks.dependencies import Dependencies
from data.access import Permission
from data.store.meetings import Meeting, list_meetings
from layouts.pages.overview.rows import OverviewRows
from layouts.pages.plan.rows import SinceMeeting
from queries import plan, shell
from queries.ledger import ledger


def last_meeting(deps: Dependencies, rows: OverviewRows) -> Meeting | None:
    """The meeting before the one that the address runs; else the last one before today."""
    if Permission.MEETINGS_READ not in deps.current_viewer().permissions:
        return None
    held = list_meetings(deps.store)
    own = next((m for m in held if m.meeting_code == rows.state.meeting), None)
    if own is not None:
        return next(iter(held[held.index(own) + 1 :]), None)
    return next((m for m in held if m.held_on < deps.today()), None)


def since_meeting(deps: Dependencies, rows: OverviewRows) -> SinceMeeting | None:
    """Newly complying, newly failing, closed and overdue; None where no meeting was held.

    Compared are the period on screen now and the latest period of the publication that the
    meeting saw, under the same basis.
    """
    meeting = last_meeting(deps, rows)
    earlier = meeting and (deps.newest or deps.warehouse).pinned(meeting.snapshot_id)
    if meeting is None or earlier is None:
        return None
    seen = earlier.current()
    period = shell.periods(seen)[-1]
    before = {u.district_code: u
              for u in plan.standings(seen, period.period, rows.state.basis)}  # fmt: skip
    pairs = [(before[u.district_code], u) for u in rows.scoped if u.district_code in before]
    issues = [r for r in ledger(deps.warehouse.current(), deps.store)
              if r.district_code in rows.scoped_codes]  # fmt: skip
    today, day = deps.today(), meeting.held_on
    return SinceMeeting(
        title=meeting.title,
        held_on=day,
        seen_on=period.snapshot_date,
        snapshot_id=meeting.snapshot_id,
        met=[u.short_name for old, u in pairs if u.verdict == "met" != old.verdict],
        unmet=[u.short_name for old, u in pairs if old.verdict == "met" and u.verdict == "unmet"],
        overdue=[u.short_name for old, u in pairs if u.progress == "overdue" != old.progress],
        closed_issue_count=sum(1 for r in issues if r.issue.closed_on and r.issue.closed_on > day),
        overdue_issue_count=sum(1 for r in issues if r.days_overdue(today)
                                and r.issue.due_on and r.issue.due_on >= day),
    )  # fmt: skip
