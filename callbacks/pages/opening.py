"""What a new issue would be about: the value that an address names, a unit's failing values, or words."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import units_of_today
from data.proof_key import parse_key
from data.rows.context import UnitContext
from data.rows.ledger import CellRow
from data.store.issue_opening import open_by_cell, origins_for
from data.view_state import AS_WAS, STAGES, VERDICT, ViewState
from layouts.pages.ledger.opening import FAILING, IN_WORDS
from layouts.pages.ledger.rows import Opening
from queries import common_dimensions, overview
from queries.ledger import cells_of, failing
from queries.reader import Snapshot


def opening_of(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> Opening:
    """What the state asks to be opened; nothing asked where it names no value that the viewer may change."""
    viewer, state = deps.current_viewer(), rows.state
    origins = origins_for(deps.catalogue, viewer)
    if not state.about:
        return Opening(origins)
    if state.about == IN_WORDS:
        units = [
            (d.district_code, d.name) for d in units_of_today(deps, snapshot) if snapshot.scope.allows(d.district_code)
        ]
        chosen = state.district or (units[0][0] if len(units) == 1 else "")
        return Opening(origins, is_asked=True, subject=state.subject, units=units, schools=schools_of(snapshot, chosen))
    is_list = state.about == FAILING and bool(state.district)
    cells = failing_cells(snapshot, state) if is_list else value_named(snapshot, state.about)
    with deps.store.read() as connection:
        open_codes = open_by_cell(connection, deps.catalogue, {c.key for c in cells})
    return Opening(
        origins,
        cells,
        open_codes,
        is_asked=is_list or bool(cells),
        is_list=is_list,
        is_unknown=is_list and not _has_reported(snapshot, state.district),
    )


def _has_reported(snapshot: Snapshot, district: str) -> bool:
    """Whether the latest period has a unit's return."""
    latest = common_dimensions.periods(snapshot)[-1].period
    units = overview.unit_status(snapshot, latest, AS_WAS)
    return any(u.district_code == district and u.is_reported for u in units)


def schools_of(snapshot: Snapshot, district: str) -> list[tuple[str, str]]:
    """Code and name of the schools of a unit that the viewer may act for."""
    return [
        (s.school_code, s.school_name)
        for s in common_dimensions.school_places(snapshot)
        if s.district_code == district and snapshot.scope.may_change(district, s.school_code)
    ]


def failing_cells(snapshot: Snapshot, state: ViewState) -> list[CellRow]:
    """The failing values of the chosen unit, stage and item that the viewer may act for."""
    return [
        cell
        for cell in failing(snapshot, state.district)
        if state.stage in (STAGES[0], cell.stage)
        and state.indicator in (VERDICT, cell.item_code)
        and _may_act(snapshot, cell)
    ]


def value_named(snapshot: Snapshot, about: str) -> list[CellRow]:
    """The value that the key of a proof names; none where there is no such value, or it is others'."""
    key = parse_key(about)
    if key is None or key.kind == "unit":
        return []
    named = (key.school or key.district, key.stage, key.indicator or key.item)
    return [cell for cell in cells_of(snapshot, [named]).values() if _may_act(snapshot, cell)]


def _may_act(snapshot: Snapshot, cell: CellRow) -> bool:
    return snapshot.scope.may_change(cell.district_code, cell.subject_code if cell.is_of_school else None)
