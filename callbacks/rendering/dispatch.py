"""Which page an address shows; on the same page only the panels' values travel."""

from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeGuard

import dash
from dash.dependencies import ClientsideFunction, Input, Output, State
from dash.development.base_component import Component

from callbacks.dependencies import Dependencies
from callbacks.pages.changes import show_changes
from callbacks.pages.cv import show_cv
from callbacks.pages.district import show_district
from callbacks.pages.funds import show_funds
from callbacks.pages.leads import show_leads
from callbacks.pages.league import show_league
from callbacks.pages.ledger import show_ledger
from callbacks.pages.library import show_library
from callbacks.pages.matrix import show_matrix
from callbacks.pages.meeting_mode import show_slides
from callbacks.pages.meetings import show_meetings
from callbacks.pages.method import show_method
from callbacks.pages.overview import show_overview
from callbacks.pages.plan import show_plan
from callbacks.pages.presenter import show_presenter
from callbacks.pages.proof import proof_panel
from callbacks.pages.rounds import show_rounds
from callbacks.pages.school import show_school
from callbacks.pages.tasks import show_tasks
from callbacks.pages.trend import show_trend
from callbacks.pages.warn import show_warn
from callbacks.rendering.binding import App, bind
from callbacks.rendering.fallbacks import PageRenderer, render_with_fallback
from callbacks.rendering.first_steps import MESSAGE, render_first_steps
from callbacks.rendering.page_context import NotFoundError, read_state
from callbacks.rendering.parent_scope import is_presented, is_projected, scoped_to_parent, show_parents
from callbacks.rendering.pinning import pinned
from data.access import Permission, Viewer
from data.atomic_files import DamagedFileError
from data.store.audit import audit_version
from data.store.engine import StoreDownError, empty_store
from data.store.task_promises import promises_version
from data.text import text
from data.view_state import ViewState
from layouts.ids import ShellId
from layouts.page import (
    AnyPanel,
    ComponentPanel,
    Panel,
    PermissionedPanel,
    SerializedPanel,
    live_page,
    serialize,
    serialize_for_permissions,
)
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
    TASKS,
    TREND,
    WARN,
    Address,
    CachePolicy,
    address_of,
    unpinned,
)
from queries.reader import NoSnapshotError, OutdatedSnapshotError, TooSlowError

RENDERERS: dict[str, PageRenderer] = {
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
    CHANGES.page: show_changes,
    METHOD.page: show_method,
    TREND.page: show_trend,
    TASKS.page: show_tasks,
}
Panels = Sequence[AnyPanel]
PARENTS = "parents"
PROJECTED = "projected"
NOT_THERE, NOT_ALLOWED = "not-there", "not-allowed"
MESSAGES = frozenset({MESSAGE, NOT_THERE, NOT_ALLOWED})
"""Names of pages that say why there is nothing to show."""


def page_of(deps: Dependencies, path: str | None, search: str | None) -> tuple[str, str, list[AnyPanel]]:
    """Name, title and panels of an address; a message page where there is nothing to show."""
    viewer = deps.current_viewer()
    name, title, panels = _resolve(deps, address_of(path, search), viewer)
    return name, title, [_allowed(panel, viewer.permissions) for panel in panels]


def _resolve(deps: Dependencies, address: Address | None, viewer: Viewer) -> tuple[str, str, Panels]:
    if address is None:
        return _message_page(text("state.not_found"), name=NOT_THERE)
    if address.route.needs not in viewer.permissions:
        explanation = text("state.not_allowed_body", role=viewer.role or viewer.name)
        return _message_page(text("state.not_allowed"), explanation, name=NOT_ALLOWED)
    return _render_safely(deps, address)


def _allowed(panel: AnyPanel, permissions: frozenset[Permission]) -> AnyPanel:
    """Head and drawer without links and buttons that the viewer may not use."""
    return panel.allowed(permissions) if _has_permissioned_links(panel) else panel


def _has_permissioned_links(panel: AnyPanel) -> TypeGuard[Panel]:
    return isinstance(panel, Panel) and panel.class_name.startswith(("head", "drawer"))


