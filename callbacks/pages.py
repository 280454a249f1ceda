"""Which page an address shows; on the same page only the panels' values travel."""

from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeGuard
from urllib.parse import parse_qsl

import dash
from dash.dependencies import ClientsideFunction, Input, Output, State
from dash.development.base_component import Component

from callbacks.beginning import MESSAGE, begun
from callbacks.binding import App, bind
from callbacks.changes import show_changes
from callbacks.cv import show_cv
from callbacks.degraded import Show, drawn
from callbacks.dependencies import Dependencies
from callbacks.district import show_district
from callbacks.funds import show_funds
from callbacks.leads import show_leads
from callbacks.league import show_league
from callbacks.ledger import show_ledger
from callbacks.library import show_library
from callbacks.matrix import show_matrix
from callbacks.meeting_mode import show_slides
from callbacks.meetings import show_meetings
from callbacks.method import show_method
from callbacks.narrowing import is_projected, narrowed, show_parents
from callbacks.overview import show_overview
from callbacks.page_context import NotFoundError, read_state
from callbacks.plan import show_plan
from callbacks.proof import proof_panel
from callbacks.rounds import show_rounds
from callbacks.school import show_school
from callbacks.since_meeting import known_meeting
from callbacks.trend import show_trend
from callbacks.warn import show_warn
from data.access import Permission, Viewer
from data.durable import DamagedFileError
from data.store.audit import state_of
from data.store.engine import StoreDownError, empty_store
from data.text import text
from data.view_state import ViewState
from layouts.ids import ShellId
from layouts.page import AnyPanel, Custom, Panel, Printed, Shared, live_page, printed, shared
from layouts.parts.frame import action_link, header, notice
from layouts.routes import (
    CHANGES,
    CV,
    DISTRICT,
    FUNDS,
    LEADS,
    LEAGUE,
    LEDGER,
    LIBRARY,
    MATRIX,
    MEETING,
    METHOD,
    OVERVIEW,
    PLAN,
    ROUNDS,
    SCHOOL,
    TREND,
    WARN,
    Address,
    address_of,
    unpinned,
)
from queries.reader import NoSnapshotError, OutdatedSnapshotError, TooSlowError

SHOWS: dict[str, Show] = {
    OVERVIEW.page: show_overview,
    PLAN.page: show_plan,
    LEAGUE.page: show_league,
    MATRIX.page: show_matrix,
    DISTRICT.page: show_district,
    SCHOOL.page: show_school,
    CV.page: show_cv,
    ROUNDS.page: show_rounds,
    WARN.page: show_warn,
    LEDGER.page: show_ledger,
    FUNDS.page: show_funds,
    LIBRARY.page: show_library,
    LEADS.page: show_leads,
    MEETING.page: show_meetings,
    CHANGES.page: show_changes,
    METHOD.page: show_method,
    TREND.page: show_trend,
}
Drawn = Sequence[AnyPanel]
PARENTS = "parents"
PROJECTED = "projected"
NOT_THERE, NOT_ALLOWED = "not-there", "not-allowed"
MESSAGES = frozenset({MESSAGE, NOT_THERE, NOT_ALLOWED})
"""Names of pages that say why there is nothing to show."""


def page_of(deps: Dependencies, path: str | None, search: str | None) -> tuple[str, str, list[AnyPanel]]:
    """Name, title and panels of an address; a message page where there is nothing to show."""
    viewer = deps.current_viewer()
    name, title, panels = _asked(deps, address_of(path, search), viewer)
    return name, title, [_allowed(panel, viewer.permissions) for panel in panels]


def _asked(deps: Dependencies, address: Address | None, viewer: Viewer) -> tuple[str, str, Drawn]:
    if address is None:
        return _message_page(text("state.not_found"), name=NOT_THERE)
    if address.route.needs not in viewer.permissions:
        words = text("state.not_allowed_body", role=viewer.role or viewer.name)
        return _message_page(text("state.not_allowed"), words, name=NOT_ALLOWED)
    return _drawn(deps, address)


def _allowed(panel: AnyPanel, permissions: frozenset[Permission]) -> AnyPanel:
    """Head and drawer without links and buttons that the viewer may not use."""
    return panel.allowed(permissions) if _is_bounded(panel) else panel


def _is_bounded(panel: AnyPanel) -> TypeGuard[Panel]:
    return isinstance(panel, Panel) and panel.class_name.startswith(("head", "drawer"))


def _drawn(deps: Dependencies, address: Address) -> tuple[str, str, Drawn]:
    try:
        return _shown_or_begun(deps, address)
    except DamagedFileError:
        return _message_page(text("state.damaged"), text("state.damaged_body"))
    except StoreDownError:
        return _message_page(text("state.store_down"), text("state.store_down_body"))
    except TooSlowError:
        return _message_page(text("state.too_slow"), text("state.too_slow_body"))
    except OutdatedSnapshotError:
        actions = ((text("state.see_newest"), now),) if (now := unpinned(address)) else ()
        return _message_page(text("state.outdated"), text("state.outdated_body"), actions)
    except NotFoundError as error:
        return _message_page(str(error), error.words, error.actions, name=NOT_THERE)


def _shown_or_begun(deps: Dependencies, address: Address) -> tuple[str, str, Drawn]:
    try:
        return _shown(pinned(deps, address), address)
    except NoSnapshotError:
        return begun(deps, address)


