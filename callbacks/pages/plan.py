"""规划进度: show the state of the URL."""

from callbacks.dependencies import Dependencies
from callbacks.pages.task_coverage import covered_by_tasks
from callbacks.rendering.meeting_context import since_meeting, why_no_meeting
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.rows.context import UnitContext
from layouts.page import AnyPanel
from layouts.pages.plan import page
from layouts.pages.plan.rows import PlanView
from layouts.routes import PLAN, Address
from queries import plan
from queries.reader import Snapshot
from queries.unit_pace import unmet_items, urgent_paces

FILTERS = ("period", "district", "basis")


def show_plan(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = load_unit_context(deps, snapshot, state)
    view = plan_view(deps, snapshot, rows)
    return page.document_title(view), page.panels(view, filters(snapshot, rows, PLAN, FILTERS))


def plan_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> PlanView:
    """Targets and forecasts of a filter."""
    items = unmet_items(snapshot, rows, rows.chosen) if rows.chosen is not None else []
    passive = None
    if rows.chosen is not None and rows.chosen.progress != "met":
        place = (rows.period.period, rows.state.basis, rows.chosen.district_code)
        passive = plan.passive_closings(snapshot, *place)
    paces, unknown_paces = urgent_paces(snapshot, rows)
    return PlanView(
        rows,
        paces,
        unknown_paces,
        plan.forecast_check(snapshot, rows.period.period),
        since_meeting(deps, rows),
        items,
        passive,
        why_no_meeting(deps, rows),
        covered_by_tasks(deps, snapshot, rows, [u for u in rows.scoped if u.is_reported]),
    )
