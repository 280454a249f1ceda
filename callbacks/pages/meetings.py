"""会议: show meetings and write what is asked about them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.pages.meeting_mode import ShowView, slides_on_desk
from callbacks.rendering.meeting_context import (
    chosen_meeting,
    courses_of,
    held_before,
    known_meeting,
    since_meeting,
    unit_names,
)
from callbacks.rendering.page_context import (
    load_frame_context,
    load_unit_context,
    period_filter,
    read_state,
    with_actor,
)
from callbacks.writing.form_fields import Done, Request, date_field_of, int_field_of, text_field_of
from data.access import Permission, Viewer
from data.catalogue.meeting_tables import AgendaTemplate
from data.local_address import pasted_address
from data.rows.context import FrameContext
from data.rows.plan import SinceMeeting
from data.store import agenda, meetings
from data.store.refusals import RefusedError
from data.text import text
from layouts.meeting.slide import Slide
from layouts.page import AnyPanel
from layouts.pages.meeting import page
from layouts.pages.meeting.rows import MeetingRecord, MeetingView
from layouts.parts.frame import Filter
from layouts.routes import MEETING, Address, address_of

UNIT_PLACE = "{district}"
"""What stands for the unit in the address of a template."""


def show_meetings(show_view: ShowView, deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state; the chosen meeting's slides as pictures."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    chosen = chosen_meeting(deps, state.meeting)
    rows = with_actor(deps, load_frame_context(deps, snapshot, state))
    as_chosen = replace(state, meeting=chosen.meeting_code if chosen else "")
    since = since_meeting(deps, load_unit_context(deps, snapshot, as_chosen.whole))
    slides = slides_on_desk(deps, show_view, chosen) if chosen else []
    return meetings_page(deps, rows, [period_filter(rows.periods, rows.state, MEETING)], slides, since)


def meetings_page(
    deps: Dependencies,
    rows: FrameContext,
    slots: list[Filter],
    slides: Sequence[Slide] = (),
    since: SinceMeeting | None = None,
) -> tuple[str, list[AnyPanel]]:
    """Title and panels from the store alone, and what was drawn of the chosen meeting.

    Raises:
        StoreDownError: the meetings cannot be read.
    """
    taken, lengths = meetings.decisions_by_meeting(deps.store), agenda.agenda_lengths(deps.store)
    records = [
        MeetingRecord(m, taken.get(m.meeting_code, []), lengths.get(m.meeting_code, 0))
        for m in meetings.list_meetings(deps.store)
    ]
    meeting = chosen_meeting(deps, rows.state.meeting)
    chosen = next((r for r in records if r.meeting == meeting), None)
    earlier = held_before(deps, deps.today(), meeting.meeting_code if meeting else "")
    is_over = chosen is not None and chosen.meeting.held_on < deps.today()
    followed = chosen if is_over else next((r for r in records if earlier and r.meeting == earlier), None)
    view = MeetingView(
        rows=rows,
        may_edit=Permission.MEETINGS_EDIT in deps.current_viewer().permissions,
        records=records,
        chosen=chosen,
        slides=slides,
        followed=followed,
        courses=courses_of(deps, followed.meeting, followed.decisions) if followed else {},
        since=since,
        templates=deps.catalogue.rows(AgendaTemplate),
        unit_names=unit_names(deps),
        today=deps.today(),
    )
    return page.document_title(view), page.panels(view, slots)


def write_meeting(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Carry out one of the page's forms; a new meeting is opened, and a view that was brought along is laid down."""
    action = text_field_of(request, "action")
    if action == "create":
        title, code = _create(deps, request, viewer)
        return Done(text("form.saved", what=title), opens=f"{MEETING.path}?meeting={code}")
    if action not in ACTIONS:
        raise RefusedError("no_transition")
    said = text("form.saved", what=ACTIONS[action](deps, request, viewer))
    return Done(
        said, opens=f"{MEETING.path}?meeting={text_field_of(request, 'meeting_code')}" if action == "add" else ""
    )


