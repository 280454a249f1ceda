"""Compose the application: settings, warehouse, pages. `gunicorn app:server` serves it."""

import gc
import ipaddress
import os

from dash_ag_grid import AgGrid  # pyright: ignore[reportMissingTypeStubs]  it comes without

from callbacks.dependencies import Dependencies, catalogue_of_request
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.rendering.prewarm import start_prewarming
from callbacks.rendering.register import register_pages
from callbacks.web.register import register_door, register_responses
from callbacks.web.request_guard import current_viewer
from callbacks.writing.publishing import at_a_look
from callbacks.writing.register import register_writing
from data.catalogue.access_tables import Role
from data.catalogue.loader import catalogue_in_use, folder_of
from data.clock import utc_now
from data.settings import Settings
from data.store.catalogue_change import write_released
from data.store.engine import open_store
from queries.warehouse import Warehouse

GARBAGE_THRESHOLD = 50_000  # a page makes some ten thousand small lists; collect between pages


def create_app(settings: Settings) -> ServerRenderedDash:
    """Build the Dash application for these settings.

    Raises:
        ValueError: the address is not loopback, and there is no login; or a role that is none must have a
            second factor.
    """
    if not settings.has_login and not ipaddress.ip_address(settings.host).is_loopback:
        raise ValueError(f"{settings.host}: without login only loopback addresses are served")
    os.umask(0o077)
    warehouse = Warehouse(
        settings.snapshots_folder, settings.reader_memory, settings.answers_memory, settings.pages_memory
    )
    store = open_store(settings)
    write_released(store, settings.overlay_file)
    in_use = catalogue_in_use(folder_of(settings), settings.overlay_file)
    unknown = settings.demanding_roles - {r.role_code for r in in_use.current().rows(Role)}
    if unknown:
        raise ValueError(f"OVERSIGHT_SECOND_FACTOR_ROLES names no roles: {', '.join(sorted(unknown))}")
    deps = Dependencies(warehouse, store, catalogue_of_request(in_use), current_viewer, utc_now)
    app = ServerRenderedDash.create(deps, settings)
    at_a_look(deps, settings)
    register_door(app, deps, settings)
    register_writing(app, deps, settings)
    register_pages(app, deps)
    register_responses(app, deps, settings)
    if settings.prewarms_pages:
        start_prewarming(deps)
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
    return app


app = create_app(Settings())
server = app.server
__all__ = ["AgGrid", "app", "create_app", "server"]
