"""The index document: the page of the address is drawn into it, so data is there before scripts."""

import json
from collections.abc import Collection
from functools import partial
from html import escape

import dash
import flask
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from callbacks.dependencies import Dependencies
from callbacks.rendering.dash_contracts import ENTRY, RENDERER, index_parts
from callbacks.rendering.dispatch import NOT_ALLOWED, NOT_THERE, page_of
from callbacks.web.account_bar import signed_in_strip
from data.access import Permission
from data.settings import ROOT, Settings
from data.text import text
from layouts.assets import modules_address, style_address
from layouts.document import ICON, STYLE, old_browser_note
from layouts.markup import to_html
from layouts.page import static_page
from layouts.routes import ROUTES, Route, address_of

CHROME = "dash_bootstrap_components"
ON_DEMAND = {library for route in ROUTES for library in route.libraries} | {"dash_table", CHROME}
PLOTLY = "/assets/vendor/plotly-basic-4.1.1.min.js"

STATUSES = {NOT_THERE: 404, NOT_ALLOWED: 403}
"""A page that is not there or not allowed says so to programs too."""


class ServerRenderedDash(dash.Dash):
    """Dash whose index carries the first paint and only the scripts that the page needs."""

    deps: Dependencies
    settings: Settings
    callback_map: dict[str, dict[str, list[dict[str, str]]]]

    @classmethod
    def create(cls, deps: Dependencies, settings: Settings) -> "ServerRenderedDash":
        """The bare application behind as many proxies as are declared."""
        app = cls(
            "app",
            server=Flask("app", static_folder=None),  # pyright: ignore[reportArgumentType]
            assets_folder=str(ROOT / "assets"),
            assets_ignore=r".*\.json",
            assets_path_ignore=["vendor", "boot", "modules", "css"],
            suppress_callback_exceptions=True,
            update_title="",
            include_assets_files=True,
            enable_mcp=False,
        )
        if settings.proxy_hops:
            hops = settings.proxy_hops
            app.server.wsgi_app = ProxyFix(app.server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.deps, app.settings = deps, settings
        return app

    def interpolate_index(self, **parts: str) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill the index; parts are Dash's own (`scripts`, `config`, `css`, …)."""
        path, search = flask.request.path, flask.request.query_string.decode("utf-8", "replace")
        address = address_of(path, search)
        route = address.route if address else None
        name, title, panels = page_of(self.deps.for_viewer(), path, "?" + search if search else "")
        if name in STATUSES:
            flask.after_this_request(partial(_with_status, STATUSES[name]))
        body = static_page(name, panels)
        index = index_parts(parts)
        needs = {r.path: _scripts(r.libraries, index.scripts) for r in ROUTES if r.libraries}
        needs |= {"figure": [PLOTLY], "chrome": _scripts((CHROME,), index.scripts)}
        needed = [a for a in index.scripts if _is_needed(a, route)]
        strip = signed_in_strip(self.deps, self.settings)
        is_asking = Permission.READ_FIGURES in self.deps.current_viewer().permissions
        return INDEX.format(
            strip=to_html([old_browser_note(), *([strip] if strip else [])]),
            title=escape(title),
            css=index.css + STYLE.format(style_address()),
            body=body,
            entry=ENTRY,
            config=index.config,
            icon=ICON,
            start=START.format(RENDERER, f"{modules_address()}boot.js") if is_asking else NO_START.format(RENDERER),
            live="" if is_asking else ' class="live"',
            needs=json.dumps(needs),
            words=script_words(),
            scripts="".join(DEFERRED.format(address) for address in needed),
        )


def script_words() -> str:
    """What scripts say when the server says nothing; no word of it can end the element that holds it."""
    said = {
        "offline": text("state.offline"),
        "failed": text("state.in_short", title=text("state.failed"), words=text("state.failed_body")),
        "choose_panel": text("export.choose_panel"),
        "refused": text("form.refused", reason="{reason}"),
        "copied": text("app.copied"),
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _with_status(status: int, answer: flask.Response) -> flask.Response:
    answer.status_code = status
    return answer


DEFERRED = '<script type="text/deferred" src="{}"></script>'
START = '<script id="{}" type="module" src="{}"></script>'
NO_START = '<script id="{}"></script>'
"""For who may read no figures what is drawn is all: nothing is asked that would be refused."""
INDEX = """<!DOCTYPE html>
<html lang="zh-CN" translate="no"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="{icon}">{css}</head>
<body{live}>{strip}<div id="first-paint">{body}</div>{entry}
<footer>{config}<script type="application/json" id="page-scripts">{needs}</script>
<script type="application/json" id="page-words">{words}</script>
{scripts}{start}</footer>
</body></html>"""


def _scripts(libraries: Collection[str], addresses: list[str]) -> list[str]:
    """The scripts of packages that are not needed everywhere."""
    return [a for a in addresses if any(f"/{name}/" in a for name in libraries)]


def _is_needed(address: str, route: Route | None) -> bool:
    named = [library for library in ON_DEMAND if f"/{library}/" in address]
    return not named or (route is not None and named[0] in route.libraries)