def _create(deps: Dependencies, request: Request, viewer: Viewer) -> tuple[str, str]:
    held_on = date_field_of(request, "held_on")
    if held_on is None:
        raise RefusedError("bad_day")
    title = text_field_of(request, "title")
    items = _items_of(deps, request, held_on)
    snapshot_id = deps.warehouse.current().info.snapshot_id
    code = meetings.create_meeting(deps.store, viewer, title, held_on, snapshot_id, deps.now())
    if items:
        agenda.add_items(deps.store, viewer, code, items, deps.now())
    return title, code


def _rename(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    held_on = date_field_of(request, "held_on")
    if held_on is None:
        raise RefusedError("bad_day")
    title, code = text_field_of(request, "title"), text_field_of(request, "meeting_code")
    version = int_field_of(request, "version")
    meetings.change_meeting(deps.store, viewer, code, version, deps.now(), title=title, held_on=held_on)
    return title


def _fill(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    code = text_field_of(request, "meeting_code")
    meeting = known_meeting(deps, code)
    items = _items_of(deps, request, meeting.held_on if meeting else deps.today())
    if not items:
        raise RefusedError("needs_template")
    agenda.add_items(deps.store, viewer, code, items, deps.now())
    return text("meetings.agenda_word")


def _items_of(deps: Dependencies, request: Request, held_on: date) -> list[agenda.AgendaItem]:
    """The items of the template that a form names: an office's, or those of the last meeting that has any.

    A meeting that is still to come is no last one.
    """
    template, district = text_field_of(request, "template"), text_field_of(request, "district")
    if template == "last":
        items = agenda.order_before(deps.store, min(held_on, deps.today()))
        if not items:
            raise RefusedError("no_last_order")
        return items
    rows = [t for t in deps.catalogue.rows(AgendaTemplate) if t.template_code == template]
    if any(UNIT_PLACE in t.address for t in rows) and district not in dict(unit_names(deps)):
        raise RefusedError("needs_unit")
    return [
        agenda.AgendaItem(t.address.replace(UNIT_PLACE, district), t.title, minutes=t.minutes)
        for t in sorted(rows, key=lambda t: t.position)
    ]


def _add(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    title = text_field_of(request, "title")
    code = text_field_of(request, "meeting_code")
    agenda.add_slide(deps.store, viewer, code, _page_of(request), title, deps.now())
    return title


def _change(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    item = agenda.AgendaItem(
        "/",
        text_field_of(request, "title"),
        text_field_of(request, "note"),
        int_field_of(request, "minutes"),
        text_field_of(request, "speaker"),
        text_field_of(request, "audience"),
    )
    agenda.change_slide(deps.store, viewer, int_field_of(request, "slide_id"), item, deps.now())
    return item.title


def _place(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    position = int_field_of(request, "position")
    agenda.place_slide(deps.store, viewer, int_field_of(request, "slide_id"), position, deps.now())
    return text("meetings.agenda_word")


def _drop(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    agenda.drop_slide(deps.store, viewer, int_field_of(request, "slide_id"), deps.now())
    return text("meetings.agenda_word")


def _decide(deps: Dependencies, request: Request, viewer: Viewer) -> str:
    district = text_field_of(request, "district")
    names = dict(unit_names(deps))
    if district and district not in names:
        raise RefusedError("needs_unit")
    resolution = meetings.Resolution(
        _page_of(request),
        text_field_of(request, "subject"),
        text_field_of(request, "resolution"),
        text_field_of(request, "responsible_unit") or names.get(district, ""),
        date_field_of(request, "due_on"),
        district,
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
    "add": _add,
    "rename": _rename,
    "fill": _fill,
    "change": _change,
    "place": _place,
    "drop": _drop,
    "decide": _decide,
    "progress": _progress,
}
