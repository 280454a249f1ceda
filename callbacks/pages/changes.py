"""版本变化: the version that the address names, against the one in force."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import load_frame_context, period_filter, read_state
from data.catalogue.tables import District
from layouts.page import AnyPanel
from layouts.pages.changes import page
from layouts.routes import CHANGES, Address
from queries import common_dimensions
from queries.changes import changes


def show_changes(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    earlier = deps.warehouse.current()
    later = (deps.newest or deps.warehouse).current()
    rows = load_frame_context(deps, earlier, read_state(earlier, address))
    names = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    indicators = {i.indicator_code: i.short_name for i in common_dimensions.indicators(earlier, rows.period.period)}
    here = common_dimensions.units(earlier, rows.period.period, rows.state.basis)
    place = here[0].group_name if earlier.is_of_parent and here else ""
    view = page.ChangesView(rows, earlier.info, later.info, changes(earlier, later), names, indicators, place)
    return page.document_title(), page.panels(view, [period_filter(rows.periods, rows.state, CHANGES)])
