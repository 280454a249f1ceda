"""The publication and the day that an address or a meeting is fixed to."""

from dataclasses import replace
from urllib.parse import parse_qsl

from callbacks.dependencies import Dependencies
from callbacks.rendering.meeting_context import known_meeting
from callbacks.rendering.page_context import NotFoundError
from callbacks.rendering.parent_scope import is_projected
from data.clock import day_of
from data.store.as_of import store_after
from data.store.meetings import Meeting
from data.text import text
from data.view_state import LIVE
from layouts.routes import MEETING, Address


def pinned(deps: Dependencies, address: Address) -> Dependencies:
    """The dependencies with the snapshot that an address names, on the day of its meeting if any.

    Slides whose live figures are asked for are of now.

    Raises:
        NotFoundError: there is no such publication.
    """
    asked = dict(parse_qsl(address.search.removeprefix("?")))
    snapshot_id = asked.get("snapshot", "")
    if not snapshot_id or (is_projected(address) and asked.get("live") == LIVE):
        return deps
    meeting = known_meeting(deps, asked.get("meeting", ""))
    is_its_desk = address.route is MEETING and not is_projected(address)
    return _pinned_to(deps, snapshot_id, meeting, is_frozen=not is_its_desk)


def of_meeting(deps: Dependencies, meeting: Meeting) -> Dependencies:
    """The dependencies with the publication and the day of a meeting.

    Raises:
        NotFoundError: the publication is no longer there.
    """
    return _pinned_to(deps, meeting.snapshot_id, meeting, is_frozen=True)


def _pinned_to(deps: Dependencies, snapshot_id: str, meeting: Meeting | None, *, is_frozen: bool) -> Dependencies:
    """With the ledger, warnings and decisions as the day of a meeting left them, once that day is over."""
    warehouse = deps.warehouse.pinned(snapshot_id)
    if warehouse is None:
        raise NotFoundError(text("meeting.no_snapshot", snapshot=snapshot_id[:40]))
    newest = deps.newest or deps.warehouse
    if meeting is None:
        return replace(deps, warehouse=warehouse, newest=newest)
    is_over = is_frozen and meeting.held_on < day_of(deps.now())
    store = store_after(deps.store, meeting.held_on) if is_over else deps.store
    return replace(deps, warehouse=warehouse, newest=newest, meeting_day=meeting.held_on, store=store)
