"""会议: a running order is moved by one place, decisions have a version, and everything is bounded."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from data.access import NOTHING, Permission, Viewer
from data.store.engine import Store
from data.store.ledger import ChangedMeanwhileError, RefusedError
from data.store.meetings import (
    Resolution,
    add_decision,
    add_slide,
    agenda,
    change_slide,
    create_meeting,
    decisions,
    decisions_about,
    list_meetings,
    set_progress,
    shift_slide,
)
from data.store.schema import audit_entry
from tests.stores import NOW

CLERK = Viewer("会务甲", frozenset({Permission.MEETINGS_EDIT}))
NOBODY = Viewer("旁听乙", frozenset(Permission) - {Permission.MEETINGS_EDIT}, NOTHING)
DAY = date(2026, 11, 23)


@pytest.fixture
def code(store: Store) -> str:
    return create_meeting(store, CLERK, "十一月调度会", DAY, "20261123-000000-aaaaaaaa", NOW)


def titles(store: Store, code: str) -> list[str]:
    return [slide.title for slide in agenda(store, code)]


def number_of(store: Store, code: str, title: str) -> int:
    [found] = [slide.slide_id for slide in agenda(store, code) if slide.title == title]
    return found


@pytest.fixture
def four(store: Store, code: str) -> str:
    for title in "甲乙丙丁":
        add_slide(store, CLERK, code, f"/plan?q={title}", title, NOW)
    return code


def test_meetings_of_a_day_are_numbered_and_the_latest_stands_first(store: Store, code: str) -> None:
    second = create_meeting(store, CLERK, "下午会", DAY, "s", NOW + timedelta(hours=1))
    later = create_meeting(store, CLERK, "次日会", DAY + timedelta(days=1), "s", NOW)
    assert (code, second, later) == ("20261123-1", "20261123-2", "20261124-1")
    assert [m.meeting_code for m in list_meetings(store)] == [later, second, code]
    assert [m.version for m in list_meetings(store)] == [1, 1, 1]
    assert {m.created_by for m in list_meetings(store)} == {"会务甲"}


def test_views_are_put_at_the_end_with_five_minutes(store: Store, four: str) -> None:
    other = create_meeting(store, CLERK, "别的会", DAY, "s", NOW)
    add_slide(store, CLERK, other, "/trend", "别处", NOW)
    assert [(s.position, s.title, s.note, s.minutes) for s in agenda(store, four)] == [
        (1, "甲", "", 5),
        (2, "乙", "", 5),
        (3, "丙", "", 5),
        (4, "丁", "", 5),
    ]
    assert [(s.position, s.title) for s in agenda(store, other)] == [(1, "别处")]


@pytest.mark.parametrize(
    ("title", "by", "order"),
    [("丙", -1, "甲丙乙丁"), ("乙", 1, "甲丙乙丁"), ("甲", -1, "甲乙丙丁"), ("丁", 1, "甲乙丙丁"), ("乙", 0, "甲丙丁")],
)
def test_a_view_moves_by_one_place_and_not_beyond_the_ends(
    store: Store, four: str, title: str, by: int, order: str
) -> None:
    shift_slide(store, CLERK, number_of(store, four, title), by, NOW)
    assert titles(store, four) == list(order)
    assert [slide.position for slide in agenda(store, four)] == list(range(1, len(order) + 1))
    with store.read() as connection:
        last = connection.execute(select(audit_entry).order_by(audit_entry.c.sequence.desc())).mappings().first()
    assert last is not None
    assert (last["action"], last["subject_id"]) == ("shift_slide" if by else "drop_slide", four)


@pytest.mark.parametrize(("minutes", "is_taken"), [(0, False), (1, True), (120, True), (121, False)])
def test_a_view_takes_one_minute_to_two_hours(store: Store, four: str, minutes: int, is_taken: bool) -> None:
    number = number_of(store, four, "乙")
    if is_taken:
        change_slide(store, CLERK, number, NOW, note="先说缺口", minutes=minutes)
    else:
        with pytest.raises(RefusedError, match="bad_number"):
            change_slide(store, CLERK, number, NOW, note="先说缺口", minutes=minutes)
    changed = {s.title: (s.note, s.minutes) for s in agenda(store, four)}
    assert changed == {t: ("先说缺口", minutes) if t == "乙" and is_taken else ("", 5) for t in "甲乙丙丁"}


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
    assert [(t, d, x.resolution) for t, d, x in decisions_about(store, "section.primary.L2.S1")] == [
        ("复会", DAY + timedelta(days=7), "三"),
        ("十一月调度会", DAY, "二"),
        ("十一月调度会", DAY, "一"),
    ]


WRITES: list[tuple[str, Any]] = [
    ("create", lambda s, v, c, n, w: create_meeting(s, v, w, DAY, "s", NOW)),
    ("slide", lambda s, v, c, n, w: add_slide(s, v, c, "/plan", w, NOW)),
    ("note", lambda s, v, c, n, w: change_slide(s, v, n, NOW, note=w, minutes=5)),
    ("decision", lambda s, v, c, n, w: add_decision(s, v, c, NOW, decided(w))),
]


@pytest.mark.parametrize(("name", "write"), WRITES, ids=[name for name, _ in WRITES])
def test_nobody_writes_without_the_right_and_no_words_are_endless(
    store: Store, four: str, name: str, write: Any
) -> None:
    number = number_of(store, four, "甲")
    with pytest.raises(RefusedError, match="no_permission"):
        write(store, NOBODY, four, number, "话")
    with pytest.raises(RefusedError, match="too_long"):
        write(store, CLERK, four, number, "话" * 10_000)
    if name != "note":
        with pytest.raises(RefusedError, match="needs_title"):
            write(store, CLERK, four, number, "  ")


def test_only_addresses_of_our_own_and_meetings_that_there_are(store: Store, code: str) -> None:
    with pytest.raises(RefusedError, match="bad_address"):
        add_slide(store, CLERK, code, "https://example.org/plan", "外站", NOW)
    with pytest.raises(RefusedError, match="bad_address"):
        add_decision(store, CLERK, code, NOW, Resolution("//example.org", "", "去外站", "", None))
    with pytest.raises(RefusedError, match="unknown_meeting"):
        add_slide(store, CLERK, "20200101-1", "/plan", "没有", NOW)
    with pytest.raises(RefusedError, match="unknown_meeting"):
        shift_slide(store, CLERK, 4711, 1, NOW)
    with pytest.raises(RefusedError, match="unknown_meeting"):
        set_progress(store, CLERK, 4711, 1, "done", NOW)
