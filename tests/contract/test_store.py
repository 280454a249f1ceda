"""The operational store: the same behaviour on SQLite and on PostgreSQL."""

import dataclasses
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from data.access import IMPORTER, Actor, Viewer
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import audit
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence, find_evidence, list_evidence
from data.store.ledger import Move, find_issue, list_issues, move
from data.store.ledger_file import adopt
from data.store.monitoring import note_values
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.schema import audit_entry, metadata
from tests.stores import CHECKED, NOW, RECTIFIER, REVIEWER, SUPERVISOR, an_issue, put

CATALOGUE = load_catalogue()
JPEG = b"\xff\xd8\xff picture"
CODE = "T2026-0001"


def wish(action: str, version: int, **values: Any) -> Move:
    return Move(CODE, version, action, **values)


def test_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_sqlite_is_durable_and_the_audit_key_is_private(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path)
    opened = open_store(settings)
    with opened.read() as connection:
        assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
        assert connection.execute(text("pragma synchronous")).scalar() == 2  # FULL
        assert connection.execute(text("pragma foreign_keys")).scalar() == 1
    mode = stat.S_IMODE(settings.audit_key_file.stat().st_mode)
    assert mode == 0o600


def test_an_issue_goes_all_the_way_with_two_people(store: Store) -> None:
    put(store, an_issue())
    move(store, CATALOGUE, RECTIFIER, wish("start", 1, measure="调配1名骨干教师"), NOW)
    add_evidence(store, CATALOGUE, RECTIFIER, CODE, "任职文件.pdf", b"%PDF-1.4", NOW)
    move(store, CATALOGUE, RECTIFIER, wish("submit", 2), NOW)
    move(store, CATALOGUE, REVIEWER, wish("close", 3, reason="现场核实"), NOW, is_met=True)
    move(store, CATALOGUE, SUPERVISOR, wish("look_back", 4), NOW)
    done = move(
        store, CATALOGUE, SUPERVISOR, wish("confirm", 5, reason="连续两期达标", answers=CHECKED), NOW, is_met=True
    )
    assert (done.status, done.version, done.reviewer) == ("stable", 6, "市督丙")
    actions = [row.action for row in audit.history(store, "issue", CODE)]
    assert actions == ["start", "evidence", "submit", "close", "look_back", "confirm"]
    assert audit.check_chain(store).first_broken is None


@pytest.mark.parametrize(
    ("status", "who", "asked", "code"),
    [
        ("untouched", RECTIFIER, wish("start", 1), "needs_measure"),
        ("untouched", RECTIFIER, wish("close", 1, reason="x"), "no_transition"),
        ("under_way", RECTIFIER, wish("submit", 1), "needs_evidence"),
        ("awaiting_review", RECTIFIER, wish("close", 1, reason="x"), "no_permission"),
        ("awaiting_review", SUPERVISOR, wish("close_unmet", 1), "needs_reason"),
        ("awaiting_review", REVIEWER, wish("close", 1, reason="x"), "unmet_needs_city"),
        ("closed", REVIEWER, wish("look_back", 1), "no_permission"),
        ("closed", SUPERVISOR, wish("rebound", 1), "no_permission"),
        ("look_back", SUPERVISOR, wish("confirm", 1, reason="x"), "needs_met_value"),
    ],
)
def test_what_the_rules_do_not_permit_is_refused_and_recorded(
    store: Store, status: str, who: Viewer, asked: Move, code: str
) -> None:
    put(store, an_issue(status=status))
    with pytest.raises(RefusedError) as refused:
        move(store, CATALOGUE, who, asked, NOW, is_met=False if asked.action == "confirm" else None)
    assert refused.value.code == code
    assert find_issue(store, CODE) == an_issue(status=status)
    entries = audit.history(store, "issue", CODE)
    assert [(e.action, e.reason) for e in entries] == [("refused", f"{asked.action}: {code}")]


def test_the_rectifier_does_not_verify_himself(store: Store) -> None:
    put(store, an_issue(status="awaiting_review", rectified_by=REVIEWER.name))
    with pytest.raises(RefusedError) as refused:
        move(store, CATALOGUE, REVIEWER, wish("close", 1, reason="x"), NOW, is_met=True)
    assert refused.value.code == "needs_second_person"


def test_the_second_of_two_users_is_told_who_was_first(store: Store) -> None:
    put(store, an_issue())
    move(store, CATALOGUE, RECTIFIER, wish("start", 1, measure="调配"), NOW)
    with pytest.raises(ChangedMeanwhileError) as stale:
        move(store, CATALOGUE, SUPERVISOR, wish("start", 1, measure="其他"), NOW)
    assert (stale.value.by, stale.value.at) == ("责任甲", NOW)
    found = find_issue(store, CODE)
    assert found is not None
    assert found.measure == "调配"


