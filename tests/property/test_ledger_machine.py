"""Random steps on the ledger (10,000 in `make faults`): no illegal state, one audit entry for each change."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import event, func, select

from data.access import Permission, Viewer
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import audit
from data.store.engine import open_store
from data.store.evidence import add_evidence
from data.store.ledger import Move, list_issues, move
from data.store.monitoring import note_values
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.schema import audit_entry
from data.store.steps import transitions_of
from tests.depth import record, times
from tests.stores import CHECKED, NOW, an_issue, put

CATALOGUE = load_catalogue()
CODES: tuple[str, ...] = ("A", "B", "C")
# Said here a second time, from the issue's words, so that a wrong table cannot pass its own test:
# 未整改→整改中→待复核→已销号→回头看→稳定/反弹, back to 整改中 from every state that asks for more work.
LEGAL = {
    ("untouched", "under_way"),
    ("under_way", "awaiting_review"),
    ("awaiting_review", "under_way"),
    ("awaiting_review", "closed"),
    ("closed", "look_back"),
    ("closed", "under_way"),
    ("look_back", "stable"),
    ("look_back", "rebounded"),
    ("closed", "rebounded"),
    ("stable", "rebounded"),
    ("rebounded", "under_way"),
}
ACTIONS = (
    "start",
    "restart",
    "submit",
    "return",
    "close",
    "close_unmet",
    "ask_deadline",
    "grant_deadline",
    "deny_deadline",
    "reopen",
    "look_back",
    "assign_look_back",
    "assign",
    "confirm",
    "find_rebound",
    "rebound",
    "nonsense",
)
PEOPLE = [
    Viewer("甲", frozenset({Permission.LEDGER_RECTIFY})),
    Viewer("乙", frozenset({Permission.LEDGER_RECTIFY, Permission.LEDGER_REVIEW})),
    Viewer("丙", frozenset(Permission) - {Permission.LEDGER_MONITOR}),
    Viewer("丁", frozenset({Permission.READ_FIGURES})),
]
counted = {"steps": 0, "moves": 0, "refusals": 0, "conflicts": 0}


def _not_durable(connection, _) -> None:
    """Durability is the business of test_ledger_faults; here it would only take time."""
    connection.execute("pragma synchronous = off")


KNOWN_ACTIONS = {t.action for t in transitions_of(CATALOGUE, "issue")}


class LedgerMachine(RuleBasedStateMachine):
    """Several people act on three issues, as they are and as they were some versions ago."""

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store(Settings(var_folder=Path(tempfile.mkdtemp())))
        event.listen(self.store.engine, "connect", _not_durable)
        self.store.engine.dispose()
        put(self.store, *[an_issue(code, due_on=None) for code in CODES])
        self.before = {i.issue_code: i for i in list_issues(self.store)}
        self.entries = dict.fromkeys(CODES, 0)

    @rule(
        who=st.sampled_from(PEOPLE),
        code=st.sampled_from(CODES),
        action=st.sampled_from(ACTIONS),
        late=st.integers(0, 1),
        reason=st.sampled_from(["", " ", "核实"]),
        measure=st.sampled_from(["", "调配"]),
        due=st.sampled_from([None, NOW.date(), NOW.date() + timedelta(days=30)]),
        is_met=st.sampled_from([True, False, None]),
        answers=st.sampled_from([{}, CHECKED, CHECKED, {**CHECKED, "in_use": "no"}]),
    )
    def act(self, who, code, action, late, reason, measure, due, is_met, answers) -> None:
        asked = Move(
            code,
            self.before[code].version - late,
            action,
            reason,
            measure,
            due,
            answers=answers,
            responsible_unit=measure,
        )
        try:
            after = move(self.store, CATALOGUE, who, asked, NOW, is_met=is_met)
        except ChangedMeanwhileError:
            assert late == 1
            counted["conflicts"] += 1
            return
        except RefusedError:
            counted["refusals"] += 1
            self.entries[code] += action in KNOWN_ACTIONS  # what nobody can do is not recorded
            return
        counted["moves"] += 1
        self.entries[code] += 1
        old = self.before[code]
        is_of_deadline = action.endswith("_deadline") or action in ("assign_look_back", "assign")
        assert (old.status, after.status) in LEGAL or (is_of_deadline and old.status == after.status)
        assert (
            after.due_on == old.due_on
            or action == "grant_deadline"
            or old.due_on is None
            or (after.status, after.due_on) == ("rebounded", None)
        )
        assert after.version == old.version + 1
        if action == "grant_deadline":
            assert (after.due_on, after.requested_due_on) == (old.requested_due_on, None)
            assert who.name != old.requested_by
        if action == "close":
            assert is_met is True
        if action in ("confirm", "find_rebound"):
            assert answers["in_use"] == ("no" if action == "find_rebound" else "yes")
        assert (after.status == "look_back") == (after.look_due_on is not None)
        if action in ("close", "close_unmet", "return", "confirm", "find_rebound"):
            assert who.name != old.rectified_by
            assert reason.strip()

    @rule(code=st.sampled_from(CODES))
    def hand_in(self, code) -> None:
        if self.before[code].status in ("closed", "look_back", "stable"):
            with pytest.raises(RefusedError, match="evidence_closed"):
                add_evidence(self.store, CATALOGUE, PEOPLE[0], code, "a.pdf", b"%PDF-", NOW)
            return
        add_evidence(self.store, CATALOGUE, PEOPLE[0], code, "a.pdf", b"%PDF-", NOW)
        self.entries[code] += 1

    @rule(is_met=st.sampled_from([True, False, None]))
    def publish(self, is_met) -> None:
        moved = note_values(self.store, {self.before["A"].cell: is_met}, NOW)
        if moved["value_met"] or moved["rebound"]:
            for now in list_issues(self.store):
                old = self.before[now.issue_code]
                if now != old:
                    self.entries[now.issue_code] += 1
                    assert now.status == old.status or (old.status, now.status) in LEGAL

    @invariant()
    def every_change_has_one_entry(self) -> None:
        counted["steps"] += 1
        for now in list_issues(self.store):
            if now.status == "rebounded":
                assert not now.was_met
            assert now.closed_on is None or now.status in ("closed", "look_back", "stable")
            self.before[now.issue_code] = now
        asked = select(audit_entry.c.subject_id, func.count()).group_by(audit_entry.c.subject_id)
        with self.store.read() as connection:
            found = dict(list(connection.execute(asked).tuples()))
        assert {code: found.get(code, 0) for code in CODES} == self.entries

    def teardown(self) -> None:
        assert audit.check_chain(self.store).first_broken is None
        self.store.engine.dispose()
        record("ledger_machine", **counted, illegal_states=0, changes_without_entry=0)


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(
    max_examples=times(6, 50),
    stateful_step_count=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
