"""会议模式: the slides of the filters in the address, whatever page they were started from."""

from callbacks.dependencies import Dependencies
from callbacks.district import district_view
from callbacks.ledger import ledger_view
from callbacks.plan import plan_view
from callbacks.rounds import rounds_view
from callbacks.view import filters, overview_rows, read_state
from data.text import text
from layouts.meeting.city import city_slides
from layouts.meeting.district import district_slides
from layouts.meeting.projector import projector
from layouts.meeting.slide import Slide
from layouts.page import AnyPanel
from layouts.pages.overview.rows import OverviewRows
from layouts.routes import Address
from queries.reader import Snapshot


def show_slides(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and the projected page."""
    snapshot = deps.warehouse.current()
    rows = overview_rows(deps, snapshot, read_state(snapshot, address))
    (district,) = filters(snapshot, rows, address.route, ("district",))
    title = " · ".join(w for w in (rows.scope_name, text("meeting.mode"), text("app.name")) if w)
    return title, projector(rows, address.route, slides_of(deps, snapshot, rows), district)


def slides_of(deps: Dependencies, snapshot: Snapshot, rows: OverviewRows) -> list[Slide]:
    """The default running order of a filter."""
    plan, ledger = plan_view(deps, snapshot, rows), ledger_view(deps, snapshot, rows)
    if rows.chosen is not None:
        return district_slides(district_view(snapshot, rows), plan, ledger)
    return city_slides(rows, plan, ledger, rounds_view(snapshot, rows))
