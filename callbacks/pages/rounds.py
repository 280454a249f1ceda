"""过程督导: show the state of the URL."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.catalogue.supervision_tables import InspectorKind, SupervisionLevel
from data.rows.context import InUnit, UnitContext
from data.store.engine import StoreDownError
from data.store.matter_lists import Asked, count_by_state
from data.store.visits import PLANNED, RECORDED, VISIT
from layouts.page import AnyPanel
from layouts.pages.rounds import page
from layouts.pages.rounds.rows import RoundsView
from layouts.routes import ROUNDS, Address
from queries import rounds
from queries.reader import Snapshot

FILTERS = ("period", "district", "basis")


def show_rounds(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    view = rounds_view(deps, snapshot, rows)
    return page.document_title(view), page.panels(view, filters(snapshot, rows, ROUNDS, FILTERS))


def rounds_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> RoundsView:
    """Visits and weak schools of a filter."""
    place = (rows.period.period, rows.state.basis)

    def is_in_view(row: InUnit) -> bool:
        return not rows.scope_name or row.district_code in rows.scoped_codes

    return RoundsView(
        rows,
        [c for c in rounds.coverage(snapshot, *place) if is_in_view(c)],
        [w for w in rounds.weak_schools(snapshot, *place) if is_in_view(w)],
        [w for w in rounds.weak_counts(snapshot, *place) if is_in_view(w)],
        [i for i in rounds.inspectors(snapshot, *place) if is_in_view(i)],
        sorted(deps.catalogue.rows(SupervisionLevel), key=lambda row: row.display_order),
        deps.catalogue.rows(InspectorKind),
        _visits_here(deps, snapshot, rows),
    )


def _visits_here(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> tuple[int, int]:
    """How many visits are to come and were recorded in the system; nothing while the store is down."""
    if rows.state.group:
        return 0, 0
    asked = Asked(VISIT, snapshot.scope, rows.state.district)
    try:
        counts = count_by_state(deps.store, asked)
    except StoreDownError:
        return 0, 0
    return counts.get(PLANNED, 0), counts.get(RECORDED, 0)
