"""The layout of the application: what stays on screen while pages come and go."""

from dash import dcc, html
from dash.development.base_component import Component

from data.text import text
from layouts.ids import ShellId
from layouts.markup import Markup, Updates, to_json
from layouts.search.results import search_box, search_results


def app_layout() -> Component:
    """The layout: the address, what is shown, and the place of the page."""
    return html.Div(
        [
            dcc.Location(id=ShellId.URL, refresh=False),
            dcc.Store(id=ShellId.SHOWN),
            html.Main(id=ShellId.PAGE),
            Updates(id=ShellId.UPDATES),
            dcc.Store(id=ShellId.SEARCH_TEXT),
            dcc.Store(id=ShellId.EXPORT),
            dcc.Store(id=ShellId.REQUEST),
            Markup("[]", id=ShellId.SAID),
            dcc.Download(id=ShellId.DOWNLOAD),
            html.Div(
                id="search",
                role="dialog",
                **{"aria-label": text("search.label")},  # pyright: ignore[reportArgumentType]
                children=[
                    Markup(to_json(search_box()), id=ShellId.SEARCH_BOX),
                    Markup(to_json(search_results((), "")), id=ShellId.SEARCH_RESULTS),
                ],
            ),
        ]
    )
