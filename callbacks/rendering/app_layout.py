"""The layout of the application: what stays on screen while pages come and go."""

from collections.abc import Collection

from dash import dcc, html
from dash.dependencies import ClientsideFunction, Input, Output, State
from dash.development.base_component import Component

from callbacks.rendering.binding import App
from layouts.chrome.dialogs import help_dialog, search_dialog
from layouts.ids import ShellId
from layouts.markup import OnDemand, Updates


def app_layout(permissions: Collection[str]) -> Component:
    """The layout: the address, what is shown, the place of the page, and the chrome above it."""
    return html.Div(
        [
            dcc.Location(id=ShellId.URL, refresh=False),
            dcc.Store(id=ShellId.SHOWN),
            html.Main(id=ShellId.PAGE),
            Updates(id=ShellId.UPDATES),
            dcc.Store(id=ShellId.SEARCH_TEXT),
            dcc.Store(id=ShellId.EXPORT),
            dcc.Store(id=ShellId.REQUEST),
            dcc.Store(id=ShellId.ANSWER),
            dcc.Store(id=ShellId.DRAFTS, storage_type="session"),
            html.Div(id=ShellId.SAID),
            dcc.Download(id=ShellId.DOWNLOAD),
            OnDemand(ShellId.CHROME, [search_dialog(), help_dialog(permissions)]),
        ]
    )


def register(app: App) -> None:
    """When the chrome comes, what closes a dialog, what forms are answered, and what was typed into them."""
    app.clientside_callback(
        ClientsideFunction("oversight", "sayAnswer"),
        Output(ShellId.SAID, "children"),
        Input(ShellId.ANSWER, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("oversight", "recall"),
        Output(ShellId.DRAFTS, "clear_data"),
        Input(ShellId.DRAFTS, "modified_timestamp"),
        State(ShellId.DRAFTS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("oversight", "showContent"),
        Output(ShellId.CHROME, "children"),
        Input(ShellId.CHROME, "is_here"),
        State(ShellId.CHROME, "content"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("oversight", "close"),
        Output(ShellId.HELP, "is_open"),
        Input(ShellId.HELP_CLOSE, "n_clicks"),
        prevent_initial_call=True,
    )
