"""Compose the application: settings, warehouse, pages. `gunicorn app:server` serves it."""

import gc
import ipaddress
import os

from dash_ag_grid import AgGrid  # pyright: ignore[reportMissingTypeStubs]  it comes without
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from callbacks.browser_files import add_browser_files
from callbacks.dependencies import Dependencies
from callbacks.files import export
from callbacks.pages import search
from callbacks.rendering import dispatch
from callbacks.rendering.app_layout import app_layout
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.rendering.prewarm import start_prewarming
from callbacks.web.accounts import add_accounts
from callbacks.web.error_pages import add_errors
from callbacks.web.health import add_health
from callbacks.web.login import add_login, add_logout
from callbacks.web.logs import add_access_log, write_json_lines
from callbacks.web.publication_news import add_publication
from callbacks.web.request_guard import callback_shapes, current_viewer, register_request_guard
from callbacks.web.single_sign_on import add_single_sign_on
from callbacks.web.static_files import register_headers, register_static_files, warm_up
from callbacks.writing import mutations
from callbacks.writing.evidence import add_evidence_routes
from callbacks.writing.plain_forms import add_plain_forms
from callbacks.writing.publishing import add_publishing, at_a_look
from callbacks.writing.returns import add_returns
from data.access import Permission
from data.catalogue.loader import load_catalogue
from data.clock import utc_now
from data.settings import Settings
from data.store.engine import open_store
from layouts.routes import ROUTES
from queries.warehouse import Warehouse

GARBAGE_THRESHOLD = 50_000  # a page makes some ten thousand small lists; collect between pages


def create_app(settings: Settings) -> ServerRenderedDash:
    """Build the Dash application for these settings.

    Raises:
        ValueError: the address is not loopback, and there is no login.
    """
    if not settings.has_login and not ipaddress.ip_address(settings.host).is_loopback:
        raise ValueError(f"{settings.host}: without login only loopback addresses are served")
    os.umask(0o077)
    deps = Dependencies(
        warehouse=Warehouse(
            settings.snapshots_folder, settings.reader_memory, settings.answers_memory, settings.pages_memory
        ),
        store=open_store(settings),
        catalogue=load_catalogue(),
        current_viewer=current_viewer,
        now=utc_now,
    )
    app = ServerRenderedDash(
        __name__,
        server=Flask(__name__, static_folder=None),  # pyright: ignore[reportArgumentType]
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
    app.deps = deps
    app.settings = settings
    write_json_lines()
    at_a_look(deps, settings)
    add_health(app.server, deps, settings)
    add_access_log(app.server)
    add_errors(app.server)
    register_request_guard(app.server, deps, settings)
    if settings.login == "local":
        add_login(app.server, deps, settings)
    if settings.login == "oidc":
        add_single_sign_on(app.server, deps, settings)
    if settings.has_login:
        add_logout(app.server, deps, settings)
        add_accounts(app.server, deps, settings)
    add_plain_forms(app.server, settings)
    add_returns(app.server, deps, settings)
    add_publishing(app.server, deps, settings)
    app.layout = app_layout
    dispatch.register(app, deps)
    search.register(app, deps)
    export.register(app, deps)
    mutations.register(app, deps)
    add_evidence_routes(app.server, deps)
    add_publication(app.server, deps, settings)
    app.server.config["CALLBACK_SHAPES"] = callback_shapes(app.callback_map)
    add_browser_files(app.server)
    register_static_files(app.server, settings.var_folder / "cache")
    register_headers(app.server, app.csp_hashes())
    asked_most = [r for r in ROUTES if not r.keys and r.needs is Permission.READ_FIGURES]
    warm_up(app.server, tuple(route.path for route in asked_most))
    if settings.prewarms_pages:
        start_prewarming(deps)
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
    return app


app = create_app(Settings())
server = app.server
__all__ = ["AgGrid", "app", "create_app", "server"]
