"""The index document: the page of the address is drawn into it, so data is there before scripts."""

import re
from typing import Any

import dash
import flask

from callbacks.dependencies import Dependencies
from callbacks.pages import page_of
from layouts.page import static_page
from layouts.routes import ROUTES, Route, route_of

ON_DEMAND = {library for route in ROUTES for library in route.libraries} | {
    "dash_table", "dash_bootstrap_components",
}  # fmt: skip
VENDORED = {"plotly": "/assets/vendor/plotly-basic-4.1.1.min.js"}
_SCRIPT = re.compile(r"<script[^>]*></script>")


class FirstPaintDash(dash.Dash):
    """Dash whose index carries the first paint and only the scripts that the page needs."""

    deps: Dependencies

    def interpolate_index(self, **parts: Any) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill the index; parts are Dash's own (`scripts`, `config`, `css`, …)."""
        path, search = flask.request.path, flask.request.query_string.decode("utf-8", "replace")
        route = route_of(path)
        name, title, panels = page_of(self.deps, path, "?" + search if search else "")
        body = static_page(name, panels)
        scripts = "".join(
            tag for tag in _SCRIPT.findall(parts["scripts"]) if _is_needed(tag, route)
        )
        vendored = "".join(
            f'<script src="{address}"></script>'
            for library, address in VENDORED.items()
            if route is not None and library in route.libraries
        )
        return INDEX.format(
            title=title, css=parts["css"], body=body, app_entry=parts["app_entry"],
            config=parts["config"], scripts=vendored + scripts, renderer=parts["renderer"],
            favicon=parts["favicon"],
        )  # fmt: skip


INDEX = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>{favicon}{css}</head>
<body><div id="first-paint">{body}</div>{app_entry}
<footer>{config}{scripts}{renderer}</footer></body></html>"""


def _is_needed(tag: str, route: Route | None) -> bool:
    named = [library for library in ON_DEMAND if f"/{library}/" in tag]
    return not named or (route is not None and named[0] in route.libraries)
