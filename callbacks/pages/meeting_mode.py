"""会议模式: the view in the address as a slide, the default order of its place, or a meeting's running order."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.pages.district import district_view
from callbacks.pages.ledger import ledger_view
from callbacks.pages.plan import plan_view
from callbacks.pages.rounds import rounds_view
from callbacks.rendering.meeting_context import courses_of, held_before, known_meeting
from callbacks.rendering.page_context import NotFoundError, filters, load_unit_context, own_issues, read_state
from callbacks.rendering.parent_scope import scoped_to_parent
from callbacks.rendering.pinning import of_meeting
from data.access import Permission
from data.rows.context import UnitContext
from data.store.agenda import READERS, AgendaSlide, agenda
from data.store.audit import audit_version
from data.store.meetings import Meeting, decisions
from data.text import text
from data.view_state import LIVE, PRESENTER, ViewState
from layouts.meeting.city import city_slides
from layouts.meeting.district import district_slides
from layouts.meeting.outcome import outcome_slide
from layouts.meeting.projector import Ways, filter_words, projector
from layouts.meeting.slide import Slide
from layouts.meeting.view_slide import view_slide
from layouts.page import AnyPanel
from layouts.parts.version import version_name
from layouts.routes import DISTRICT, MEETING, OVERVIEW, Address, address_of, link
from queries.reader import OutdatedSnapshotError, Snapshot

ShowView = Callable[[Dependencies, Address], Sequence[AnyPanel]]
"""Draws the page of an address."""


def show_slides(
    whole: Dependencies, show_view: ShowView, deps: Dependencies, address: Address
) -> tuple[str, list[AnyPanel]]:
    """Document title and the projected page; `whole` are the dependencies before narrowing.

    Its links stay with the publication that is on screen, whatever is published meanwhile; the one
    that leaves goes on with it only where it is an earlier one, and to the desk, which is of today, without it. In a
    meeting a chosen place shows the slides of that place, until the running order is asked for again.
    """
    snapshot = deps.warehouse.current()
    shown = snapshot.info.snapshot_id
    in_force = (whole.newest or whole.warehouse).current().info.snapshot_id
    asked = read_state(snapshot, address)
    state = replace(asked, snapshot="" if asked.live else shown)
    rows = load_unit_context(deps, snapshot, state.whole)
    (district,) = filters(snapshot, replace(rows, state=state), address.route, ("district",))
    title = " · ".join(w for w in (rows.scope_name, text("meeting.mode"), text("app.name")) if w)
    slides = order_of(whole, show_view, deps, address)
    is_of_place = not any(slide.entry for slide in slides) and bool(agenda_of(deps, state.meeting))
    is_of_today = shown == in_force or address.route is MEETING
    rows = own_issues(deps, snapshot, rows)
    ways = Ways(
        left=link(address.route, state, mode="", slide="", live="", snapshot="" if is_of_today else shown),
        order=link(MEETING, state, district="", group="", slide="") if is_of_place else "",
        live=_other_figures(deps, address, state, is_old=shown != in_force),
        presenter=link(address.route, state, mode=PRESENTER),
    )
    return title, projector(replace(rows, state=state), address.route, slides, district, ways)


def _other_figures(deps: Dependencies, address: Address, state: ViewState, *, is_old: bool) -> str:
    """The same slides with the figures of now, or back with those of the meeting; empty where they are the same."""
    if state.live:
        meeting = known_meeting(deps, state.meeting)
        return link(address.route, state, live="", snapshot=meeting.snapshot_id if meeting else "")
    return link(address.route, state, live=LIVE, snapshot="") if is_old else ""


def order_of(whole: Dependencies, show_view: ShowView, deps: Dependencies, address: Address) -> list[Slide]:
    """The slides of an address: its meeting's order unless a place is chosen, else the view and its default order."""
    state = read_state(deps.warehouse.current(), address)
    has_place = address.route is MEETING and bool(state.district or state.group)
    order = [] if has_place else agenda_slides(replace(whole, store=deps.store), show_view, state.meeting)
    return order or slides_of_view(deps, show_view, address)


def agenda_of(deps: Dependencies, code: str) -> list[AgendaSlide]:
    """The items of a meeting's order that the viewer may see; one for those who prepare the meeting is theirs alone."""
    permissions = deps.current_viewer().permissions
    whole = agenda(deps.store, code) if code and Permission.MEETINGS_READ in permissions else []
    return [s for s in whole if s.audience == READERS or Permission.MEETINGS_EDIT in permissions]


def agenda_slides(deps: Dependencies, show_view: ShowView, code: str) -> list[Slide]:
    """The running order of a meeting, each entry with its own filters; empty where it has none.

    It opens with what the meeting before decided and what became of it.
    """
    order = agenda_of(deps, code)
    return [*_outcome(deps, code), *(_entry_slide(deps, show_view, entry, code) for entry in order)] if order else []


