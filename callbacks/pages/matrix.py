"""指标矩阵: show the state of the URL; a chosen district shows its schools."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.catalogue.tables import Threshold
from layouts.page import AnyPanel
from layouts.pages.matrix import page
from layouts.pages.matrix.heatmap_rows import HeatmapView
from layouts.pages.matrix.rows import MatrixView
from layouts.routes import MATRIX, Address
from queries import district, matrix

FILTERS = ("period", "stage", "district", "basis")


def show_matrix(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = load_unit_context(deps, snapshot, state)
    bar = filters(snapshot, rows, MATRIX, FILTERS)
    period = rows.period.period
    if rows.chosen is not None:
        sections = district.sections(snapshot, period, state.basis, state.district)
        view = HeatmapView(
            rows,
            rows.chosen,
            [s for s in sections if state.stage in ("both", s.stage)],
            [
                t
                for t in deps.catalogue.in_force(Threshold, rows.period.snapshot_date)
                if state.stage in ("both", t.stage)
            ],
        )
        return page.document_title(rows), page.district_panels(view, bar)
    cells = matrix.cells(snapshot, period, state.basis)
    items = [i for i in matrix.items(snapshot, period) if i.dimension != "prerequisite"]
    city = MatrixView(rows, items, {(c.district_code, c.item_code): c for c in cells})
    return page.document_title(rows), page.city_panels(city, bar)
