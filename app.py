"""Compose the application: settings, warehouse, pages. `gunicorn app:server` serves it."""

import ipaddress

from dash_ag_grid import AgGrid
from flask import Flask

from callbacks import pages
from callbacks.dependencies import Dependencies
from callbacks.first_paint import FirstPaintDash
from callbacks.serving import add_serving
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from queries.reader import Warehouse


def create_app(settings: Settings) -> FirstPaintDash:
    """Build the Dash application for these settings.

    Raises:
        ValueError: the address is not loopback; there is no login yet.
    """
    if not ipaddress.ip_address(settings.host).is_loopback:
        raise ValueError(f"{settings.host}: without login only loopback addresses are served")
    deps = Dependencies(
        warehouse=Warehouse(settings.snapshots_folder, settings.reader_memory),
        catalogue=load_catalogue(),
        current_viewer=lambda: LOCAL_VIEWER,
    )
    app = FirstPaintDash(
        __name__,
        server=Flask(__name__),  # pyright: ignore[reportArgumentType]
        assets_ignore=r"vendor/.*|.*\.json",
        suppress_callback_exceptions=True,
        update_title="",
        include_assets_files=True,
    )
    app.deps = deps
    app.layout = pages.frame
    pages.register(app, deps)
    add_serving(app.server)
    app.server.test_client().get("/_dash-layout")
    return app


app = create_app(Settings())
server = app.server
__all__ = ["AgGrid", "app", "create_app", "server"]
