"""Meetings as pages see them: the chosen one, the one before, and what became of units and decisions since."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import units_of_today
from data.access import Permission
from data.rows.context import UnitContext
from data.rows.meeting import DecisionCourse
from data.rows.plan import SinceMeeting
from data.store.engine import StoreDownError
from data.store.meetings import Decision, Meeting, list_meetings
from queries.decision_course import decision_course
from queries.meeting_changes import changes_since_meeting, meeting_before
from queries.reader import NoSnapshotError, OutdatedSnapshotError


def known_meeting(deps: Dependencies, code: str) -> Meeting | None:
    """The meeting of a code; None where there is none, it may not be read, or no store is up."""
    if not code or Permission.MEETINGS_READ not in deps.current_viewer().permissions:
        return None
    with suppress(StoreDownError):
        return next((m for m in list_meetings(deps.store) if m.meeting_code == code), None)
    return None


def chosen_meeting(deps: Dependencies, code: str) -> Meeting | None:
    """The meeting of a code; without one the next that is not over, else the last."""
    if code:
        return known_meeting(deps, code)
    if Permission.MEETINGS_READ not in deps.current_viewer().permissions:
        return None
    latest_first = list_meetings(deps.store)
    to_come = [m for m in latest_first if m.held_on >= deps.today()]
    return next(iter((*reversed(to_come), *latest_first)), None)


def unit_names(deps: Dependencies) -> list[tuple[str, str]]:
    """Code and short name of every unit of today that the viewer sees, in the order of the city."""
    scope = deps.current_viewer().scope.districts
    published = None
    with suppress(NoSnapshotError):
        published = deps.warehouse.current()
    known = units_of_today(deps, published)
    return [(d.district_code, d.short_name) for d in known if scope is None or d.district_code in scope]


def courses_of(deps: Dependencies, meeting: Meeting, decided: Sequence[Decision]) -> dict[int, DecisionCourse]:
    """The measure of each decision then and now, by its number; none where the publication is gone."""
    seen = (deps.newest or deps.warehouse).pinned(meeting.snapshot_id)
    if seen is None:
        return {}
    with suppress(NoSnapshotError):
        then, now = seen.current(), deps.warehouse.current()
        courses = {d.decision_id: decision_course(then, now, d.address, meeting.held_on) for d in decided}
        return {number: course for number, course in courses.items() if course is not None}
    return {}


def held_before(deps: Dependencies, day: date, code: str = "") -> Meeting | None:
    """The last meeting that took place before a day, and before the meeting `code` if that is one.

    A meeting that is still to come, or is today's, has not taken place.
    """
    return meeting_before(deps.store, min(day, deps.today()), code)


def last_meeting(deps: Dependencies, rows: UnitContext) -> Meeting | None:
    """The last meeting before the period shown, and before the one run.

    The newest period is what is shown today, so a meeting after its day counts.
    """
    if Permission.MEETINGS_READ not in deps.current_viewer().permissions:
        return None
    until = deps.today() if rows.is_newest else rows.period.snapshot_date
    return held_before(deps, until, rows.state.meeting)


def why_no_meeting(deps: Dependencies, rows: UnitContext) -> str:
    """Why nothing is said since a meeting: empty where that cannot be said either.

    `none` was held yet, the one run is the `first`, none `before` the period, or the publication of
    the last one is `unreadable` now.
    """
    may_read = Permission.MEETINGS_READ in deps.current_viewer().permissions
    if not may_read or not rows.sees_all:
        return ""
    if last_meeting(deps, rows) is not None:
        return "unreadable"
    if held_before(deps, deps.today()) is not None:
        return "before"
    return "first" if rows.state.meeting else "none"


def since_meeting(deps: Dependencies, rows: UnitContext) -> SinceMeeting | None:
    """What changed since the last meeting; None where none was held, or its publication cannot be read any more."""
    meeting = last_meeting(deps, rows)
    earlier = meeting and (deps.newest or deps.warehouse).pinned(meeting.snapshot_id)
    if meeting is None or earlier is None:
        return None
    now = deps.warehouse.current()
    with suppress(OutdatedSnapshotError):
        return changes_since_meeting(now, earlier.current(), deps.store, rows, meeting, deps.today())
    return None
