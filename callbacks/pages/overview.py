"""总览: show the state of the URL."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from layouts.page import AnyPanel
from layouts.pages.overview import page
from layouts.routes import OVERVIEW, Address

FILTERS = ("period", "stage", "indicator", "district", "basis")


def show_overview(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = load_unit_context(deps, snapshot, state)
    return page.document_title(rows), list(page.panels(rows, filters(snapshot, rows, OVERVIEW, FILTERS)))
