"""满意度调查 in the store: who takes which step, what numbers cannot be, and that a rehearsal is no round."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.access import Scope, Viewer
from data.rows.surveys import Side
from data.store import audit
from data.store.as_of import store_after
from data.store.engine import Store
from data.store.matter_lists import Asked, count_by_state
from data.store.matters import Matter, MatterStep, Writing, find_matter, list_matters
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.steps import may_take, transitions_of
from data.store.surveys import (
    REHEARSAL,
    SURVEY,
    GroupCount,
    NewSurveys,
    counts_of,
    enter_answers,
    is_complete,
    next_round,
    periods_of,
    plan_surveys,
    set_sample,
    step_survey,
)
from queries.surveys import result_of
from tests.people import CATALOGUE, PEOPLE, UNIT, person
from tests.stores import NOW

CITY, SECOND = person("municipal_supervisor1"), person("municipal_supervisor2")
UNIT_ONE, UNIT_TWO = person("district_supervisor1"), person("district_supervisor2")
LEADER, OFFICE = person("municipal_leader1"), person("school_office1")
DAY = date(2026, 12, 20)
SAMPLE = {"pupils": 300, "parents": 200}
ENTERED = {"pupils": (260, 232), "parents": (200, 180)}
ROUND = NewSurveys(SURVEY, [UNIT], "2026", 1, DAY, "第1轮", SAMPLE)


@contextmanager
def writing(store: Store, viewer: Viewer) -> Iterator[Writing]:
    with store.write() as connection:
        audit.hold_head(connection)
        yield Writing(store, connection, CATALOGUE, viewer, NOW)


def planned(store: Store, new: NewSurveys = ROUND, by: Viewer = CITY) -> list[Matter]:
    with writing(store, by) as hand:
        return plan_surveys(hand, new, is_demonstration=True)


def seen(store: Store, code: str) -> Matter:
    survey = find_matter(store, code)
    assert survey is not None
    return survey


def step(store: Store, code: str, action: str, by: Viewer, reason: str = "", due_on: date | None = None) -> Matter:
    survey = seen(store, code)
    with writing(store, by) as hand:
        return step_survey(hand, survey, MatterStep(code, survey.version, action, reason, due_on))


def enter(
    store: Store, code: str, by: Viewer, entered: Mapping[str, tuple[int | None, int | None]] = ENTERED
) -> Matter:
    survey = seen(store, code)
    with writing(store, by) as hand:
        return enter_answers(hand, survey, MatterStep(code, survey.version, "enter_answers"), entered)


def answering(store: Store) -> str:
    (survey,) = planned(store)
    step(store, survey.matter_code, "start_survey", CITY)
    return survey.matter_code


def test_a_round_is_planned_entered_counted_and_released_by_several_hands(store: Store) -> None:
    (survey,) = planned(store)
    code = survey.matter_code
    assert (code, survey.state, survey.round, survey.due_on) == (f"DC{UNIT}-2026-0001", "planned", 1, DAY)
    assert periods_of(store, [code]) == {code: "2026"}
    with pytest.raises(RefusedError, match="no_transition"):
        enter(store, code, UNIT_ONE)
    step(store, code, "start_survey", CITY)
    with pytest.raises(RefusedError, match="survey_unfinished") as refused:
        step(store, code, "count_survey", CITY)
    assert refused.value.detail == "学生、家长", "those that are asked, and no others"
    assert enter(store, code, UNIT_ONE).done_by == UNIT_ONE.name
    with pytest.raises(RefusedError, match="no_permission"):
        step(store, code, "count_survey", UNIT_TWO)
    counted = step(store, code, "count_survey", CITY)
    assert (counted.state, counted.due_on) == ("counted", date(2026, 12, 3)), "10 days to release it"
    with pytest.raises(RefusedError, match="needs_other_person"):
        step(store, code, "release_survey", CITY)
    assert step(store, code, "release_survey", SECOND).state == "released"
    actions = [e.action for e in audit.history(store, SURVEY, code)]
    assert actions == ["open_matter", "start_survey", "enter_answers", "count_survey", "release_survey"]


def test_who_entered_does_not_count(store: Store) -> None:
    code = answering(store)
    enter(store, code, CITY)
    with pytest.raises(RefusedError, match="needs_other_person"):
        step(store, code, "count_survey", CITY)
    assert step(store, code, "count_survey", SECOND).state == "counted"
    sent_back = step(store, code, "send_back", CITY, "教师漏填", DAY + timedelta(days=5))
    assert (sent_back.state, sent_back.due_on) == ("answering", date(2026, 12, 25))


def test_who_entered_last_does_not_count_after_it_was_sent_back_either(store: Store) -> None:
    code = answering(store)
    entered = enter(store, code, CITY)
    step(store, code, "count_survey", SECOND)
    sent_back = step(store, code, "send_back", SECOND, "教师漏填", DAY)
    assert (sent_back.done_by, sent_back.done_by_id, sent_back.done_on) == (CITY.name, CITY.account_id, entered.done_on)
    with pytest.raises(RefusedError, match="needs_other_person"):
        step(store, code, "count_survey", CITY)
    enter(store, code, UNIT_ONE)
    assert step(store, code, "count_survey", CITY).state == "counted"


@pytest.mark.parametrize(
    ("entered", "refusal", "group"),
    [
        ({"pupils": (301, 1)}, "survey_more_answers", "学生"),
        ({"pupils": (260, 232), "parents": (100, 101)}, "survey_more_satisfied", "家长"),
        ({"pupils": (260, None)}, "survey_half", "学生"),
        ({"teachers": (1, 1)}, "survey_more_answers", "教师"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_group(
    store: Store, entered: dict[str, tuple[int | None, int | None]], refusal: str, group: str
) -> None:
    code = answering(store)
    before = seen(store, code)
    with pytest.raises(RefusedError, match=refusal) as refused:
        enter(store, code, UNIT_ONE, entered)
    assert refused.value.detail == group
    assert seen(store, code) == before, "nothing of it stays"
    assert not is_complete(counts_of(store, CATALOGUE, [code])[code])


def test_what_cannot_be_planned(store: Store) -> None:
    tries = [
        ("no_permission", ROUND, UNIT_ONE),
        ("no_permission", ROUND, LEADER),
        ("no_permission", replace(ROUND, matter_kind=REHEARSAL), OFFICE),
        ("needs_units", replace(ROUND, district_codes=[]), CITY),
        ("survey_day", replace(ROUND, due_on=date(2026, 11, 22)), CITY),
        ("survey_day", replace(ROUND, due_on=None), CITY),
        ("due_is_far", replace(ROUND, due_on=date(9999, 12, 31)), CITY),
        ("survey_round", replace(ROUND, round=0), CITY),
        ("needs_sample", replace(ROUND, sample={}), CITY),
        ("needs_sample", replace(ROUND, sample={"nobody": 10}), CITY),
        ("personal_number", replace(ROUND, note="联系13812345678"), CITY),
    ]
    for refusal, new, by in tries:
        with pytest.raises(RefusedError, match=refusal):
            planned(store, new, by)
    assert list_matters(store, SURVEY) == []
    planned(store)
    both = replace(ROUND, district_codes=["500101", UNIT])
    with pytest.raises(RefusedError, match="survey_is_planned") as refused:
        planned(store, both)
    assert refused.value.detail == f"DC{UNIT}-2026-0001"
    assert len(list_matters(store, SURVEY)) == 1, "all or none"
    with pytest.raises(RefusedError, match="personal_number"):
        step(store, f"DC{UNIT}-2026-0001", "void_survey", CITY, "王某13812345678反映样本有误")
    step(store, f"DC{UNIT}-2026-0001", "void_survey", CITY, "样本有误")
    assert [s.matter_code for s in planned(store, both)] == ["DC500101-2026-0001", f"DC{UNIT}-2026-0002"]
    assert next_round(store, CATALOGUE, Asked(SURVEY, Scope()), "2026") == 2
    assert next_round(store, CATALOGUE, Asked(SURVEY, Scope()), "2027") == 1, "each period begins anew"


def test_the_next_number_is_of_the_own_units_and_can_always_be_taken(store: Store) -> None:
    elsewhere = replace(UNIT_ONE, scope=Scope(frozenset({"500101"})))
    planned(store, replace(ROUND, matter_kind=REHEARSAL, round=99), UNIT_ONE)
    assert next_round(store, CATALOGUE, Asked(REHEARSAL, elsewhere.scope), "2026") == 1, (
        "what others rehearse is not told"
    )
    assert next_round(store, CATALOGUE, Asked(REHEARSAL, UNIT_ONE.scope), "2026") == 99, "no number is beyond the last"
    step(store, f"YY{UNIT}-2026-0001", "void_survey", UNIT_ONE, "误排")
    assert next_round(store, CATALOGUE, Asked(REHEARSAL, UNIT_ONE.scope), "2026") == 1, (
        "of one that is void it is free again"
    )


def test_a_rehearsal_is_the_units_own_and_no_round(store: Store) -> None:
    (rehearsal,) = planned(store, replace(ROUND, matter_kind=REHEARSAL), UNIT_ONE)
    code = rehearsal.matter_code
    assert code == f"YY{UNIT}-2026-0001"
    for action in ("start_survey",):
        step(store, code, action, UNIT_ONE)
    enter(store, code, UNIT_ONE)
    assert step(store, code, "count_survey", UNIT_ONE).state == "counted"
    with pytest.raises(RefusedError, match="no_transition"):
        step(store, code, "release_survey", SECOND)
    assert count_by_state(store, Asked(SURVEY, Scope())) == {}
    assert next_round(store, CATALOGUE, Asked(SURVEY, Scope()), "2026") == 1
    assert planned(store)[0].matter_code == f"DC{UNIT}-2026-0001", "the round is not taken by its rehearsal"


def test_the_sample_changes_before_it_begins_and_not_after(store: Store) -> None:
    (survey,) = planned(store)
    code = survey.matter_code
    with writing(store, CITY) as hand:
        set_sample(hand, survey, MatterStep(code, 1, "set_sample"), {"pupils": 500})
    counts = counts_of(store, CATALOGUE, [code])[code]
    assert [(c.group_code, c.asked) for c in counts if c.asked] == [("pupils", 500)]
    step(store, code, "start_survey", CITY)
    with pytest.raises(RefusedError, match="no_transition"), writing(store, CITY) as hand:
        set_sample(hand, seen(store, code), MatterStep(code, 3, "set_sample"), {"pupils": 10})


def test_the_unit_never_decides_on_a_round_of_its_own() -> None:
    unit_steps = {t.action for t in transitions_of(CATALOGUE, SURVEY) if may_take(t, UNIT_ONE)}
    assert unit_steps == {"enter_answers"}
    assert all(t.needs_other_unit for t in transitions_of(CATALOGUE, SURVEY) if t.action != "enter_answers")
    others = [p for p in PEOPLE if p.role not in ("municipal_supervisor", "district_supervisor")]
    assert not [
        p.name for p in others for k in (SURVEY, REHEARSAL) for t in transitions_of(CATALOGUE, k) if may_take(t, p)
    ]


def test_a_survey_that_somebody_else_changed_is_told(store: Store) -> None:
    code = answering(store)
    old = seen(store, code)
    enter(store, code, UNIT_ONE)
    with pytest.raises(ChangedMeanwhileError), writing(store, UNIT_TWO) as hand:
        enter_answers(hand, old, MatterStep(code, old.version, "enter_answers"), ENTERED)


def test_a_meeting_sees_the_counts_of_its_day(store: Store) -> None:
    code = answering(store)
    enter(store, code, UNIT_ONE)
    earlier = store_after(store, date(2026, 11, 22))
    assert find_matter(earlier, code) is None
    assert counts_of(earlier, CATALOGUE, [code]) == {}
    same_day = store_after(store, date(2026, 11, 23))
    assert counts_of(same_day, CATALOGUE, [code]) == counts_of(store, CATALOGUE, [code])


def test_the_result_adds_up_groups_and_leaves_out_those_without_answers() -> None:
    counts = [
        GroupCount("pupils", 300, 260, 232),
        GroupCount("parents", 200, 200, 180),
        GroupCount("teachers", 50, 0, 0),
    ]
    result = result_of(counts, {"pupils": "学生"}, Decimal("0.85"), Decimal("0.95"))
    pooled = result.pooled
    assert (pooled.asked, pooled.answered, pooled.satisfied, pooled.side) == (550, 460, 412, Side.ABOVE)
    assert (pooled.share, pooled.response_share) == (Decimal(412) / 460, Decimal(460) / 550)
    assert pooled.interval is not None
    assert (round(pooled.interval.low, 3), round(pooled.interval.high, 3)) == (0.864, 0.920)
    teachers = result.groups[2]
    assert (teachers.name, teachers.answered, teachers.share, teachers.interval, teachers.side) == (
        "teachers",
        0,
        None,
        None,
        None,
    ), "no answer is not 0 %"
    nothing = result_of([GroupCount("pupils", 300)], {}, Decimal("0.85"), Decimal("0.95")).pooled
    assert (nothing.answered, nothing.share, nothing.response_share) == (None, None, None)
