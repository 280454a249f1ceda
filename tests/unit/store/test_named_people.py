"""Whom an act named is told apart, and let go of, in the history as who acted is."""

from datetime import datetime

from data.store.audit import AuditRow
from data.store.names import Names

AT = datetime.fromisoformat("2026-11-23T02:00")
NAMES = Names({"b" * 32: "zhangwei2"}, {"e" * 32: "已注销的人"})


def named(name: str, account_id: str) -> object:
    after = {"look_assignee": name, "look_assignee_id": account_id, "version": 2}
    (row,) = NAMES.of_history([AuditRow(1, AT, "石督导", "look_back", {}, after, "", "a" * 32)])
    assert {**row.after, "look_assignee": name} == after, "nothing else changes"
    return row.after["look_assignee"]


def test_who_was_named_is_told_apart() -> None:
    assert named("张伟", "b" * 32) == "张伟（zhangwei2）"
    assert named("李四", "c" * 32) == "李四"


def test_who_was_let_go_of_is_not_named() -> None:
    assert named("王五", "e" * 32) == "已注销的人"


def test_nobody_named_stays_nobody() -> None:
    assert named("", "") == ""
    assert named("无账号", "") == "无账号"
