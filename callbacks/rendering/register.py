"""Registers the layout, the pages, the search and the files that are made of them."""

from callbacks.dependencies import Dependencies
from callbacks.files import export
from callbacks.pages import search
from callbacks.rendering import app_layout, dispatch
from callbacks.rendering.index_document import ServerRenderedDash


def register_pages(app: ServerRenderedDash, deps: Dependencies) -> None:
    """What an address shows, and what it gives away as a file."""
    app.layout = lambda: app_layout.app_layout(deps.current_viewer().permissions)
    app_layout.register(app)
    dispatch.register(app, deps)
    search.register(app, deps)
    export.register(app, deps)
