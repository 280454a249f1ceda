"""Issues and viewers for the tests of the operational store."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from data.access import IMPORTER, Permission, Viewer
from data.store import audit
from data.store.engine import Store
from data.store.ledger import SUBJECT, Issue
from data.store.schema import issue as issue_table
from queries import issue_board

CHECKED: dict[str, str] = dict.fromkeys(("on_site", "value_met", "evidence_true", "in_use", "not_again"), "yes")
"""Every question of a look-back answered with yes."""
DENIED = {**CHECKED, "in_use": "no"}
"""One of them answered with no."""
NOW = datetime.fromisoformat("2026-11-23T02:00")  # UTC, as the store keeps time
RECTIFIER = Viewer("责任甲", frozenset({Permission.LEDGER_RECTIFY}))
REVIEWER = Viewer("复核乙", frozenset({Permission.LEDGER_REVIEW, Permission.LEDGER_RECTIFY}))
SUPERVISOR = Viewer("市督丙", frozenset(Permission) - {Permission.LEDGER_MONITOR})


def an_issue(code: str = "T2026-0001", status: str = "untouched", **values: Any) -> Issue:
    """An issue about 骨干教师 of one primary section."""
    known: dict[str, Any] = {
        "issue_code": code,
        "district_code": "500242",
        "school_code": "S500242-001",
        "stage": "primary",
        "item_code": "L2",
        "problem": "骨干教师差1人",
        "origin": "监测",
        "round": None,
        "found_on": date(2026, 9, 30),
        "measure": None,
        "responsible_unit": "县教委",
        "responsible_person": "张三",
        "due_on": date(2026, 12, 31),
        "status": status,
        "rectified_by": None,
        "reviewer": None,
        "reviewed_on": None,
        "closed_on": None,
        "evidence": None,
        "was_met": False,
        "is_demonstration": True,
        "version": 1,
        "updated_by": "导入",
        "updated_at": NOW,
    }
    return Issue(**(known | values))


def put_noted(store: Store, *issues: Issue) -> None:
    """The same where a server reads the store: with the entry in the audit that every write of an issue leaves."""
    put(store, *issues)
    with store.write() as connection:
        for one in issues:
            act = audit.AuditEvent(IMPORTER.actor, "import", SUBJECT, one.issue_code, NOW)
            audit.record(store, connection, act, {}, asdict(one))


def put(store: Store, *issues: Issue) -> None:
    """Write issues as they are, past the rules and the audit (arrangement of a test)."""
    issue_board.forget()
    with store.write() as connection:
        for one in issues:
            connection.execute(insert(issue_table).values(**asdict(one)))
