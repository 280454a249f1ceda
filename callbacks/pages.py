"""Which page an address shows; on the same page only the panels' values travel."""

from collections.abc import Callable
from typing import Any

import dash
from dash import dcc, html
from dash.dependencies import ClientsideFunction, Input, Output, State
from dash.development.base_component import Component

from callbacks.binding import bind
from callbacks.dependencies import Dependencies
from callbacks.league import show_league
from callbacks.overview import show_overview
from data.access import Permission
from data.text import text
from layouts.ids import ShellId
from layouts.page import AnyPanel, Panel, live_page
from layouts.parts.frame import action_link, header, notice
from layouts.routes import LEAGUE, OVERVIEW, route_of
from layouts.view_state import ViewState
from queries.reader import NoSnapshotError

SHOWS: dict[str, Callable[[Dependencies, str | None], tuple[str, list[AnyPanel]]]] = {
    OVERVIEW.page: show_overview,
    LEAGUE.page: show_league,
}
MESSAGE = "message"


def page_of(
    deps: Dependencies, path: str | None, search: str | None
) -> tuple[str, str, list[AnyPanel]]:
    """Name, title and panels of an address; a message page where there is nothing to show."""
    route = route_of(path)
    if route is None:
        return MESSAGE, text("state.not_found"), [_message(text("state.not_found"))]
    try:
        title, panels = SHOWS[route.page](deps, search)
    except NoSnapshotError:
        return MESSAGE, text("app.name"), [_message(text("state.no_snapshot"))]
    return route.page, title, panels


def _message(words: str) -> AnyPanel:
    body = notice(words, "", action_link(text("state.back"), OVERVIEW.path))
    return Panel(ShellId.MESSAGE, "head", [*header(OVERVIEW, ViewState()), body])


def show_page(
    deps: Dependencies, path: str | None, search: str | None, shown: dict[str, str] | None
) -> list[Any]:
    """The page's components, or only new values where the page is already on screen."""
    name, title, panels = page_of(deps, path, search)
    now = {"page": name, "title": title}
    if shown is not None and shown.get("page") == name:
        for panel in panels:
            dash.set_props(str(panel.identity), {panel.updated_property: panel.value()})
        return [dash.no_update, now]
    return [live_page(name, panels), now]


def frame() -> Component:
    """The layout: the address, what is shown, and the place of the page."""
    return html.Div([
        dcc.Location(id=ShellId.URL, refresh=False),
        dcc.Store(id=ShellId.SHOWN),
        html.Main(id=ShellId.PAGE),
    ])  # fmt: skip


def register(app: dash.Dash, deps: Dependencies) -> None:
    """Wire the address to the page."""
    bind(
        app, deps, show_page,
        outputs=[Output(ShellId.PAGE, "children"), Output(ShellId.SHOWN, "data")],
        inputs=[Input(ShellId.URL, "pathname"), Input(ShellId.URL, "search"),
                State(ShellId.SHOWN, "data")],
        needs=Permission.READ_FIGURES,
    )  # fmt: skip
    app.clientside_callback(
        ClientsideFunction("oversight", "setTitle"),
        Output(ShellId.URL, "hash"),
        Input(ShellId.SHOWN, "data"),
        prevent_initial_call=True,
    )
