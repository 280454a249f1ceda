"""Visits in the store: planned once, recorded once, each finding an issue; the list stays fast at fifty thousand."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from data.access import EVERYTHING, Permission, Scope, Viewer
from data.store import audit
from data.store.as_of import store_after
from data.store.engine import Store
from data.store.issue_opening import NewIssue
from data.store.ledger import list_issues
from data.store.matter_lists import (
    Asked,
    count_by_state,
    count_late,
    days_done_by_school,
    last_done_by_school,
    part_of_list,
)
from data.store.matters import MatterStep, NewMatter, Writing, add_matter, list_matters, step_matter
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.schema import matter
from data.store.visit_photos import MOST_PHOTOS, NewPhoto, add_photo, find_photo, photos_of
from data.store.visits import (
    Answer,
    Recorded,
    VisitRecord,
    answers_of,
    findings_by_visit,
    plan_visits,
    record_visit,
    visits_of_issue,
)
from tests.people import CATALOGUE
from tests.stores import NOW

SCHOOL, UNIT = "S500242-001", "500242"
DAY = date(2026, 12, 8)
PLANNER = Viewer("安排甲", frozenset({Permission.VISITS_PLAN}), account_id="p")
INSPECTOR = Viewer(
    "督学乙",
    frozenset({Permission.VISITS_RECORD, Permission.LEDGER_OPEN, Permission.LEDGER_OPEN_MUNICIPAL}),
    account_id="i",
)
OTHER = replace(INSPECTOR, name="督学丙", account_id="o")
PLANNED = NewMatter("visit", UNIT, "走访示例小学", school_code=SCHOOL, due_on=DAY, assignee="督学乙", assignee_id="i")
FINDING = Answer("cell.primary.L2", "hard", "L2 小学骨干教师", "报7人", "differs", "5人", "两人已调走")
SEEN = Answer("asked.burden", "soft", "Q8 课业负担", "", "agrees")
ISSUE = NewIssue(UNIT, "两人已调走", "过程督导", SCHOOL, "primary", "L2")
JPEG = b"\xff\xd8\xff\xe0 picture"


@contextmanager
def writing(store: Store, viewer: Viewer, at: datetime = NOW) -> Iterator[Writing]:
    with store.write() as connection:
        audit.hold_head(connection)
        yield Writing(store, connection, CATALOGUE, viewer, at)


def planned(store: Store, *new: NewMatter) -> list[str]:
    with writing(store, PLANNER) as by:
        return [v.matter_code for v in plan_visits(by, new or [PLANNED], is_demonstration=True)]


def a_record(key: str = "a" * 32, code: str = "", **changes: object) -> VisitRecord:
    made = VisitRecord(key, code, UNIT, SCHOOL, "走访示例小学", NOW - timedelta(days=1), "整洁", [FINDING, SEEN])
    return replace(made, **changes)


def sent(
    store: Store, record: VisitRecord, issues: Mapping[int, NewIssue] | None = None, viewer: Viewer = INSPECTOR
) -> Recorded:
    with writing(store, viewer) as by:
        return record_visit(by, record, {0: ISSUE} if issues is None else issues, {}, is_demonstration=True)


def test_a_planned_visit_is_recorded_with_its_finding_as_an_issue(store: Store) -> None:
    (code,) = planned(store)
    assert code == f"ZF{UNIT}-2026-0001"
    done = sent(store, a_record(code=code))
    (visit,) = list_matters(store, "visit")
    assert (visit.matter_code, visit.state, visit.done_by, visit.note) == (code, "recorded", "督学乙", "整洁")
    assert visit.done_on == date(2026, 11, 22), "the day of the visit, not of its arrival"
    (issue,) = list_issues(store)
    assert (issue.issue_code, issue.item_code, issue.origin) == (done.issue_codes[0], "L2", "过程督导")
    assert [a.issue_code for a in answers_of(store, visit)] == [issue.issue_code, ""]
    assert visits_of_issue(store, issue.issue_code) == [code]
    assert findings_by_visit(store, [visit]) == {code: 1}
    assert [e.action for e in audit.history(store, "visit", code)] == ["open_matter", "record"]


def test_what_is_sent_again_counts_once_and_only_for_who_sent_it(store: Store) -> None:
    first = sent(store, a_record())
    again = sent(store, a_record(impression="ganz anders"))
    assert (again.was_sent, again.visit, again.issue_codes) == (True, first.visit, first.issue_codes)
    assert (len(list_matters(store, "visit")), len(list_issues(store))) == (1, 1)
    with pytest.raises(RefusedError, match="no_permission"):
        sent(store, a_record(), viewer=OTHER)


def test_a_value_with_an_open_issue_gets_no_second_one(store: Store) -> None:
    first = sent(store, a_record())
    second = sent(store, a_record("b" * 32))
    assert second.issue_codes == first.issue_codes
    assert len(list_issues(store)) == 1


def test_a_planned_visit_is_recorded_by_one_alone(store: Store) -> None:
    (code,) = planned(store)
    sent(store, a_record(code=code))
    with pytest.raises(RefusedError, match="visit_is_recorded"):
        sent(store, a_record("b" * 32, code), viewer=OTHER)
    assert len(list_issues(store)) == 1, "nothing of the second is kept"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_key": "short"}, "bad_record"),
        ({"answers": []}, "bad_record"),
        ({"answers": [SEEN] * 2}, "bad_record"),
        ({"answers": [replace(SEEN, answer="perhaps")]}, "bad_record"),
        ({"answers": [replace(FINDING, words=" ", measured="")]}, "needs_finding"),
        ({"answers": [replace(SEEN, words="字" * 501)]}, "too_long"),
        ({"impression": "\x00"}, "bad_characters"),
        ({"matter_code": "ZF500242-2026-0404"}, "unknown_matter"),
    ],
)
def test_a_record_that_does_not_hold_leaves_nothing(store: Store, changes: dict[str, object], code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        sent(store, replace(a_record(), **changes))
    assert (list_matters(store, "visit"), list_issues(store)) == ([], [])


def test_nobody_records_or_plans_without_the_duty(store: Store) -> None:
    for viewer in (PLANNER, Viewer("领导", frozenset({Permission.READ_FIGURES}))):
        with pytest.raises(RefusedError, match="no_permission"):
            sent(store, a_record(), viewer=viewer)
    with pytest.raises(RefusedError, match="no_permission"), writing(store, INSPECTOR) as by:
        plan_visits(by, [PLANNED], is_demonstration=True)


def test_a_device_whose_clock_is_wrong_dates_no_visit_in_the_future_or_long_ago(store: Store) -> None:
    late = sent(store, a_record("c" * 32, visited_at=NOW + timedelta(days=400)), {})
    early = sent(store, a_record("d" * 32, visited_at=NOW - timedelta(days=4000)), {})
    assert late.visit.done_on == date(2026, 11, 23)
    assert early.visit.done_on == date(2026, 11, 23), "the day on which it arrived"


def test_a_school_has_one_visit_to_come_and_a_day_that_is_not_past(store: Store) -> None:
    planned(store)
    with pytest.raises(RefusedError, match="visit_is_planned"):
        planned(store)
    other = replace(PLANNED, school_code="S500242-002")
    with pytest.raises(RefusedError, match="visit_day"):
        planned(store, replace(other, due_on=date(2026, 11, 1)))
    with pytest.raises(RefusedError, match="visit_day"):
        planned(store, replace(other, due_on=None))
    assert len(list_matters(store, "visit")) == 1, "all or none"


def test_a_visit_is_moved_and_cancelled_with_a_reason_as_it_was_seen(store: Store) -> None:
    (code,) = planned(store)
    later = date(2026, 12, 20)
    moved = step_matter(store, CATALOGUE, PLANNER, MatterStep(code, 1, "shift", "考试", later), NOW)
    assert (moved.state, moved.due_on, moved.done_by) == ("planned", later, "")
    with pytest.raises(ChangedMeanwhileError):
        step_matter(store, CATALOGUE, PLANNER, MatterStep(code, 1, "cancel", "合并"), NOW)
    for step, refusal in (
        (MatterStep(code, 2, "cancel"), "needs_reason"),
        (MatterStep(code, 2, "shift", "又改"), "needs_deadline"),
        (MatterStep(code, 2, "nothing", "x"), "no_transition"),
    ):
        with pytest.raises(RefusedError, match=refusal):
            step_matter(store, CATALOGUE, PLANNER, step, NOW)
    with pytest.raises(RefusedError, match="no_permission"):
        step_matter(store, CATALOGUE, INSPECTOR, MatterStep(code, 2, "cancel", "x"), NOW)
    assert step_matter(store, CATALOGUE, PLANNER, MatterStep(code, 2, "cancel", "合并"), NOW).state == "cancelled"


def test_photographs_count_once_and_belong_to_who_was_there(store: Store) -> None:
    visit = sent(store, a_record()).visit
    new = NewPhoto("1" * 32, visit.matter_code, 0, JPEG, NOW, "29.5,106.5±10")
    assert add_photo(store, CATALOGUE, INSPECTOR, new, NOW)
    assert not add_photo(store, CATALOGUE, INSPECTOR, new, NOW), "it had come"
    (photo,) = photos_of(store, visit)
    found = find_photo(store, photo.photo_id)
    assert found is not None
    assert found[1].read_bytes() == JPEG
    for wrong, refusal in (
        (replace(new, client_key="2" * 32, content=b"GIF89a"), "photo_content"),
        (replace(new, client_key="2" * 32, content=b""), "photo_size"),
        (replace(new, client_key="2" * 32, position=60), "bad_record"),
        (replace(new, client_key="2" * 32, matter_code="ZF1"), "unknown_matter"),
    ):
        with pytest.raises(RefusedError, match=refusal):
            add_photo(store, CATALOGUE, INSPECTOR, wrong, NOW)
    with pytest.raises(RefusedError, match="no_permission"):
        add_photo(store, CATALOGUE, OTHER, replace(new, client_key="3" * 32), NOW)
    for number in range(1, MOST_PHOTOS):
        assert add_photo(store, CATALOGUE, INSPECTOR, replace(new, client_key=f"{number:032x}"), NOW)
    with pytest.raises(RefusedError, match="photo_count"):
        add_photo(store, CATALOGUE, INSPECTOR, replace(new, client_key="e" * 32), NOW)


def test_a_frozen_meeting_does_not_know_of_a_later_visit(store: Store) -> None:
    (code,) = planned(store)
    with writing(store, INSPECTOR, NOW + timedelta(days=3)) as by:
        record_visit(by, a_record(code=code), {0: ISSUE}, {}, is_demonstration=True)
    before = store_after(store, date(2026, 11, 24))
    (visit,) = list_matters(before, "visit")
    assert (visit.state, visit.done_on, answers_of(before, visit)) == ("planned", None, [])
    assert list_matters(store_after(store, date(2026, 11, 22)), "visit") == []


def test_lists_and_counts_of_fifty_thousand_visits_answer_at_once_and_keep_to_the_scope(store: Store) -> None:
    with writing(store, PLANNER) as by:
        first = add_matter(by, PLANNED, is_demonstration=True)
        values = {c.name: getattr(first, c.name) for c in matter.columns}
        rows = [
            {
                **values,
                "matter_code": f"ZF-{n}",
                "district_code": f"5001{n % 40:02}",
                "school_code": f"S{n % 2000}",
                "state": "recorded" if n % 5 else "planned",
                "due_on": DAY - timedelta(days=n % 30),
                "done_on": DAY - timedelta(days=n % 400) if n % 5 else None,
            }
            for n in range(50_000)
        ]
        for start in range(0, len(rows), 5_000):
            by.connection.execute(insert(matter), rows[start : start + 5_000])
    everything, narrow = Asked("visit", EVERYTHING), Asked("visit", Scope(frozenset({"500103"}), frozenset({"S3"})))
    began = time.perf_counter()
    listed = part_of_list(store, everything, "planned", 200)
    counts = count_by_state(store, everything)
    late = count_late(store, everything, "planned", DAY)
    seconds = time.perf_counter() - began
    assert seconds < 0.5, f"{seconds:.3f} s for what a page asks"
    assert len(listed) == 200
    assert [v.due_on for v in listed] == sorted(v.due_on for v in listed if v.due_on)
    assert counts == {"planned": 10_001, "recorded": 40_000}
    assert late == sum(r["state"] == "planned" and r["due_on"] < DAY for r in rows)
    seen = part_of_list(store, narrow, "planned", 1_000)
    assert {(v.district_code, v.school_code) for v in seen} == {("500103", "S3")}
    since = DAY - timedelta(days=100)
    mine = [r for r in rows if r["district_code"] == "500103" and r["school_code"] == "S3" and r["done_on"]]
    recorded = replace(narrow, state="recorded")
    days = {r["done_on"] for r in mine if since <= r["done_on"] <= DAY}
    assert days_done_by_school(store, recorded, since, DAY) == {"S3": days}
    assert last_done_by_school(store, recorded) == {"S3": max(r["done_on"] for r in mine)}