def _render_safely(deps: Dependencies, address: Address) -> tuple[str, str, Panels]:
    try:
        return _render_or_first_steps(deps, address)
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
        return _message_page(str(error), error.explanation, error.actions, name=NOT_THERE)


def _render_or_first_steps(deps: Dependencies, address: Address) -> tuple[str, str, Panels]:
    try:
        return _dispatch(pinned(deps, address), address)
    except NoSnapshotError:
        return render_first_steps(deps, address)


def _dispatch(deps: Dependencies, address: Address) -> tuple[str, str, Panels]:
    fewer = scoped_to_parent(deps, address)
    if fewer is None:
        return PARENTS, *render_with_fallback(deps, address, show_parents)
    if is_projected(address):
        show = show_presenter if is_presented(address) else show_slides
        return PROJECTED, *render_with_fallback(fewer, address, partial(show, deps, show_view))
    title, panels = _render(fewer, address)
    return address.route.page, title, [*panels, _proof(fewer, address)]


def _render(deps: Dependencies, address: Address) -> tuple[str, Panels]:
    """What the address shows; what depends on the snapshot and a known record is kept with it."""
    show, route = RENDERERS[address.route.page], address.route
    if deps.keeps_pages and route.cache is not CachePolicy.NONE:
        with suppress(StoreDownError):
            return _render_cached(deps, address, show)
    return render_with_fallback(deps, address, show)


def show_view(deps: Dependencies, address: Address) -> Panels:
    """The panels of an address, drawn with all that files need of them."""
    return _render(replace(deps, keeps_pages=False), address)[1]


RENDERERS[MEETING.page] = partial(show_meetings, show_view)


def _render_cached(deps: Dependencies, address: Address, show: PageRenderer) -> tuple[str, Panels]:
    """The page as it was drawn before, for the permissions of who is looking.

    The key is what the page reads of the address: other parameters make no new page, and one with
    words that say what was asked in vain is not kept.
    """
    snapshot, route = deps.warehouse.current(), address.route
    state, viewer = read_state(snapshot, address), deps.current_viewer()
    seen_by = viewer.permissions
    if state.problems:
        return render_with_fallback(deps, address, show, needs_store=True)
    when = (deps.today(), deps.catalogue.version)
    key: tuple[Hashable, ...] = (route.page, *address.values.values(), state.to_search(), *when)
    if route.cache is CachePolicy.RECORD:
        key = (*key, id(deps.store), audit_version(deps.store), seen_by, bool(viewer.account))
    if route.cache is CachePolicy.TASKS:
        key = (*key, id(deps.store), promises_version(deps.store))

    def draw() -> tuple[str, list[SerializedPanel | PermissionedPanel]]:
        title, panels = render_with_fallback(deps, address, show, needs_store=True)
        return title, [serialize_for_permissions(p) if _has_permissioned_links(p) else serialize(p) for p in panels]

    title, panels = snapshot.cached(key, draw)
    permitted = snapshot.cached(
        (*key, "for", seen_by), lambda: [p.allowed(seen_by) for p in panels if isinstance(p, PermissionedPanel)]
    )
    theirs = iter(permitted)
    return title, [next(theirs) if isinstance(p, PermissionedPanel) else p for p in panels]


def _proof(deps: Dependencies, address: Address) -> AnyPanel:
    try:
        return proof_panel(deps, address)
    except StoreDownError:
        return proof_panel(replace(deps, store=empty_store()), address)


def _message_page(
    title: str, explanation: str = "", actions: tuple[tuple[str, str], ...] = (), *, name: str = MESSAGE
) -> tuple[str, str, list[AnyPanel]]:
    links = actions or ((text("state.back"), OVERVIEW.path),)
    body = notice(title, explanation, *[action_link(label, href) for label, href in links], level=1)
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
        if isinstance(panel, ComponentPanel):
            _set(str(panel.identity), {panel.updated_property: panel.update_value()})
        else:
            trees[str(panel.identity)] = panel.update_value()
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
