"""Every role tries every step of the ledger and of the warnings: who can, and who is offered it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.warn import warning_rows
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import Permission, Scope, Viewer
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import Move, move
from data.store.refusals import RefusedError
from data.store.steps import transitions_of
from data.store.warnings import WarningStep, step
from layouts.routes import address_of
from tests.present import present
from tests.stores import CHECKED, DENIED, NOW, SUPERVISOR, an_issue, put

CATALOGUE = load_catalogue()
UNIT = "500242"
KEY = f"target_missed.{UNIT}"
LATER = date(2027, 3, 31)
ROLES = [role.role_code for role in CATALOGUE.rows(Role)]
CITY, DISTRICT = {"municipal_supervisor"}, {"district_supervisor"}
WARNINGS = {
    ("remind", "new"): CITY,
    ("remind", "reminded"): CITY,
    ("remind", "received"): CITY,
    ("receive", "reminded"): CITY | DISTRICT,
    ("answer", "reminded"): CITY | DISTRICT,
    ("answer", "received"): CITY | DISTRICT,
    ("send_back", "answered"): CITY,
    ("lift", "answered"): CITY,
    ("lift", "reminded"): CITY,
    ("lift", "received"): CITY,
}
RECTIFIERS = DISTRICT | {"school_office"}
REVIEWERS = CITY | DISTRICT | {"responsible_inspector"}
ISSUES = {
    ("start", "untouched"): RECTIFIERS,
    ("restart", "rebounded"): RECTIFIERS,
    ("submit", "under_way"): RECTIFIERS,
    ("return", "awaiting_review"): REVIEWERS,
    ("close", "awaiting_review"): REVIEWERS,
    ("close_unmet", "awaiting_review"): CITY,
    **{("ask_deadline", status): RECTIFIERS for status in ("untouched", "under_way", "rebounded")},
    **{("grant_deadline", status): CITY for status in ("untouched", "under_way", "rebounded")},
    **{("deny_deadline", status): CITY for status in ("untouched", "under_way", "rebounded")},
    **{("assign", status): REVIEWERS for status in ("untouched", "under_way", "rebounded")},
    ("reopen", "closed"): CITY,
    ("look_back", "closed"): CITY,
    ("assign_look_back", "look_back"): CITY,
    ("confirm", "look_back"): CITY,
    ("find_rebound", "look_back"): CITY,
    ("rebound", "closed"): set(),
    ("rebound", "look_back"): set(),
    ("rebound", "stable"): set(),
}


def viewer_of(role: str) -> Viewer:
    permissions = frozenset(Permission(c.permission) for c in CATALOGUE.rows(RoleCapability) if c.role_code == role)
    kind = next(r.scope_kind for r in CATALOGUE.rows(Role) if r.role_code == role)
    districts = None if kind == "city" else frozenset({UNIT} if kind != "none" else ())
    return Viewer(f"{role}的人", permissions, Scope(districts), account=role, role=role)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def bring_to(store: Store, state: str) -> int:
    """Where a warning stands before the step that is tried; returns its version."""
    path = {"new": (), "reminded": ("remind",), "received": ("remind", "receive"), "answered": ("remind", "answer")}[
        state
    ]
    shown = "new"
    for version, action in enumerate(path):
        after = step(store, CATALOGUE, SUPERVISOR, WarningStep(KEY, version, action, "核实"), NOW, shown_state=shown)
        shown = after.state
    return len(path)


def test_the_tables_hold_the_steps_that_are_walked() -> None:
    known = {(t.action, t.from_state) for t in transitions_of(CATALOGUE, "warning")}
    assert known == set(WARNINGS)
    assert {(t.action, t.from_state) for t in transitions_of(CATALOGUE, "issue")} == set(ISSUES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("action", "state"), WARNINGS)
def test_a_step_with_a_warning(store: Store, role: str, action: str, state: str) -> None:
    version = bring_to(store, state)
    wanted = WarningStep(KEY, version, action, "核实")
    late = NOW + timedelta(days=99)
    if role in WARNINGS[action, state]:
        step(store, CATALOGUE, viewer_of(role), wanted, late, shown_state=state)
        return
    with pytest.raises(RefusedError, match="no_permission"):
        step(store, CATALOGUE, viewer_of(role), wanted, late, shown_state=state)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("action", "status"), ISSUES)
def test_a_step_with_an_issue(store: Store, role: str, action: str, status: str) -> None:
    is_answer = action in ("grant_deadline", "deny_deadline")
    request = {"requested_due_on": LATER, "requested_by": "另一人"} if is_answer else {}
    put(store, an_issue(status=status, rectified_by="另一人", **request))
    code = an_issue().issue_code
    if action == "submit":
        add_evidence(store, CATALOGUE, SUPERVISOR, code, "照片.pdf", b"%PDF-1.4", NOW)
    wanted = Move(
        code,
        1,
        action,
        "核实",
        "调配1名骨干教师",
        LATER if action == "ask_deadline" else None,
        answers=DENIED if action == "find_rebound" else CHECKED,
        responsible_unit="县财政局",
    )
    is_met = action != "close_unmet"
    if role in ISSUES[action, status]:
        move(store, CATALOGUE, viewer_of(role), wanted, NOW, is_met=is_met)
        return
    with pytest.raises(RefusedError, match="no_permission"):
        move(store, CATALOGUE, viewer_of(role), wanted, NOW, is_met=is_met)


def test_no_unit_reminds_itself_or_lifts_its_own_warning() -> None:
    """Whoever is bound to units can only answer: no such role can bring a warning to its end."""
    bound = {r.role_code for r in CATALOGUE.rows(Role) if r.scope_kind in ("district", "area", "school")}
    alone = {
        (t.action, role)
        for t in transitions_of(CATALOGUE, "warning")
        for role in bound
        if t.to_state in ("reminded", "lifted") and Permission(t.permission) in viewer_of(role).permissions
    }
    assert alone == set()


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("municipal_supervisor", {"remind"}),
        ("district_supervisor", set()),
        ("municipal_leader", set()),
        ("school_office", set()),
    ],
)
def test_only_who_may_is_offered_the_button(deps: Dependencies, store: Store, role: str, offered: set[str]) -> None:
    now = replace(deps, store=store, current_viewer=lambda: viewer_of(role))
    snapshot = now.warehouse.current()
    rows = load_unit_context(now, snapshot, read_state(snapshot, present(address_of("/warn", ""))))
    key = next(w.warning_key for w in warning_rows(now, snapshot, rows) if w.district_code == UNIT)
    shown = str([p.update_value() for p in page_of(now, "/warn", f"?issue={key}")[2]])
    actions = ("remind", "answer", "lift")
    assert {
        a for a in actions if f'"name": "action", "value": "{a}"' in shown or f'"name":"action","value":"{a}"' in shown
    } == offered
