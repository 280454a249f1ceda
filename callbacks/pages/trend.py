"""趋势: show the state of the URL."""

from collections.abc import Sequence
from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.rows.context import UnitContext, largest_first
from data.rows.trend import MeasureRow
from data.view_state import STAGES, VERDICT
from layouts.page import AnyPanel
from layouts.pages.trend import page
from layouts.pages.trend.rows import Change, TrendView, measure_of
from layouts.routes import TREND, Address
from queries import causes, common_dimensions, trend
from queries.reader import Snapshot

FILTERS = ("period", "stage", "indicator", "district", "basis")
MEASURES = ("mean", "cv")


def show_trend(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state; without a choice, the worst CV in view."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = load_unit_context(deps, snapshot, state)
    stage, code, worst = _place(rows)
    rows = replace(rows, state=state.with_changes(stage=stage, indicator=code))
    measures = trend.measures(snapshot, state.basis, stage, code)
    explained = state.district or worst
    view = TrendView(
        rows=rows,
        stage=stage,
        indicator=next(i for i in rows.indicators if i.indicator_code == code),
        measures=measures,
        explained=explained,
        changes=_changes(snapshot, rows, measures, explained) if explained else (),
        directions={
            d.district_code: d.course
            for d in trend.directions(snapshot, rows.period.period, state.basis, measure_of(state), (stage, code))
        },
    )
    return page.document_title(view), page.panels(view, filters(snapshot, rows, TREND, FILTERS))


def _place(rows: UnitContext) -> tuple[str, str, str]:
    """Stage and indicator as chosen, otherwise those of the largest CV of the filter's units; and whose that is."""
    candidates = largest_first(c for c in rows.cvs_in_view if c.district_code in rows.scoped_codes)
    if candidates:
        return candidates[0].stage, candidates[0].indicator_code, candidates[0].district_code
    stage = STAGES[1] if rows.state.stage == STAGES[0] else rows.state.stage
    chosen = rows.state.indicator
    return stage, rows.indicators[0].indicator_code if chosen == VERDICT else chosen, ""


def _changes(snapshot: Snapshot, rows: UnitContext, measures: Sequence[MeasureRow], district: str) -> list[Change]:
    """None where the mean of one of the two periods is not known, as of a part of the unit."""
    if rows.previous is None:
        return []
    periods = (rows.previous.period, rows.period.period)
    unit_measures = [m for m in measures if m.district_code == district and m.period in periods]
    if any(m.district_mean is None for m in unit_measures):
        return []
    place = (rows.state.stage, rows.state.indicator)
    states = causes.section_states(snapshot, rows.state.basis, district, place, periods)
    flat = {"cv": common_dimensions.parameters(snapshot, rows.period.period).get("flat_change")}
    changes: list[Change] = []
    for measure in MEASURES:
        parts = causes.decompose(states, measure, periods, flat.get(measure))
        if parts is not None:
            is_passive = measure == "mean" and causes.is_passive(parts)
            changes.append(Change(measure, rows.previous, rows.period, parts, is_passive))
    return changes
