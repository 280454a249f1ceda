"""区县画像: show one unit, or say why it is not there."""

from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.pages.task_coverage import covered_by_tasks
from callbacks.rendering.page_context import NotFoundError, filters, load_unit_context, read_state
from data.catalogue.tables import District, DistrictSuccession
from data.rows.context import UnitContext
from data.text import text
from data.view_state import BASES, ViewState
from layouts import formatting
from layouts.page import AnyPanel
from layouts.pages.district import page
from layouts.pages.district.rows import CvBreakdown, DistrictView, worst_in_view
from layouts.routes import DISTRICT, LEAGUE, Address, link
from queries import common_dimensions, district, overview, proof, spread, trend
from queries.reader import Snapshot

FILTERS = ("period", "stage", "district", "basis")


def show_district(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state.

    Raises:
        NotFoundError: the unit does not exist in the period; says where it went.
    """
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    if state.district != address.values["district"]:
        raise absent_unit(deps, snapshot, state, address.values["district"])
    rows = load_unit_context(deps, snapshot, state)
    view = district_view(deps, snapshot, rows)
    return page.document_title(view), page.panels(view, filters(snapshot, rows, DISTRICT, FILTERS))


def district_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> DistrictView:
    """Everything of the chosen unit."""
    unit = next(u for u in rows.units if u.district_code == rows.state.district)
    place = (rows.period.period, rows.state.basis, unit.district_code)
    shown = worst_in_view(rows, unit)
    worst = shown and (shown.stage, shown.indicator_code)
    return DistrictView(
        rows=rows,
        unit=unit,
        items=proof.district_items(snapshot, *place),
        sections=[s for s in district.sections(snapshot, *place) if rows.state.stage in ("both", s.stage)],
        anatomy=_anatomy(deps, snapshot, rows, unit.district_code, worst) if worst else None,
        history=proof.cv_points(snapshot, rows.state.basis, unit.district_code, *worst) if worst else (),
        peer_history=overview.cv_history(snapshot, rows.state.basis, *worst) if worst else (),
        direction=trend.cv_direction(snapshot, *place, worst) if worst else None,
        coverage=next(iter(covered_by_tasks(deps, snapshot, rows, [unit])), None),
        is_partial=snapshot.scope.schools is not None,
    )


def _anatomy(
    deps: Dependencies, snapshot: Snapshot, rows: UnitContext, code: str, worst: tuple[str, str]
) -> CvBreakdown | None:
    if snapshot.scope.schools is not None:
        return None
    place = (rows.period.period, rows.state.basis, code)
    row = proof.district_cv(snapshot, *place, *worst)
    shares = proof.cv_shares(snapshot, *place, *worst)
    if row is None or row.cv is None or row.district_mean is None or not shares:
        return None
    limits = spread.outlier_limits_on(deps.catalogue, rows.period.snapshot_date)
    cv_spread = spread.spread_of(shares, row.district_mean, limits)
    if cv_spread is None:
        return None
    return CvBreakdown(
        stage=row.stage,
        indicator_code=row.indicator_code,
        indicator_name=row.indicator_short_name,
        unit=row.unit,
        cv=row.cv,
        cv_limit=float(row.cv_limit),
        is_within_limit=row.is_within_limit,
        district_mean=row.district_mean,
        shares=shares,
        spread=cv_spread,
    )


def absent_unit(deps: Dependencies, snapshot: Snapshot, state: ViewState, code: str) -> NotFoundError:
    """What became of a unit that the period does not have, and where its figures can be seen."""
    unit = next((d for d in deps.catalogue.rows(District) if d.district_code == code), None)
    to_league = (text("state.see_table"), link(LEAGUE, state, why=""))
    if unit is None:
        return NotFoundError(text("district.no_such", code=code), "", (to_league,))
    actions: list[tuple[str, str]] = []
    held = [
        p
        for p in common_dimensions.periods(snapshot)
        if any(u.district_code == code for u in common_dimensions.units(snapshot, p.period, BASES[0]))
    ]
    if held:
        chosen = held[0] if held[0].snapshot_date > _day(snapshot, state) else held[-1]
        label = text("district.see_period", name=unit.name, period=formatting.month(chosen.snapshot_date))
        actions.append((label, link(DISTRICT, state, district=code, period=chosen.period, basis=BASES[0], why="")))
    names = {d.district_code: d.name for d in deps.catalogue.rows(District)}
    successors = [
        step.successor_code
        for step in deps.catalogue.rows(DistrictSuccession)
        if step.predecessor_code == code != step.successor_code
    ]
    actions += [
        (text("district.see_successor", name=names[successor]), link(DISTRICT, state, district=successor, why=""))
        for successor in successors
    ]
    if unit.valid_to is not None and _day(snapshot, state) > unit.valid_to:
        title = text("district.abolished", name=unit.name, day=formatting.day(unit.valid_to))
    elif not snapshot.scope.allows(code):
        title = text("district.outside", name=unit.name)
    else:
        title = text("district.not_yet", name=unit.name, day=formatting.day(unit.valid_from))
    return NotFoundError(title, text("district.absent_body"), (*actions, to_league))


def _day(snapshot: Snapshot, state: ViewState) -> date:
    periods = common_dimensions.periods(snapshot)
    if state.basis == BASES[1]:
        return periods[-1].snapshot_date
    return next((p for p in periods if p.period == state.period), periods[-1]).snapshot_date
