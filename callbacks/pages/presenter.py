"""主持人视图: the running order as its presenter sees it, in a window beside the wall's."""

from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.pages.meeting_mode import ShowView, order_of
from callbacks.rendering.meeting_context import courses_of, held_before, known_meeting, unit_names
from callbacks.rendering.page_context import load_unit_context, own_issues, read_state, with_actor
from data.access import Permission
from data.store.meetings import decisions
from data.text import text
from layouts.meeting.presenter import PresenterView, presenter
from layouts.meeting.projector import shown_number
from layouts.page import AnyPanel
from layouts.pages.meeting.rows import MeetingRecord
from layouts.routes import Address, link


def show_presenter(
    whole: Dependencies, show_view: ShowView, deps: Dependencies, address: Address
) -> tuple[str, list[AnyPanel]]:
    """Document title and the presenter's panel; `whole` are the dependencies before narrowing."""
    snapshot = deps.warehouse.current()
    state = replace(read_state(snapshot, address), snapshot=snapshot.info.snapshot_id)
    rows = own_issues(deps, snapshot, with_actor(deps, load_unit_context(deps, snapshot, state.whole)))
    slides = order_of(whole, show_view, deps, address)
    meeting = known_meeting(deps, state.meeting)
    earlier = held_before(deps, deps.today(), state.meeting) if meeting else None
    taken = decisions(deps.store, earlier.meeting_code) if earlier else []
    view = PresenterView(
        rows=replace(rows, state=state),
        slides=slides,
        shown=shown_number(replace(rows, state=state), address.route, slides),
        meeting=meeting,
        followed=MeetingRecord(earlier, taken, 0) if earlier and taken else None,
        courses=courses_of(deps, earlier, taken) if earlier else {},
        unit_names=unit_names(deps),
        may_edit=Permission.MEETINGS_EDIT in deps.current_viewer().permissions,
        left=link(address.route, state, mode="", slide="", snapshot=""),
    )
    return f"{text('presenter.title')} · {text('app.name')}", presenter(view)
