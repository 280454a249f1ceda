"""我的待办: each account is told what it must do by the rows of duties, and nothing that is another's."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.tasks import tasks_view
from callbacks.pages.warn import warning_rows
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context
from data.access import Scope, Viewer
from data.catalogue.supervision_tables import WarningRule
from data.demo.build import hold_meeting
from data.rows.tasks import Span, Task, TaskKind, TasksView
from data.settings import Settings
from data.store.audit import hold_head
from data.store.ledger import Move, move
from data.store.matters import NewMatter, Writing, add_matter
from data.store.meetings import Resolution, add_decision, create_meeting
from data.store.schema import issue as issue_table
from data.store.schema import submission
from data.store.submission import SUBMITTED
from data.store.submissions import add_submission
from data.store.visits import plan_visits
from data.store.warnings import WarningStep, step
from data.text import text
from data.view_state import ViewState
from layouts.page import static_page
from queries import common_dimensions
from tests.one_fact.surfaces import Page
from tests.people import CATALOGUE, PEOPLE, UNIT, person
from tests.small_demo import copied
from tests.stores import an_issue, put

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = NOW.date()
SCHOOL = "S500242-086"


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    app = create_app(copied(small_settings, tmp_path))
    with app.deps.store.write() as connection:
        connection.execute(delete(issue_table))
    return replace(app.deps, now=lambda: NOW)


def seen_by(deps: Dependencies, who: Viewer, unit: str = "") -> TasksView:
    mine = replace(deps, current_viewer=lambda: who).for_viewer()
    snapshot = mine.warehouse.current()
    return tasks_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(district=unit)))


def drawn(deps: Dependencies, who: Viewer, search: str = "") -> str:
    """The page as it is read, without its links."""
    mine = replace(deps, current_viewer=lambda: who).for_viewer()
    name, _, panels = page_of(mine, "/tasks", search)
    return Page(static_page(name, panels), ()).plain


def of_school(name: str) -> Viewer:
    return replace(person(name), scope=Scope(frozenset({UNIT}), frozenset({SCHOOL})))


def kinds(view: TasksView) -> Counter[TaskKind]:
    return Counter(t.kind for t in view.tasks)


def test_an_issue_is_a_task_of_whom_the_rows_name(deps: Dependencies) -> None:
    put(
        deps.store,
        an_issue("T1", school_code=SCHOOL, due_on=TODAY),
        an_issue("T2", status="awaiting_review", school_code=SCHOOL),
    )
    put(deps.store, an_issue("T3", status="look_back", school_code=SCHOOL))
    of_unit, school = seen_by(deps, person("district_supervisor1")), seen_by(deps, of_school("school_office1"))
    assert kinds(of_unit)[TaskKind.RECTIFY] == kinds(school)[TaskKind.RECTIFY] == 1
    assert kinds(of_unit)[TaskKind.REVIEW] == 1
    assert kinds(school)[TaskKind.REVIEW] == 0
    assert school.waiting[TaskKind.REVIEW] == 1, "what others do is counted"
    city = seen_by(deps, person("municipal_supervisor1"))
    assert kinds(city)[TaskKind.REVIEW] == kinds(city)[TaskKind.LOOK_BACK] == 1
    assert kinds(city)[TaskKind.RECTIFY] == 0
    assert city.waiting[TaskKind.RECTIFY] == 1
    assert not seen_by(deps, person("municipal_leader1")).tasks
    (task,) = [t for t in of_unit.tasks if t.kind is TaskKind.RECTIFY]
    assert task.due_on == TODAY
    assert "issue=T1" in task.address
    assert task.subject.endswith("L2 小学骨干教师")


def test_who_handed_in_does_not_review_and_a_wish_for_another_day_is_the_city_s(deps: Dependencies) -> None:
    mine = person("district_supervisor1")
    put(
        deps.store,
        an_issue(
            "T1", status="awaiting_review", school_code=SCHOOL, rectified_by=mine.name, rectified_by_id=mine.account_id
        ),
        an_issue("T2", school_code=SCHOOL, due_on=TODAY + timedelta(days=3)),
    )
    assert kinds(seen_by(deps, mine))[TaskKind.REVIEW] == 0
    assert kinds(seen_by(deps, person("district_supervisor2")))[TaskKind.REVIEW] == 1
    asked = Move("T2", 1, "ask_deadline", "等设备", due_on=TODAY + timedelta(days=30))
    move(deps.store, CATALOGUE, mine, asked, NOW.replace(tzinfo=None))
    city = seen_by(deps, person("municipal_supervisor1"))
    (task,) = [t for t in city.tasks if t.kind is TaskKind.DEADLINE]
    assert task.given_by == mine.name
    assert kinds(seen_by(deps, mine))[TaskKind.RECTIFY] == 1


def test_a_reminded_unit_answers_and_the_city_reads_the_answer(deps: Dependencies) -> None:
    city, unit, at = person("municipal_supervisor1"), person("district_supervisor1"), NOW.replace(tzinfo=None)
    mine = replace(deps, current_viewer=lambda: city).for_viewer()
    snapshot = mine.warehouse.current()
    rows = load_unit_context(mine, snapshot, ViewState(district=UNIT))
    key = next(w.warning_key for w in warning_rows(mine, snapshot, rows) if w.state == "new")
    step(deps.store, CATALOGUE, city, WarningStep(key, 0, "remind"), at, shown_state="new")
    (task,) = [t for t in seen_by(deps, unit).tasks if t.kind is TaskKind.ANSWER]
    days = next(r.days_to_answer for r in CATALOGUE.rows(WarningRule) if r.warning_code == key.partition(".")[0])
    assert task.due_on == TODAY + timedelta(days=days)
    assert task.given_by == city.name
    assert seen_by(deps, city).waiting[TaskKind.ANSWER] == 1
    assert kinds(seen_by(deps, of_school("school_office1")))[TaskKind.ANSWER] == 0
    step(deps.store, CATALOGUE, unit, WarningStep(key, 1, "answer", "已增配"), at, shown_state="reminded")
    assert kinds(seen_by(deps, unit))[TaskKind.ANSWER] == 0
    assert kinds(seen_by(deps, city))[TaskKind.LIFT] == 1


def test_a_decision_is_a_task_of_its_unit_and_of_who_keeps_its_progress(deps: Dependencies) -> None:
    city, at = person("municipal_supervisor1"), NOW.replace(tzinfo=None)
    snapshot = deps.warehouse.current().info.snapshot_id
    code = create_meeting(deps.store, city, "十一月会", TODAY, snapshot, at)
    resolution = Resolution(f"/district/{UNIT}", "酉阳骨干教师", "报方案", "县教委", TODAY + timedelta(days=7), UNIT)
    add_decision(deps.store, city, code, at, resolution)
    (mine,) = [t for t in seen_by(deps, person("district_supervisor1")).tasks if t.kind is TaskKind.DECISION]
    assert (mine.note, mine.given_by, mine.due_on) == ("报方案", "十一月会", resolution.due_on)
    assert kinds(seen_by(deps, city))[TaskKind.DECISION] == 1
    assert kinds(seen_by(deps, of_school("school_office1")))[TaskKind.DECISION] == 0


def test_a_decision_is_listed_under_its_own_unit_and_none_under_another(deps: Dependencies) -> None:
    """Of 巫溪 alone, the city read what was decided of 酉阳, and of no unit at all."""
    city, at = person("municipal_supervisor1"), NOW.replace(tzinfo=None)
    code = create_meeting(deps.store, city, "十一月会", TODAY, deps.warehouse.current().info.snapshot_id, at)
    for subject, unit in (("酉阳骨干教师", UNIT), ("超期的问题", "")):
        add_decision(deps.store, city, code, at, Resolution("/plan", subject, "报方案", "县教委", TODAY, unit))
    listed = {
        unit: {t.subject for t in seen_by(deps, city, unit).tasks if t.kind is TaskKind.DECISION}
        for unit in ("", UNIT, "500238")
    }
    assert listed == {"": {"酉阳骨干教师", "超期的问题"}, UNIT: {"酉阳骨干教师"}, "500238": set()}


def test_the_demonstration_tells_a_unit_what_its_meeting_decided_of_it(
    small_settings: Settings, tmp_path: Path
) -> None:
    """`酉阳 生均体育运动场馆面积` was a matter of the city alone."""
    settings = copied(small_settings, tmp_path)
    deps = create_app(settings).deps
    hold_meeting(settings, deps.warehouse.current().info.snapshot_id)
    decided = [t for t in seen_by(deps, person("district_supervisor1")).tasks if t.kind is TaskKind.DECISION]
    assert [t.subject for t in decided] == ["酉阳 生均体育运动场馆面积"]


def test_each_return_that_waits_is_a_task_whatever_was_sent_after_it(deps: Dependencies) -> None:
    """Only the newest file of a unit was looked at, and of all units the newest two hundred."""
    city, at = person("municipal_supervisor1"), NOW.replace(tzinfo=None)
    before = kinds(seen_by(deps, city))[TaskKind.APPROVE]
    result = {"findings": [], "finding_count": 0, "kinds": [], "changes": [], "preview": {}}
    fields = {"district_code": UNIT, "period": "2026", "file_name": "表.csv", "sha256": "0" * 64, "result": result}
    numbers = [add_submission(deps.store, person("district_supervisor1"), fields, at) for _ in range(212)]
    with deps.store.write() as connection:
        earliest = submission.c.submission_id.in_(numbers[:2])
        connection.execute(update(submission).where(earliest).values(status=SUBMITTED))
    assert kinds(seen_by(deps, city))[TaskKind.APPROVE] == before + 2
    assert kinds(seen_by(deps, person("district_supervisor1")))[TaskKind.CORRECT] == 1, "the newest alone"


def test_days_are_put_in_spans_from_today(deps: Dependencies) -> None:
    def due(days: int | None) -> Span:
        day = None if days is None else TODAY + timedelta(days=days)
        return Task(TaskKind.RECTIFY, UNIT, "", "", "", None, day, "/ledger").span(TODAY)

    spans = [due(days) for days in (-1, 0, 1, 7, 8, None)]
    assert spans == [Span.OVERDUE, Span.TODAY, Span.WEEK, Span.WEEK, Span.LATER, Span.OPEN]


def test_what_must_be_done_is_that_of_now_whatever_period_is_looked_at(deps: Dependencies) -> None:
    """47件 of a unit were 45件 where an earlier period was looked at: its warnings were those of that period."""
    city, at = person("municipal_supervisor1"), NOW.replace(tzinfo=None)
    mine = replace(deps, current_viewer=lambda: city).for_viewer()
    snapshot = mine.warehouse.current()
    rows = load_unit_context(mine, snapshot, ViewState(district=UNIT))
    for warning in warning_rows(mine, snapshot, rows):
        if warning.state == "new":
            step(deps.store, CATALOGUE, city, WarningStep(warning.warning_key, 0, "remind"), at, shown_state="new")
    unit = person("district_supervisor1")
    now = drawn(deps, unit)
    assert text("tasks.kind_answer") in now
    for period in common_dimensions.periods(snapshot)[:-1]:
        assert drawn(deps, unit, f"?period={period.period}") == now, period.period


def test_a_chosen_kind_is_named_where_it_is_counted_and_hides_nothing_that_is_due(deps: Dependencies) -> None:
    """没有要您办的事 stood beside 全部2, and 接下来五周到期0件 above a list that counted one kind alone."""
    put(
        deps.store,
        an_issue("T1", school_code=SCHOOL, due_on=TODAY - timedelta(days=1)),
        an_issue("T2", school_code=SCHOOL, status="awaiting_review", due_on=TODAY + timedelta(days=2)),
    )
    unit = person("district_supervisor1")
    whole = drawn(deps, unit)
    rectify, approve = drawn(deps, unit, "?only=rectify"), drawn(deps, unit, "?only=approve")
    assert text("tasks.list", count=2) in whole
    assert "要您办的整改1件" in rectify
    assert "没有要您办的审报送" in approve
    assert text("tasks.none") not in approve
    for said in (text("tasks.overdue", count=1), text("tasks.today", today=0, week=1)):
        assert said in whole
        assert said in rectify
        assert said in approve
    weeks = "本周起五周内到期1件"
    assert all(weeks in page for page in (whole, rectify, approve))
    assert drawn(deps, unit, "?only=nothing") == whole, "a kind that is none chooses none"


def test_nobody_of_the_office_is_told_of_figures(deps: Dependencies) -> None:
    for who in PEOPLE:
        if who.role in ("administrator", "auditor"):
            assert not seen_by(deps, who).tasks


def test_a_planned_visit_is_a_task_of_who_is_named_and_waits_for_others(deps: Dependencies) -> None:
    planner, inspector = person("district_supervisor1"), of_school("responsible_inspector1")
    named = NewMatter(
        "visit",
        UNIT,
        "走访示例小学",
        school_code=SCHOOL,
        due_on=TODAY + timedelta(days=3),
        assignee=inspector.name,
        assignee_id=inspector.account_id,
    )
    with deps.store.write() as connection:
        hold_head(connection)
        plan_visits(Writing(deps.store, connection, CATALOGUE, planner, NOW), [named], is_demonstration=True)
    (task,) = [t for t in seen_by(deps, inspector).tasks if t.kind is TaskKind.VISIT]
    assert (task.due_on, task.address) == (TODAY + timedelta(days=3), f"/visits/record#{SCHOOL}")
    assert "走访示例小学" in drawn(deps, inspector)
    others = seen_by(deps, planner)
    assert not [t for t in others.tasks if t.kind is TaskKind.VISIT]
    assert others.waiting[TaskKind.VISIT] == 1


def test_of_many_visits_the_first_of_each_span_are_listed_and_all_are_counted(deps: Dependencies) -> None:
    """50,000 visits of the city were read one by one for its tasks."""
    planner, inspector = person("district_supervisor1"), of_school("responsible_inspector1")
    ends = {0: 42, 2: 41, 30: 3}
    visit = NewMatter("visit", UNIT, "走访", school_code=SCHOOL)
    of_inspector = {"assignee": inspector.name, "assignee_id": inspector.account_id}
    planned = [
        replace(visit, due_on=TODAY + timedelta(days=days), **(of_inspector if number % 2 else {}))
        for days, count in ends.items()
        for number in range(count)
    ]
    others = replace(visit, due_on=TODAY, assignee="另一人", assignee_id="e" * 32)
    with deps.store.write() as connection:
        hold_head(connection)
        writing = Writing(deps.store, connection, CATALOGUE, planner, NOW)
        for new in (*planned, others):
            add_matter(writing, new, is_demonstration=True)
    view = seen_by(deps, inspector)
    spans = {Span.TODAY: 42, Span.WEEK: 41, Span.LATER: 3, Span.OVERDUE: 0, Span.OPEN: 0}
    assert {span: view.count_in(span, TaskKind.VISIT) for span in spans} == spans
    assert view.waiting[TaskKind.VISIT] == 1
    listed = Counter(t.span(TODAY) for t in view.tasks if t.kind is TaskKind.VISIT)
    assert listed == {Span.TODAY: 40, Span.WEEK: 40, Span.LATER: 3}
    words = drawn(deps, inspector)
    assert "另有3件" in words
