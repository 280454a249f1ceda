"""议程: views are put at the end, moved to a place, changed and dropped; all of it is bounded and recorded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from data.access import NOTHING, Permission, Viewer
from data.store.agenda import (
    MOST_ITEMS,
    ORGANIZERS,
    READERS,
    AgendaItem,
    add_items,
    add_slide,
    agenda,
    agenda_lengths,
    change_slide,
    drop_slide,
    order_before,
    place_slide,
)
from data.store.engine import Store
from data.store.meetings import create_meeting
from data.store.refusals import RefusedError
from data.store.schema import audit_entry
from tests.stores import NOW

CLERK = Viewer("会务甲", frozenset({Permission.MEETINGS_EDIT}))
NOBODY = Viewer("旁听乙", frozenset(Permission) - {Permission.MEETINGS_EDIT}, NOTHING)
DAY = date(2026, 11, 23)


@pytest.fixture
def four(store: Store) -> str:
    code = create_meeting(store, CLERK, "十一月调度会", DAY, "20261123-000000-aaaaaaaa", NOW)
    for title in "甲乙丙丁":
        add_slide(store, CLERK, code, f"/plan?q={title}", title, NOW)
    return code


def titles(store: Store, code: str) -> list[str]:
    return [slide.title for slide in agenda(store, code)]


def number_of(store: Store, code: str, title: str) -> int:
    [found] = [slide.slide_id for slide in agenda(store, code) if slide.title == title]
    return found


def last_act(store: Store) -> Any:
    with store.read() as connection:
        return connection.execute(select(audit_entry).order_by(audit_entry.c.sequence.desc())).mappings().first()


def test_views_are_put_at_the_end_with_five_minutes(store: Store, four: str) -> None:
    other = create_meeting(store, CLERK, "别的会", DAY, "s", NOW)
    add_slide(store, CLERK, other, "/trend", "别处", NOW)
    assert [(s.position, s.title, s.note, s.minutes, s.speaker, s.audience) for s in agenda(store, four)] == [
        (number, title, "", 5, "", READERS) for number, title in enumerate("甲乙丙丁", start=1)
    ]
    assert [(s.position, s.title) for s in agenda(store, other)] == [(1, "别处")]


@pytest.mark.parametrize(
    ("title", "position", "order"),
    [
        ("丙", 2, "甲丙乙丁"),
        ("乙", 3, "甲丙乙丁"),
        ("甲", 4, "乙丙丁甲"),
        ("丁", 1, "丁甲乙丙"),
        ("甲", 0, "甲乙丙丁"),
        ("甲", -7, "甲乙丙丁"),
        ("乙", 99, "甲丙丁乙"),
    ],
)
def test_a_view_moves_to_a_place_and_not_beyond_the_ends(
    store: Store, four: str, title: str, position: int, order: str
) -> None:
    place_slide(store, CLERK, number_of(store, four, title), position, NOW)
    assert titles(store, four) == list(order)
    assert [slide.position for slide in agenda(store, four)] == [1, 2, 3, 4]
    assert (last_act(store)["action"], last_act(store)["subject_id"]) == ("place_slide", four)


def test_a_dropped_view_leaves_no_gap(store: Store, four: str) -> None:
    drop_slide(store, CLERK, number_of(store, four, "乙"), NOW)
    assert [(s.position, s.title) for s in agenda(store, four)] == [(1, "甲"), (2, "丙"), (3, "丁")]
    assert (last_act(store)["action"], last_act(store)["subject_id"]) == ("drop_slide", four)


@pytest.mark.parametrize(("minutes", "is_taken"), [(0, False), (1, True), (120, True), (121, False)])
def test_a_view_takes_one_minute_to_two_hours(store: Store, four: str, minutes: int, is_taken: bool) -> None:
    number = number_of(store, four, "乙")
    item = AgendaItem("/", "乙", "先说缺口", minutes, "处长", ORGANIZERS)
    if is_taken:
        change_slide(store, CLERK, number, item, NOW)
    else:
        with pytest.raises(RefusedError, match="bad_number"):
            change_slide(store, CLERK, number, item, NOW)
    changed = {s.title: (s.note, s.minutes, s.speaker, s.audience) for s in agenda(store, four)}
    told = ("先说缺口", minutes, "处长", ORGANIZERS)
    assert changed == {t: told if t == "乙" and is_taken else ("", 5, "", READERS) for t in "甲乙丙丁"}
    assert {s.title: s.address for s in agenda(store, four)}["乙"] == "/plan?q=乙"


def test_a_view_is_called_otherwise_and_nothing_is_recorded_where_nothing_changed(store: Store, four: str) -> None:
    first = agenda(store, four)[0]
    change_slide(store, CLERK, first.slide_id, replace(first.item, title="新名"), NOW)
    assert titles(store, four) == ["新名", "乙", "丙", "丁"]
    known = last_act(store)["sequence"]
    change_slide(store, CLERK, first.slide_id, replace(first.item, title="新名"), NOW)
    assert last_act(store)["sequence"] == known


def test_an_order_is_put_into_another_meeting_whole(store: Store, four: str) -> None:
    first = agenda(store, four)[0]
    change_slide(store, CLERK, first.slide_id, AgendaItem("/", "甲", "先说", 9, "处长", ORGANIZERS), NOW)
    other = create_meeting(store, CLERK, "下一次", DAY, "s", NOW)
    add_items(store, CLERK, other, [slide.item for slide in agenda(store, four)], NOW)
    assert [slide.item for slide in agenda(store, other)] == [slide.item for slide in agenda(store, four)]


def test_an_order_with_one_bad_item_is_not_taken_at_all(store: Store, four: str) -> None:
    items = [AgendaItem("/", "好"), AgendaItem("https://example.org/", "坏")]
    with pytest.raises(RefusedError, match="bad_address"):
        add_items(store, CLERK, four, items, NOW)
    with pytest.raises(RefusedError, match="too_many_items"):
        add_items(store, CLERK, four, [AgendaItem("/", "页")] * (MOST_ITEMS - 3), NOW)
    with pytest.raises(RefusedError, match="no_transition"):
        add_items(store, CLERK, four, [AgendaItem("/", "页", audience="all")], NOW)
    assert titles(store, four) == list("甲乙丙丁")
    add_items(store, CLERK, four, [AgendaItem("/", "页")] * (MOST_ITEMS - 4), NOW)
    assert len(agenda(store, four)) == MOST_ITEMS


WRITES: list[tuple[str, Any]] = [
    ("slide", lambda s, v, c, n, w: add_slide(s, v, c, "/plan", w, NOW)),
    ("title", lambda s, v, c, n, w: change_slide(s, v, n, AgendaItem("/", w), NOW)),
]


@pytest.mark.parametrize(("name", "write"), WRITES, ids=[name for name, _ in WRITES])
def test_nobody_writes_without_the_right_and_no_words_are_endless(
    store: Store, four: str, name: str, write: Any
) -> None:
    assert name
    number = number_of(store, four, "甲")
    for who, words, why in ((NOBODY, "话", "no_permission"), (CLERK, "话" * 10_000, "too_long"), (CLERK, " ", "title")):
        with pytest.raises(RefusedError, match=why):
            write(store, who, four, number, words)
    for step in (lambda: place_slide(store, NOBODY, number, 2, NOW), lambda: drop_slide(store, NOBODY, number, NOW)):
        with pytest.raises(RefusedError, match="no_permission"):
            step()
    assert titles(store, four) == list("甲乙丙丁")


def test_only_addresses_of_our_own_and_meetings_that_there_are(store: Store, four: str) -> None:
    with pytest.raises(RefusedError, match="bad_address"):
        add_slide(store, CLERK, four, "https://example.org/plan", "外站", NOW)
    with pytest.raises(RefusedError, match="unknown_meeting"):
        add_slide(store, CLERK, "20200101-1", "/plan", "没有", NOW)
    for step in (
        lambda: place_slide(store, CLERK, 4711, 1, NOW),
        lambda: drop_slide(store, CLERK, 4711, NOW),
        lambda: change_slide(store, CLERK, 4711, AgendaItem("/", "页"), NOW),
    ):
        with pytest.raises(RefusedError, match="unknown_meeting"):
            step()


def test_the_lengths_of_all_orders_are_known_at_once(store: Store, four: str) -> None:
    create_meeting(store, CLERK, "没有议程的会", DAY, "s", NOW)
    other = create_meeting(store, CLERK, "别的会", DAY, "s", NOW)
    add_slide(store, CLERK, other, "/trend", "别处", NOW)
    assert agenda_lengths(store) == {four: 4, other: 1}


def test_the_last_order_is_that_of_the_last_meeting_before_the_day_that_has_one(store: Store, four: str) -> None:
    """A meeting that was still to come lent its order to one that came before it."""
    to_come = create_meeting(store, CLERK, "十二月会", DAY + timedelta(days=31), "s", NOW)
    add_slide(store, CLERK, to_come, "/funds", "将来", NOW)
    create_meeting(store, CLERK, "没有议程的会", DAY + timedelta(days=1), "s", NOW)
    assert four
    assert [item.title for item in order_before(store, DAY + timedelta(days=7))] == list("甲乙丙丁")
    assert [item.title for item in order_before(store, DAY + timedelta(days=32))] == ["将来"]
    assert order_before(store, DAY) == []
