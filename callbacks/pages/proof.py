"""判定依据: gather what publication stored about the verdict that `why` names."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from callbacks.dependencies import Dependencies
from callbacks.pages.opening import value_named
from callbacks.rendering.page_context import read_state
from data.access import Permission
from data.catalogue.tables import SplitWeight
from data.proof_key import ProofKey, parse_key
from data.rows.proof import CvPointRow, Lineage
from data.store.issue_opening import origins_for
from data.store.ledger import issues_of_school
from data.store.meetings import decisions_about
from data.store.steps import states_of
from data.text import text
from data.view_state import STAGES, ViewState
from layouts.components.drawer import sheet
from layouts.components.elements import link_to
from layouts.ids import ShellId
from layouts.markup import Node
from layouts.page import Panel
from layouts.parts.frame import notice
from layouts.proof.district_cv import CvProof, cv_proof
from layouts.proof.parts import decided_block, open_block
from layouts.proof.section import SectionProof, section_proof
from layouts.proof.unit import UnitProof, item_proof, unit_proof
from layouts.routes import LEDGER, Address, link
from queries import common_dimensions, overview, proof
from queries.reader import Snapshot

NOTHING = Lineage(None, None, None, None, None, None)


def proof_panel(deps: Dependencies, address: Address) -> Panel:
    """The panel of an address; empty where nothing is to be proved."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    if not state.why:
        return Panel(ShellId.PROOF, "drawer", [])
    close = link(address.route, state, why="")
    key = parse_key(state.why)
    tree = _tree(deps, snapshot, state, key, close) if key else []
    if not tree:
        back = link_to(text("proof.close"), href=close, look="button", data_close="1")
        tree = [notice(*_nothing(snapshot, state, key), back)]
    else:
        tree = [*tree, *_opening(deps, snapshot, state)]
        if Permission.MEETINGS_READ in deps.current_viewer().permissions:
            tree += decided_block(decisions_about(deps.store, state.why))
    return Panel(ShellId.PROOF, "drawer", [sheet(*tree, label=text("proof.label"))])


def _opening(deps: Dependencies, snapshot: Snapshot, state: ViewState) -> list[Node]:
    """The way to an issue about the value that is proved, where it fails now and the viewer may open one."""
    latest = common_dimensions.periods(snapshot)[-1].period
    if _period(snapshot, state) != latest or state.snapshot or not origins_for(deps.catalogue, deps.current_viewer()):
        return []
    cells = [cell for cell in value_named(snapshot, state.why) if cell.is_met is False and not cell.is_spare]
    return open_block([link(LEDGER, ViewState(district=c.district_code, about=state.why)) for c in cells])


def _nothing(snapshot: Snapshot, state: ViewState, key: ProofKey | None) -> tuple[str, str]:
    """Why there is no proof: the unit reported nothing, or there is no such record."""
    units = overview.unit_status(snapshot, _period(snapshot, state), state.basis) if key else ()
    unit = next((u for u in units if key and u.district_code == key.district), None)
    if unit is not None and not unit.is_reported:
        return text("proof.silent", name=unit.name), text("proof.silent_body")
    return text("proof.nothing"), text("proof.nothing_body")


def _period(snapshot: Snapshot, state: ViewState) -> str:
    return state.period or common_dimensions.periods(snapshot)[-1].period


def _day(snapshot: Snapshot, period: str) -> date:
    return next(p.snapshot_date for p in common_dimensions.periods(snapshot) if p.period == period)


def _tree(deps: Dependencies, snapshot: Snapshot, state: ViewState, key: ProofKey, close: str) -> list[Node]:
    period = _period(snapshot, state)
    if key.kind == "section":
        return _section(deps, snapshot, state, key, period, close)
    if key.kind == "cv":
        return _cv(snapshot, state, key, period, close)
    return _unit(snapshot, state, key, period, close)


def _section(
    deps: Dependencies, snapshot: Snapshot, state: ViewState, key: ProofKey, period: str, close: str
) -> list[Node]:
    submitted = proof.school_return(snapshot, period, key.school)
    if submitted is None:
        return []
    cell = proof.section_cell(snapshot, submitted.return_id, state.basis, key.stage, key.indicator)
    if cell is None:
        return []
    cells = submitted.cells
    amounts = {k: v for k, v in cells.items() if not isinstance(v, str)}
    day = _day(snapshot, period)
    weights = [
        (w.weight, amounts.get(f"pupils__{w.stage}") or Decimal(0)) for w in deps.catalogue.in_force(SplitWeight, day)
    ]
    return section_proof(
        SectionProof(
            state=state,
            close=close,
            cell=cell,
            amounts=amounts,
            weights=weights,
            inputs=proof.indicator_inputs(snapshot, key.stage, key.indicator),
            history=[
                r
                for r in proof.section_history(snapshot, key.school, key.stage, key.indicator)
                if r.snapshot_date <= day
            ],
            snapshot=snapshot.info,
            district_code=cell.district_code,
            issues=_issues(deps, (key.school, key.stage, key.indicator)),
        )
    )


def _issues(deps: Dependencies, cell: tuple[str, str, str]) -> list[tuple[str, str]]:
    """Code and state of the issues about a cell."""
    names = {s.state_code: s.name for s in states_of(deps.catalogue, "issue")}
    return [(i.issue_code, names[i.status]) for i in issues_of_school(deps.store, cell[0]) if i.cell == cell]


def _cv(snapshot: Snapshot, state: ViewState, key: ProofKey, period: str, close: str) -> list[Node]:
    place = (key.district, key.stage, key.indicator)
    row = proof.district_cv(snapshot, period, state.basis, *place)
    if row is None:
        return []
    day = _day(snapshot, period)
    history = [r for r in proof.cv_points(snapshot, state.basis, *place) if r.snapshot_date <= day]
    return cv_proof(
        CvProof(
            state=state,
            close=close,
            row=row,
            shares=proof.cv_shares(snapshot, period, state.basis, *place),
            history=history,
            breaks=_breaks(snapshot, key.district, history) if state.basis == "as_was" else {},
            source=NOTHING,
            snapshot=snapshot.info,
        )
    )


def _breaks(snapshot: Snapshot, district: str, history: Sequence[CvPointRow]) -> dict[date, date]:
    """By the first value after it, each day on which a unit's boundaries changed between two of its values."""
    changes = [c.effective_on for c in common_dimensions.boundary_changes(snapshot) if c.district_code == district]
    return {
        later.snapshot_date: change
        for earlier, later in pairwise(history)
        for change in changes
        if earlier.snapshot_date < change <= later.snapshot_date
    }


def _unit(snapshot: Snapshot, state: ViewState, key: ProofKey, period: str, close: str) -> list[Node]:
    units = overview.unit_status(snapshot, period, state.basis)
    unit = next((u for u in units if u.district_code == key.district), None)
    items = proof.district_items(snapshot, period, state.basis, key.district)
    if unit is None or not items or key.item not in ("", *(i.item_code for i in items)):
        return []
    unit_proof_rows = UnitProof(
        state=state,
        close=close,
        unit=unit,
        items=items,
        cvs=[
            c
            for c in overview.unit_cv(snapshot, period, state.basis)
            if c.district_code == key.district and c.stage in STAGES
        ],
        gaps=[g for g in overview.gaps(snapshot, period, state.basis) if g.district_code == key.district],
        nothing=NOTHING,
        snapshot=snapshot.info,
    )
    return item_proof(unit_proof_rows, key.item) if key.item else unit_proof(unit_proof_rows)