def _shown(deps: Dependencies, address: Address) -> tuple[str, str, Drawn]:
    fewer = narrowed(deps, address)
    if fewer is None:
        return PARENTS, *drawn(deps, address, show_parents)
    if is_projected(address):
        return PROJECTED, *drawn(fewer, address, partial(show_slides, deps))
    title, panels = _page(fewer, address)
    return address.route.page, title, [*panels, _proof(fewer, address)]


def _page(deps: Dependencies, address: Address) -> tuple[str, Drawn]:
    """What the address shows; what depends on the snapshot and a known record is kept with it."""
    show, route = SHOWS[address.route.page], address.route
    if deps.keeps_pages and (route.of_snapshot or route.of_record):
        with suppress(StoreDownError):
            return _kept(deps, address, show)
    return drawn(deps, address, show)


def _kept(deps: Dependencies, address: Address, show: Show) -> tuple[str, Drawn]:
    """The page as it was drawn before, for the permissions of who is looking.

    The key is what the page reads of the address: other parameters make no new page, and one with
    words that say what was asked in vain is not kept.
    """
    snapshot, route = deps.warehouse.current(), address.route
    state, viewer = read_state(snapshot, address), deps.current_viewer()
    seen_by = viewer.permissions
    if state.problems:
        return drawn(deps, address, show, needs_store=True)
    key: tuple[Hashable, ...] = (route.page, *address.values.values(), state.to_search(), deps.today())
    if route.of_record:
        key = (*key, id(deps.store), state_of(deps.store), seen_by, bool(viewer.account))

    def draw() -> tuple[str, list[Printed | Shared]]:
        title, panels = drawn(deps, address, show, needs_store=True)
        return title, [shared(p) if _is_bounded(p) else printed(p) for p in panels]

    title, panels = snapshot.remembered(key, draw)
    own = snapshot.remembered(
        (*key, "for", seen_by), lambda: [p.allowed(seen_by) for p in panels if isinstance(p, Shared)]
    )
    theirs = iter(own)
    return title, [next(theirs) if isinstance(p, Shared) else p for p in panels]


def _proof(deps: Dependencies, address: Address) -> AnyPanel:
    try:
        return proof_panel(deps, address)
    except StoreDownError:
        return proof_panel(replace(deps, store=empty_store()), address)


def pinned(deps: Dependencies, address: Address) -> Dependencies:
    """The dependencies with the snapshot that an address names, on the day of its meeting if any.

    Raises:
        NotFoundError: there is no such publication.
    """
    asked = dict(parse_qsl(address.search.removeprefix("?")))
    wanted = asked.get("snapshot", "")
    if not wanted:
        return deps
    warehouse = deps.warehouse.pinned(wanted)
    if warehouse is None:
        raise NotFoundError(text("meeting.no_snapshot", snapshot=wanted[:40]))
    meeting = known_meeting(deps, asked.get("meeting", ""))
    return replace(deps, warehouse=warehouse, newest=deps.warehouse, meeting_day=meeting.held_on if meeting else None)


def _message_page(
    title: str, words: str = "", actions: tuple[tuple[str, str], ...] = (), *, name: str = MESSAGE
) -> tuple[str, str, list[AnyPanel]]:
    links = actions or ((text("state.back"), OVERVIEW.path),)
    body = notice(title, words, *[action_link(label, href) for label, href in links], level=1)
    panel = Panel(ShellId.MESSAGE, "head", [*header(OVERVIEW, ViewState()), body])
    return name, title, [panel]


def show_page(
    deps: Dependencies, path: str | None, search: str | None, shown: dict[str, str] | None
) -> list[Component | dash.NoUpdate | dict[str, str]]:
    """The page's components, or only new values where the page is already on screen."""
    snapshot_id = _in_force(deps)  # before it is drawn: what comes meanwhile is news
    name, title, panels = page_of(deps, path, search)
    now = {"page": name, "title": title, "snapshot": snapshot_id}
    if shown is not None and shown.get("page") == name:
        send_updates(panels)
        return [dash.no_update, now]
    return [live_page(name, panels), now]


def _in_force(deps: Dependencies) -> str:
    with suppress(NoSnapshotError):
        return deps.warehouse.current().info.snapshot_id
    return ""


def send_updates(panels: Sequence[AnyPanel]) -> None:
    """New values for the panels on screen: all trees at once, since each hand-over costs time."""
    trees: dict[str, str] = {}
    for panel in panels:
        if isinstance(panel, Custom):
            _set(str(panel.identity), {panel.updated_property: panel.value()})
        else:
            trees[str(panel.identity)] = panel.value()
    _set(ShellId.UPDATES, {"trees": trees})


def _set(identity: str, values: dict[str, object]) -> None:
    dash.set_props(identity, values)  # pyright: ignore[reportUnknownMemberType]  a bare dict there


def register(app: App, deps: Dependencies) -> None:
    """Wire the address to the page."""
    bind(
        app,
        deps,
        show_page,
        outputs=[Output(ShellId.PAGE, "children"), Output(ShellId.SHOWN, "data")],
        inputs=[Input(ShellId.URL, "pathname"), Input(ShellId.URL, "search"), State(ShellId.SHOWN, "data")],
        needs=Permission.READ_FIGURES,
    )
    app.clientside_callback(
        ClientsideFunction("oversight", "setTitle"),
        Output(ShellId.URL, "hash"),
        Input(ShellId.SHOWN, "data"),
        prevent_initial_call=True,
    )
