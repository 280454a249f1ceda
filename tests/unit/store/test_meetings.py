"""会议: meetings are numbered, meetings and decisions have a version, and everything is bounded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data.access import NOTHING, Permission, Viewer
from data.store.engine import Store
from data.store.meetings import (
    Resolution,
    add_decision,
    change_meeting,
    create_meeting,
    decisions,
    decisions_about,
    decisions_by_meeting,
    decisions_for,
    list_meetings,
    set_progress,
)
from data.store.refusals import ChangedMeanwhileError, RefusedError
from tests.stores import NOW

CLERK = Viewer("会务甲", frozenset({Permission.MEETINGS_EDIT}))
NOBODY = Viewer("旁听乙", frozenset(Permission) - {Permission.MEETINGS_EDIT}, NOTHING)
DAY = date(2026, 11, 23)


@pytest.fixture
def code(store: Store) -> str:
    return create_meeting(store, CLERK, "十一月调度会", DAY, "20261123-000000-aaaaaaaa", NOW)


def test_meetings_of_a_day_are_numbered_and_the_latest_stands_first(store: Store, code: str) -> None:
    second = create_meeting(store, CLERK, "下午会", DAY, "s", NOW + timedelta(hours=1))
    later = create_meeting(store, CLERK, "次日会", DAY + timedelta(days=1), "s", NOW)
    assert (code, second, later) == ("20261123-1", "20261123-2", "20261124-1")
    assert [m.meeting_code for m in list_meetings(store)] == [later, second, code]
    assert [m.version for m in list_meetings(store)] == [1, 1, 1]
    assert {m.created_by for m in list_meetings(store)} == {"会务甲"}


def test_a_meeting_that_is_put_off_leaves_its_number_to_nobody(store: Store, code: str) -> None:
    """The next meeting of that day was given the number of one that was there: it could not be made at all."""
    second = create_meeting(store, CLERK, "下午会", DAY, "s", NOW)
    change_meeting(store, CLERK, code, 1, NOW, title="改期的会", held_on=DAY + timedelta(days=1))
    third = create_meeting(store, CLERK, "晚上会", DAY, "s", NOW)
    assert [code, second, third] == ["20261123-1", "20261123-2", "20261123-3"]


def decided(words: str, why: str = "section.primary.L2.S1", due_on: date | None = DAY) -> Resolution:
    return Resolution(f"/district?district=500242&why={why}", "骨干教师", words, "县教委", due_on)


def test_a_decision_advances_for_whoever_saw_it_as_it_is(store: Store, code: str) -> None:
    add_decision(store, CLERK, code, NOW, decided("补两人"))
    add_decision(store, CLERK, code, NOW, decided("补三人", due_on=None))
    first, second = decisions(store, code)
    assert [(d.resolution, d.progress, d.version, d.due_on) for d in (first, second)] == [
        ("补两人", "open", 1, DAY),
        ("补三人", "open", 1, None),
    ]
    set_progress(store, CLERK, second.decision_id, 1, "advancing", NOW)
    set_progress(store, CLERK, second.decision_id, 2, "done", NOW)
    with pytest.raises(ChangedMeanwhileError, match="会务甲"):
        set_progress(store, CLERK, second.decision_id, 2, "open", NOW)
    with pytest.raises(RefusedError, match="no_transition"):
        set_progress(store, CLERK, second.decision_id, 3, "forgotten", NOW)
    assert [(d.progress, d.version) for d in decisions(store, code)] == [("open", 1), ("done", 3)]


def test_decisions_about_a_verdict_are_those_of_exactly_this_one_the_latest_first(store: Store, code: str) -> None:
    later = create_meeting(store, CLERK, "复会", DAY + timedelta(days=7), "s", NOW)
    add_decision(store, CLERK, code, NOW, decided("一"))
    add_decision(store, CLERK, code, NOW, decided("二"))
    add_decision(store, CLERK, later, NOW, decided("三"))
    add_decision(store, CLERK, later, NOW, decided("别校", why="section.primary.L2.S10"))
    found = decisions_about(store, "section.primary.L2.S1")
    assert [(t.meeting_title, t.held_on, t.decision.resolution) for t in found] == [
        ("复会", DAY + timedelta(days=7), "三"),
        ("十一月调度会", DAY, "二"),
        ("十一月调度会", DAY, "一"),
    ]


WRITES: list[tuple[str, Any]] = [
    ("create", lambda s, v, c, w: create_meeting(s, v, w, DAY, "s", NOW)),
    ("rename", lambda s, v, c, w: change_meeting(s, v, c, 1, NOW, title=w, held_on=DAY)),
    ("decision", lambda s, v, c, w: add_decision(s, v, c, NOW, decided(w))),
]


@pytest.mark.parametrize(("name", "write"), WRITES, ids=[name for name, _ in WRITES])
def test_nobody_writes_without_the_right_and_no_words_are_endless(
    store: Store, code: str, name: str, write: Any
) -> None:
    assert name
    with pytest.raises(RefusedError, match="no_permission"):
        write(store, NOBODY, code, "话")
    with pytest.raises(RefusedError, match="too_long"):
        write(store, CLERK, code, "话" * 10_000)
    with pytest.raises(RefusedError, match="needs_title"):
        write(store, CLERK, code, "  ")


def test_only_addresses_of_our_own_and_meetings_that_there_are(store: Store, code: str) -> None:
    with pytest.raises(RefusedError, match="bad_address"):
        add_decision(store, CLERK, code, NOW, Resolution("//example.org", "", "去外站", "", None))
    with pytest.raises(RefusedError, match="unknown_meeting"):
        change_meeting(store, CLERK, "20200101-1", 1, NOW, title="没有", held_on=DAY)
    with pytest.raises(RefusedError, match="unknown_meeting"):
        set_progress(store, CLERK, 4711, 1, "done", NOW)


def test_a_meeting_is_called_otherwise_by_whoever_saw_it_as_it_is(store: Store, code: str) -> None:
    change_meeting(store, CLERK, code, 1, NOW, title="十二月调度会", held_on=DAY + timedelta(days=9))
    with pytest.raises(ChangedMeanwhileError):
        change_meeting(store, CLERK, code, 1, NOW, title="又一个", held_on=DAY)
    [meeting] = list_meetings(store)
    assert (meeting.title, meeting.held_on, meeting.version) == ("十二月调度会", DAY + timedelta(days=9), 2)
    assert (meeting.meeting_code, meeting.snapshot_id) == (code, "20261123-000000-aaaaaaaa")


def test_a_unit_reads_the_decisions_that_are_its_own(store: Store, code: str) -> None:
    for unit, words in (("500242", "一"), ("500109", "二"), ("", "三"), ("500242", "四")):
        add_decision(store, CLERK, code, NOW, replace(decided(words), district_code=unit))
    assert [t.decision.resolution for t in decisions_for(store, "500242")] == ["四", "一"]
    assert [t.decision.resolution for t in decisions_for(store, "500238")] == []


def test_the_decisions_of_all_meetings_are_known_at_once(store: Store, code: str) -> None:
    later = create_meeting(store, CLERK, "复会", DAY, "s", NOW)
    for meeting, words in ((code, "一"), (later, "二"), (code, "三")):
        add_decision(store, CLERK, meeting, NOW, decided(words))
    taken = decisions_by_meeting(store)
    assert {key: [d.resolution for d in rows] for key, rows in taken.items()} == {code: ["一", "三"], later: ["二"]}
    assert taken == {key: decisions(store, key) for key in (code, later)}
