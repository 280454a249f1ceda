"""政策与研究: show the documents."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import load_frame_context, period_filter, read_state
from layouts.page import AnyPanel
from layouts.pages.library import page
from layouts.routes import LIBRARY, Address
from queries import library


def show_library(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels."""
    snapshot = deps.warehouse.current()
    rows = load_frame_context(deps, snapshot, read_state(snapshot, address))
    slots = [period_filter(rows.periods, rows.state, LIBRARY)]
    return page.document_title(), page.panels(rows, library.documents(snapshot), slots)