def test_a_closed_value_that_fails_again_rebounds_by_itself(store: Store) -> None:
    closed = {"status": "closed", "closed_on": date(2026, 10, 1)}
    put(store, an_issue("A", **closed), an_issue("B", **closed, school_code="S2"))
    met, failed = ("S500242-001", "primary", "L2"), ("S2", "primary", "L2")
    assert note_values(store, {met: True, failed: False}, NOW) == {"value_met": 1, "rebound": 0}
    later = NOW + timedelta(days=120)
    assert note_values(store, {met: False, failed: False}, later) == {"value_met": 0, "rebound": 1}
    states = {i.issue_code: (i.status, i.updated_by) for i in list_issues(store)}
    assert {i.issue_code: i.due_on for i in list_issues(store)} == {"A": None, "B": an_issue().due_on}
    # B never met its line while closed: it stays closed and is shown as 销了号但仍不达标
    assert states == {"A": ("rebounded", "监测"), "B": ("closed", "导入")}
    assert note_values(store, {met: False, failed: False}, later) == {"value_met": 0, "rebound": 0}


def test_an_import_describes_but_does_not_move_a_known_issue(store: Store) -> None:
    row = {**dataclasses.asdict(an_issue()), "status": "未整改", "batch_id": "b1"}
    assert adopt(store, CATALOGUE, [row], NOW, IMPORTER)["added"] == 1
    move(store, CATALOGUE, RECTIFIER, wish("start", 1, measure="调配"), NOW)
    counts = adopt(store, CATALOGUE, [row | {"problem": "骨干教师差2人"}], NOW, IMPORTER)
    assert counts == {"added": 0, "described": 1, "state_kept": 1}
    found = find_issue(store, CODE)
    assert found is not None
    assert (found.status, found.problem, found.version) == ("under_way", "骨干教师差2人", 3)


def test_evidence_keeps_bytes_and_refuses_other_kinds(store: Store) -> None:
    put(store, an_issue())
    add_evidence(store, CATALOGUE, RECTIFIER, CODE, r"C:\fakepath\照片.JPG", JPEG, NOW)
    (kept,) = list_evidence(store, CODE)
    found = find_evidence(store, kept.evidence_id)
    assert found is not None
    assert (kept.file_name, found[1].read_bytes()) == ("照片.JPG", JPEG)
    for name, content, code in (("a.exe", b"x", "evidence_kind"), ("a.pdf", b"", "evidence_size")):
        with pytest.raises(RefusedError) as refused:
            add_evidence(store, CATALOGUE, RECTIFIER, CODE, name, content, NOW)
        assert refused.value.code == code
    assert len(list_evidence(store, CODE)) == 1


@pytest.mark.parametrize(
    ("status", "is_taken"),
    [
        ("untouched", True),
        ("under_way", True),
        ("awaiting_review", True),
        ("rebounded", True),
        ("closed", False),
        ("look_back", False),
        ("stable", False),
    ],
)
def test_evidence_is_for_open_issues_alone(store: Store, status: str, *, is_taken: bool) -> None:
    put(store, an_issue(status=status))
    if is_taken:
        add_evidence(store, CATALOGUE, RECTIFIER, CODE, "照片.jpg", JPEG, NOW)
        assert len(list_evidence(store, CODE)) == 1
        return
    with pytest.raises(RefusedError, match="evidence_closed"):
        add_evidence(store, CATALOGUE, RECTIFIER, CODE, "照片.jpg", JPEG, NOW)
    assert list_evidence(store, CODE) == []
    assert audit.history(store, "issue", CODE) == []


def test_audit_entries_can_only_be_added(store: Store) -> None:
    put(store, an_issue())
    move(store, CATALOGUE, RECTIFIER, wish("start", 1, measure="调配"), NOW)
    for change in (update(audit_entry).values(actor="别人"), delete(audit_entry)):
        with pytest.raises(DBAPIError), store.write() as connection:
            connection.execute(change)
    assert audit.check_chain(store).entry_count == 1


@pytest.mark.parametrize("column", ["actor", "after", "reason", "at", "hash", "previous_hash"])
def test_a_changed_entry_is_found(store: Store, column: str) -> None:
    for number in range(5):
        with store.write() as connection:
            audit.record(store, connection, audit.AuditEvent(Actor("a"), "x", "issue", str(number), NOW))
    _unlock(store)
    with store.write() as connection:
        changed = update(audit_entry).where(audit_entry.c.sequence == 3)
        connection.execute(changed.values(**{column: "2026-01-01T00:00:00"}))
    assert audit.check_chain(store).first_broken == 3


@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_a_missing_entry_is_found(store: Store, sequence: int) -> None:
    for number in range(5):
        with store.write() as connection:
            audit.record(store, connection, audit.AuditEvent(Actor("a"), "x", "issue", str(number), NOW))
    _unlock(store)
    with store.write() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.sequence == sequence))
        assert connection.execute(select(audit_entry.c.sequence)).fetchall()
    assert audit.check_chain(store).first_broken == sequence


def _unlock(store: Store) -> None:
    """Do what only somebody with the database's own password can."""
    with store.write() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("alter table audit_entry disable trigger all"))
            return
        for change in ("update", "delete"):
            connection.execute(text(f"drop trigger audit_entry_no_{change}"))
