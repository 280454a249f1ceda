"""Registers the layout, the pages, the search and the files that are made of them."""

from callbacks.dependencies import Dependencies
from callbacks.files import export
from callbacks.pages import search
from callbacks.rendering import dispatch
from callbacks.rendering.app_layout import app_layout
from callbacks.rendering.index_document import ServerRenderedDash


def register_pages(app: ServerRenderedDash, deps: Dependencies) -> None:
    """What an address shows, and what it gives away as a file."""
    app.layout = app_layout
    dispatch.register(app, deps)
    search.register(app, deps)
    export.register(app, deps)
