"""The publication and the day that an address or a meeting is fixed to."""

from dataclasses import replace
from urllib.parse import parse_qsl

from callbacks.dependencies import Dependencies
from callbacks.rendering.meeting_context import known_meeting
from callbacks.rendering.page_context import NotFoundError
from data.store.meetings import Meeting
from data.text import text
from layouts.routes import Address


def pinned(deps: Dependencies, address: Address) -> Dependencies:
    """The dependencies with the snapshot that an address names, on the day of its meeting if any.

    Raises:
        NotFoundError: there is no such publication.
    """
    asked = dict(parse_qsl(address.search.removeprefix("?")))
    snapshot_id = asked.get("snapshot", "")
    if not snapshot_id:
        return deps
    return _pinned_to(deps, snapshot_id, known_meeting(deps, asked.get("meeting", "")))


def of_meeting(deps: Dependencies, meeting: Meeting) -> Dependencies:
    """The dependencies with the publication and the day of a meeting.

    Raises:
        NotFoundError: the publication is no longer there.
    """
    return _pinned_to(deps, meeting.snapshot_id, meeting)


def _pinned_to(deps: Dependencies, snapshot_id: str, meeting: Meeting | None) -> Dependencies:
    warehouse = deps.warehouse.pinned(snapshot_id)
    if warehouse is None:
        raise NotFoundError(text("meeting.no_snapshot", snapshot=snapshot_id[:40]))
    newest = deps.newest or deps.warehouse
    return replace(deps, warehouse=warehouse, newest=newest, meeting_day=meeting.held_on if meeting else None)
