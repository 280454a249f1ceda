"""版本变化: the version that the address names, against the one in force."""

from callbacks.dependencies import Dependencies
from callbacks.view import filters, overview_rows, read_state
from data.catalogue.tables import District
from layouts.page import AnyPanel
from layouts.pages.changes import page
from layouts.routes import CHANGES, Address
from queries.changes import changes


def show_changes(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    earlier = deps.warehouse.current()
    later = (deps.newest or deps.warehouse).current()
    rows = overview_rows(deps, earlier, read_state(earlier, address))
    names = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    view = page.ChangesView(rows, earlier.info, later.info, changes(earlier, later), names)
    return page.document_title(), page.panels(view, filters(earlier, rows, CHANGES, ("period",)))