def slides_on_desk(deps: Dependencies, show_view: ShowView, meeting: Meeting) -> list[Slide]:
    """The running order of a meeting as its wall shows it; empty where its publication cannot be read any more."""
    with suppress(NotFoundError, OutdatedSnapshotError):
        frozen = of_meeting(deps, meeting)
        snapshot = frozen.warehouse.current()
        written = (audit_version(deps.store), id(deps.store), deps.today(), deps.catalogue.version)
        key = ("agenda", meeting.meeting_code, *written, deps.current_viewer().permissions)
        return snapshot.cached(key, lambda: agenda_slides(frozen, show_view, meeting.meeting_code))
    return []


def _entry_slide(deps: Dependencies, show_view: ShowView, entry: AgendaSlide, code: str) -> Slide:
    """The slide of an entry; one that says why, where the view is not there or not for who is looking."""
    path, _, search = entry.address.partition("?")
    address = address_of(path, search)
    fewer = scoped_to_parent(deps, address) if address else None
    if address is None or fewer is None or address.route.needs not in deps.current_viewer().permissions:
        slide = Slide("meeting", [("", entry.title)], text("meeting.view_closed"))
    else:
        try:
            slide = slide_of_view(fewer, show_view, _with(address, meeting=code))
        except NotFoundError as error:
            slide = Slide("meeting", [("", entry.title)], f"{error}{error.explanation}")
    own_title = "" if slide.title_words == entry.title else entry.title
    return replace(slide, own_title=own_title, speaking_note=entry.note, minutes=entry.minutes, entry=entry)


def _with(address: Address, **fixed: str) -> Address:
    """The address with other values, so that the links of its page keep them."""
    pairs = "&".join(f"{key}={value}" for key, value in fixed.items())
    return replace(address, search="&".join(part for part in (address.search.removeprefix("?"), pairs) if part))


def _outcome(deps: Dependencies, code: str) -> list[Slide]:
    earlier = held_before(deps, deps.today(), code)
    taken = decisions(deps.store, earlier.meeting_code) if earlier else []
    if earlier is None or not taken:
        return []
    return [outcome_slide(earlier, taken, courses_of(deps, earlier, taken))]


def slide_of_view(deps: Dependencies, show_view: ShowView, address: Address) -> Slide:
    """The slide of an address: the page's own where it shows units as they are judged, else the view as it is drawn."""
    return _own_slide(deps, deps.warehouse.current(), address) or _drawn_slide(deps, show_view, address)


def _drawn_slide(deps: Dependencies, show_view: ShowView, address: Address) -> Slide:
    shown = deps.warehouse.current().info.snapshot_id
    return view_slide(address.route, show_view(deps, _with(address, snapshot=shown)), version_name(shown))


def slides_of_view(deps: Dependencies, show_view: ShowView, address: Address) -> list[Slide]:
    """The default order of an address's place; the view itself stands first where the order has it not.

    A view that is not there, or not for who is looking, adds nothing.
    """
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    order = slides_of(deps, snapshot, load_unit_context(deps, snapshot, state.whole))
    is_in_order = any(slide.page == OWN.get(address.route.page) for slide in order)
    if state.is_plain and (is_in_order or address.route in (MEETING, OVERVIEW)):
        return order
    try:
        return [_drawn_slide(deps, show_view, address), *order]
    except NotFoundError:
        return order


def _own_slide(deps: Dependencies, snapshot: Snapshot, address: Address) -> Slide | None:
    """The slide that was made for a page, of the place and period in the address."""
    state = read_state(snapshot, address)
    if not state.is_plain or address.route.page not in OWN:
        return None
    slides = slides_of(deps, snapshot, load_unit_context(deps, snapshot, state))
    return next((slide for slide in slides if slide.page == OWN[address.route.page]), None)


OWN = {page: page for page in ("overview", "plan", "league", "warn", "rounds", "ledger")} | {
    DISTRICT.page: OVERVIEW.page
}
"""Pages whose sentence a slide was made for, and that slide's page."""


def slides_of(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> list[Slide]:
    """The default running order of a filter; `rows` are of both stages, as units are judged."""
    plan, ledger = plan_view(deps, snapshot, rows), ledger_view(deps, snapshot, rows)
    if rows.chosen is not None:
        slides = district_slides(district_view(deps, snapshot, rows), ledger)
    else:
        slides = city_slides(rows, plan, ledger, rounds_view(deps, snapshot, rows))
    place = rows.chosen.short_name if rows.chosen else rows.covered_name
    return [replace(slide, title=_placed(slide, place), footer=filter_words(rows)) for slide in slides]


def _placed(slide: Slide, place: str) -> Sequence[tuple[str, str]]:
    """The title, after the name of the place where it names none."""
    is_named = not place or place in slide.title_words
    return slide.title if is_named else [("", text("ledger.scope", name=place)), *slide.title]
