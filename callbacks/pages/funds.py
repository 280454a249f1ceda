"""经费与激励: show the state of the URL."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from layouts.page import AnyPanel
from layouts.pages.funds import page
from layouts.routes import FUNDS, Address
from queries import funds

FILTERS = ("period", "district")


def show_funds(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state; former units count for the city as a whole."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    payments = funds.payments(snapshot, rows.period.period)
    if rows.state.district or rows.state.group:
        payments = tuple(p for p in payments if p.district_code in rows.scoped_codes)
    slots = filters(snapshot, rows, FUNDS, FILTERS)
    return page.document_title(rows), page.panels(rows, payments, slots)
