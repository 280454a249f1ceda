"""区县对比: show the state of the URL."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.rows.context import UnitContext
from layouts.page import AnyPanel
from layouts.pages.league import page
from layouts.pages.league.rows import LeagueView
from layouts.routes import LEAGUE, Address
from queries.cv_history import worst_cv_by_unit, worst_cv_series
from queries.reader import Snapshot

FILTERS = ("period", "district", "basis", "grouping", "rank")


def show_league(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = load_unit_context(deps, snapshot, state)
    whole = rows if state == state.whole else load_unit_context(deps, snapshot, state.whole)
    view = _view(snapshot, rows, whole)
    return page.document_title(view), page.panels(view, filters(snapshot, rows, LEAGUE, FILTERS))


def _view(snapshot: Snapshot, rows: UnitContext, whole: UnitContext) -> LeagueView:
    ordered = sorted(rows.scoped, key=lambda u: rows.ranks[u.district_code].league_order)
    worst_cvs = worst_cv_by_unit(rows)
    return LeagueView(rows, whole, ordered, worst_cvs, worst_cv_series(snapshot, rows, worst_cvs))
