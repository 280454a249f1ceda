"""督导意见书 and 群众热点 in the store: who takes which step, which term begins, and that nobody ends his own work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from data.access import Scope, Viewer
from data.rows.matters import object_by, report_by
from data.store import audit
from data.store.engine import Store
from data.store.matters import Matter, MatterStep, NewMatter, Writing, add_matter, find_matter, step_matter
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.steps import may_take, transitions_of
from tests.people import CATALOGUE, PEOPLE, SCHOOL, UNIT, person
from tests.stores import NOW

CITY, SECOND = person("municipal_supervisor1"), person("municipal_supervisor2")
UNIT_ONE, UNIT_TWO = person("district_supervisor1"), person("district_supervisor2")
OFFICE = person("school_office1")
LATER = date(2027, 3, 31)


@contextmanager
def writing(store: Store, viewer: Viewer) -> Iterator[Writing]:
    with store.write() as connection:
        audit.hold_head(connection)
        yield Writing(store, connection, CATALOGUE, viewer, NOW)


def added(store: Store, kind: str, *, school: str | None = None, by: Viewer = CITY) -> Matter:
    with writing(store, by) as hand:
        new = NewMatter(kind, UNIT, "综合督导", school_code=school, note="内容", due_on=date(2026, 11, 10))
        return add_matter(hand, new, is_demonstration=True)


def step(store: Store, code: str, action: str, by: Viewer, reason: str = "说明", due_on: date | None = None) -> Matter:
    matter = find_matter(store, code)
    assert matter is not None
    return step_matter(store, CATALOGUE, by, MatterStep(code, matter.version, action, reason, due_on), NOW)


def test_an_opinion_goes_from_the_first_feedback_to_its_end_with_its_terms(store: Store) -> None:
    opinion = added(store, "opinion")
    assert opinion.matter_code == f"YJ{UNIT}-2026-0001"
    code = opinion.matter_code
    fed_back = step(store, code, "feed_back", CITY, "")
    assert (fed_back.state, fed_back.due_on) == ("fed_back", date(2026, 12, 23)), "30 days for the 意见书"
    assert object_by(CATALOGUE, fed_back) == date(2026, 11, 28), "5 days from the feedback"
    assert step(store, code, "object", UNIT_ONE, "数字有误").state == "objected"
    with pytest.raises(RefusedError, match="needs_deadline"):
        step(store, code, "issue", CITY, "已核实")
    issued = step(store, code, "issue", CITY, "已核实", LATER)
    assert (issued.state, issued.due_on) == ("issued", LATER), "the 意见书 itself sets the time"
    assert report_by(CATALOGUE, issued) == date(2027, 4, 10)
    assert step(store, code, "receive", UNIT_ONE, "").state == "received"
    assert step(store, code, "report", UNIT_ONE, "已整改").state == "reported"
    ended = step(store, code, "end", CITY, "属实")
    assert (ended.state, ended.done_by) == ("closed", CITY.name)
    actions = [e.action for e in audit.history(store, "opinion", code)]
    assert actions == ["open_matter", "feed_back", "object", "issue", "receive", "report", "end"]


def test_whom_an_opinion_is_about_answers_it_and_nobody_else(store: Store) -> None:
    of_unit = added(store, "opinion").matter_code
    with pytest.raises(RefusedError, match="needs_other_party"):
        step(store, of_unit, "feed_back", UNIT_ONE, "")
    step(store, of_unit, "feed_back", CITY, "")
    with pytest.raises(RefusedError, match="no_permission"):
        step(store, of_unit, "object", CITY)
    with pytest.raises(RefusedError, match="needs_party"):
        step(store, of_unit, "object", replace(UNIT_ONE, scope=Scope(frozenset({"500103"}))))
    of_school = added(store, "opinion", school=SCHOOL, by=UNIT_ONE).matter_code
    step(store, of_school, "feed_back", UNIT_ONE, "")
    with pytest.raises(RefusedError, match="needs_party"):
        step(store, of_school, "object", UNIT_TWO)
    assert step(store, of_school, "object", OFFICE).state == "objected"


def test_a_complaint_is_passed_on_answered_and_ended_by_others_than_who_answered(store: Store) -> None:
    code = added(store, "complaint", school=SCHOOL, by=UNIT_ONE).matter_code
    passed = step(store, code, "pass_on", UNIT_ONE, "")
    assert (passed.state, passed.due_on) == ("passed_on", date(2026, 12, 8)), "15 days for the answer"
    with pytest.raises(RefusedError, match="needs_party"):
        step(store, code, "reply", UNIT_ONE)
    assert step(store, code, "reply", OFFICE, "已调整课表").state == "answered"
    assert step(store, code, "send_back", UNIT_TWO, "没有说明原因").state == "passed_on"
    step(store, code, "reply", OFFICE, "补充说明")
    assert step(store, code, "end", UNIT_ONE, "已回访").state == "closed"


def test_no_role_can_take_a_matter_from_its_beginning_to_its_end_alone() -> None:
    for kind in ("opinion", "complaint"):
        answers = [t for t in transitions_of(CATALOGUE, kind) if t.needs_own_unit]
        assert answers, kind
        assert all(t.needs_other_unit for t in transitions_of(CATALOGUE, kind) if t not in answers)
        for who in PEOPLE:
            if not any(may_take(t, who) for t in answers):
                continue
            assert who.scope.districts is not None, f"{who.name} answers what is about his own unit or school alone"


def test_a_step_on_what_somebody_else_changed_is_told(store: Store) -> None:
    opinion = added(store, "opinion")
    step(store, opinion.matter_code, "feed_back", SECOND, "")
    with pytest.raises(ChangedMeanwhileError):
        step_matter(store, CATALOGUE, CITY, MatterStep(opinion.matter_code, 1, "feed_back"), NOW)
