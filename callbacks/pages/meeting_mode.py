"""会议模式: the slides of the filters in the address, whatever page they were started from."""

from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.pages.district import district_view
from callbacks.pages.ledger import ledger_view
from callbacks.pages.plan import plan_view
from callbacks.pages.rounds import rounds_view
from callbacks.rendering.meeting_context import held_before
from callbacks.rendering.page_context import filters, load_unit_context, own_issues, read_state
from callbacks.rendering.parent_scope import scoped_to_parent
from data.access import Permission
from data.rows.context import UnitContext
from data.store.meetings import agenda, decisions
from data.text import text
from layouts.meeting.city import city_slides
from layouts.meeting.district import district_slides
from layouts.meeting.outcome import outcome_slide
from layouts.meeting.projector import projector
from layouts.meeting.slide import Slide
from layouts.page import AnyPanel
from layouts.routes import Address, address_of, link
from queries.reader import Snapshot


def show_slides(whole: Dependencies, deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and the projected page; `whole` are the dependencies before narrowing.

    Its links stay with the publication that is on screen, whatever is published meanwhile; the one
    that leaves goes on with it only where it is an earlier one.
    """
    snapshot = deps.warehouse.current()
    shown = snapshot.info.snapshot_id
    in_force = (whole.newest or whole.warehouse).current().info.snapshot_id
    state = replace(read_state(snapshot, address), snapshot=shown)
    rows = load_unit_context(deps, snapshot, state.whole)
    (district,) = filters(snapshot, replace(rows, state=state), address.route, ("district",))
    title = " · ".join(w for w in (rows.scope_name, text("meeting.mode"), text("app.name")) if w)
    order = agenda_slides(replace(whole, store=deps.store), rows.state.meeting)
    slides = order or slides_of(deps, snapshot, rows)
    rows = own_issues(deps, snapshot, rows)
    left = link(address.route, state, mode="", slide="", snapshot="" if shown == in_force else shown)
    return title, projector(rows, address.route, slides, district, left)


def agenda_slides(deps: Dependencies, code: str) -> list[Slide]:
    """The running order of a meeting, each entry for its own units; empty where it has none.

    It opens with what the meeting before decided and what became of it.
    """
    may_read = Permission.MEETINGS_READ in deps.current_viewer().permissions
    order = agenda(deps.store, code) if code and may_read else []
    if not order:
        return []
    slides = _outcome(deps, code)
    for entry in order:
        path, _, search = entry.address.partition("?")
        address = address_of(path, search)
        fewer = scoped_to_parent(deps, address) if address else None
        if address is None or fewer is None:
            continue
        snapshot = fewer.warehouse.current()
        context = load_unit_context(fewer, snapshot, read_state(snapshot, address).whole)
        offered = slides_of(fewer, snapshot, context)
        slide = next((s for s in offered if s.page == address.route.page), offered[0])
        slides.append(replace(slide, note=entry.note, minutes=entry.minutes))
    return slides


def _outcome(deps: Dependencies, code: str) -> list[Slide]:
    earlier = held_before(deps, deps.today(), code)
    taken = decisions(deps.store, earlier.meeting_code) if earlier else []
    return [outcome_slide(earlier, taken)] if earlier and taken else []


def slides_of(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> list[Slide]:
    """The default running order of a filter; `rows` are of both stages, as units are judged."""
    plan, ledger = plan_view(deps, snapshot, rows), ledger_view(deps, snapshot, rows)
    if rows.chosen is not None:
        return district_slides(district_view(deps, snapshot, rows), ledger)
    return city_slides(rows, plan, ledger, rounds_view(deps, snapshot, rows))
