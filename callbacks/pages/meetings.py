"""会议: show meetings and write what is asked about them."""

from collections.abc import Callable

from callbacks.dependencies import Dependencies
from callbacks.rendering.meeting_context import held_before
from callbacks.rendering.page_context import load_frame_context, period_filter, read_state, with_actor
from callbacks.writing.form_fields import Request, date_field_of, int_field_of, text_field_of
from data.access import Permission, Viewer
from data.local_address import pasted_address
from data.rows.context import FrameContext
from data.store import meetings
from data.store.ledger import RefusedError
from data.text import text
from layouts.page import AnyPanel
from layouts.pages.meeting import page
from layouts.parts.frame import Filter
from layouts.routes import MEETING, Address, address_of


def show_meetings(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    rows = with_actor(deps, load_frame_context(deps, snapshot, read_state(snapshot, address)))
    return meetings_page(deps, rows, [period_filter(rows.periods, rows.state, MEETING)])


def meetings_page(deps: Dependencies, rows: FrameContext, slots: list[Filter]) -> tuple[str, list[AnyPanel]]:
    """Title and panels from the store alone.

    Raises:
        StoreDownError: the meetings cannot be read.
    """
    held = meetings.list_meetings(deps.store)
    meeting_code = rows.state.meeting or (held[0].meeting_code if held and rows.state.view else "")
    at_place = next((n for n, m in enumerate(held) if m.meeting_code == meeting_code), None)
    chosen = None if at_place is None else held[at_place]
    earlier = held_before(deps, deps.today(), meeting_code)
    view = page.MeetingView(
        rows=rows,
        may_edit=Permission.MEETINGS_EDIT in deps.current_viewer().permissions,
        meetings=held,
        chosen=chosen,
        slides=meetings.agenda(deps.store, chosen.meeting_code) if chosen else [],
        decisions=meetings.decisions(deps.store, chosen.meeting_code) if chosen else [],
        earlier=earlier,
        earlier_decisions=meetings.decisions(deps.store, earlier.meeting_code) if earlier else [],
        today=deps.today(),
    )
    return page.document_title(view), page.panels(view, slots)


def write_meeting(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    """Carry out one of the page's forms; returns what to say."""
    action = text_field_of(request, "action")
    if action not in ACTIONS:
        raise RefusedError("no_transition")
    return text("form.saved", what=ACTIONS[action](deps, request, viewer))


def _create(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    held_on = date_field_of(request, "held_on")
    if held_on is None:
        raise RefusedError("bad_day")
    title = text_field_of(request, "title")
    snapshot_id = deps.warehouse.current().info.snapshot_id
    meetings.create_meeting(deps.store, viewer, title, held_on, snapshot_id, deps.now())
    return title


def _add(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    title = text_field_of(request, "title")
    meetings.add_slide(deps.store, viewer, text_field_of(request, "meeting_code"), _page_of(request), title, deps.now())
    return title


def _change(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    meetings.change_slide(
        deps.store,
        viewer,
        int_field_of(request, "slide_id"),
        deps.now(),
        note=text_field_of(request, "note"),
        minutes=int_field_of(request, "minutes"),
    )
    return text("meetings.slide")


def _shift(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    by = {"-1": -1, "1": 1, "0": 0}.get(text_field_of(request, "by"))
    if by is None:
        raise RefusedError("bad_number")
    meetings.shift_slide(deps.store, viewer, int_field_of(request, "slide_id"), by, deps.now())
    return text("meetings.slide")


def _decide(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    resolution = meetings.Resolution(
        _page_of(request),
        text_field_of(request, "subject"),
        text_field_of(request, "resolution"),
        text_field_of(request, "responsible_unit"),
        date_field_of(request, "due_on"),
    )
    meetings.add_decision(deps.store, viewer, text_field_of(request, "meeting_code"), deps.now(), resolution)
    return resolution.subject


def _progress(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    meetings.set_progress(
        deps.store,
        viewer,
        int_field_of(request, "decision_id"),
        int_field_of(request, "version"),
        text_field_of(request, "progress"),
        deps.now(),
    )
    return text("meetings.decision")


def _page_of(request: Request) -> str:
    address = pasted_address(text_field_of(request, "address"))
    path, _, search = (address or "").partition("?")
    if address is None or address_of(path, f"?{search}") is None:
        raise RefusedError("bad_address")
    return address


ACTIONS: dict[str, Callable[[Dependencies, Request, Viewer], str]] = {
    "create": _create,
    "add": _add,
    "change": _change,
    "shift": _shift,
    "decide": _decide,
    "progress": _progress,
}
