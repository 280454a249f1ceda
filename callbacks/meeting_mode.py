"""会议模式: the slides of the filters in the address, whatever page they were started from."""

from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.district import district_view
from callbacks.ledger import ledger_view
from callbacks.plan import plan_view
from callbacks.rounds import rounds_view
from callbacks.view import filters, overview_rows, read_state
from data.access import Permission
from data.store.meetings import agenda, decisions, list_meetings
from data.text import text
from layouts.meeting.city import city_slides
from layouts.meeting.district import district_slides
from layouts.meeting.outcome import outcome_slide
from layouts.meeting.projector import projector
from layouts.meeting.slide import Slide
from layouts.page import AnyPanel
from layouts.pages.overview.rows import OverviewRows
from layouts.routes import Address, address_of
from queries.reader import Snapshot


def show_slides(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and the projected page."""
    snapshot = deps.warehouse.current()
    rows = overview_rows(deps, snapshot, read_state(snapshot, address))
    (district,) = filters(snapshot, rows, address.route, ("district",))
    title = " · ".join(w for w in (rows.scope_name, text("meeting.mode"), text("app.name")) if w)
    slides = agenda_slides(deps, snapshot, rows) or slides_of(deps, snapshot, rows)
    return title, projector(rows, address.route, slides, district)


def agenda_slides(deps: Dependencies, snapshot: Snapshot, rows: OverviewRows) -> list[Slide]:
    """The running order of the meeting that the address names; empty where it has none.

    It opens with what the meeting before decided and what became of it.
    """
    code = rows.state.meeting
    may_read = Permission.MEETINGS_READ in deps.current_viewer().permissions
    order = agenda(deps.store, code) if code and may_read else []
    if not order:
        return []
    slides = _outcome(deps, code)
    for entry in order:
        path, _, search = entry.address.partition("?")
        address = address_of(path, search)
        if address is None:
            continue
        own = overview_rows(deps, snapshot, read_state(snapshot, address))
        offered = slides_of(deps, snapshot, own)
        found = next((s for s in offered if s.page == address.route.page), offered[0])
        slides.append(replace(found, note=entry.note, minutes=entry.minutes))
    return slides


def _outcome(deps: Dependencies, code: str) -> list[Slide]:
    held = list_meetings(deps.store)
    at_place = next((n for n, m in enumerate(held) if m.meeting_code == code), len(held))
    if at_place + 1 >= len(held):
        return []
    taken = decisions(deps.store, held[at_place + 1].meeting_code)
    return [outcome_slide(held[at_place + 1], taken)] if taken else []


def slides_of(deps: Dependencies, snapshot: Snapshot, rows: OverviewRows) -> list[Slide]:
    """The default running order of a filter."""
    plan, ledger = plan_view(deps, snapshot, rows), ledger_view(deps, snapshot, rows)
    if rows.chosen is not None:
        return district_slides(district_view(snapshot, rows), plan, ledger)
    return city_slides(rows, plan, ledger, rounds_view(deps, snapshot, rows))
