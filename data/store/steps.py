"""The one machine of all matters: a kind moves from state to state as `transitions.csv` permits."""

from collections.abc import Sequence

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import MatterState, Transition
from data.store.refusals import RefusedError


def states_of(catalogue: Catalogue, matter_kind: str) -> list[MatterState]:
    """The states of a kind, in the order of the table."""
    return [s for s in catalogue.rows(MatterState) if s.matter_kind == matter_kind]


def open_states(catalogue: Catalogue, matter_kind: str) -> list[str]:
    """The codes of the states in which something of a kind is still to be done."""
    return [s.state_code for s in states_of(catalogue, matter_kind) if s.is_open]


def transitions_of(catalogue: Catalogue, matter_kind: str) -> list[Transition]:
    """Every step of a kind, in the order of the table."""
    return [t for t in catalogue.rows(Transition) if t.matter_kind == matter_kind]


def transitions_from(catalogue: Catalogue, matter_kind: str, state: str) -> list[Transition]:
    """The steps that a state permits, in the order of the table."""
    return [t for t in transitions_of(catalogue, matter_kind) if t.from_state == state]


def transition_of(catalogue: Catalogue, matter_kind: str, state: str, action: str) -> Transition | None:
    """The step of this name that a state permits; None where it permits none."""
    return next((t for t in transitions_from(catalogue, matter_kind, state) if t.action == action), None)


def leads_back(states: Sequence[MatterState], transition: Transition) -> bool:
    """Whether a step leads to a state that stands before this one, or aside; `states` are those of its kind."""
    steps = {s.state_code: s.step for s in states}
    return steps[transition.to_state] < steps[transition.from_state]


def may_take(transition: Transition, viewer: Viewer) -> bool:
    """Whether a step is one that this viewer's role takes."""
    return Permission(transition.permission) in viewer.permissions


def wrong_side(transition: Transition, viewer: Viewer, *, is_of_party: bool) -> str:
    """Why a step is the other side's; empty where it is not: whom a matter is about answers it, others decide on it.

    Without an account nobody is of any side.
    """
    has_part = bool(viewer.account_id)
    if has_part and transition.needs_other_unit and is_of_party:
        return "needs_other_party"
    return "needs_party" if has_part and transition.needs_own_unit and not is_of_party else ""


def permitted_step(
    catalogue: Catalogue, matter_kind: str, state: str, action: str, viewer: Viewer, reason: str
) -> Transition:
    """The step that somebody wants to take, with a reason where it needs one.

    Raises:
        RefusedError: the state does not permit it, it is not the viewer's to take, or its reason is missing.
    """
    transition = transition_of(catalogue, matter_kind, state, action)
    if transition is None:
        raise RefusedError("no_transition")
    if not may_take(transition, viewer):
        raise RefusedError("no_permission")
    if transition.needs_reason and not reason.strip():
        raise RefusedError("needs_reason")
    return transition
