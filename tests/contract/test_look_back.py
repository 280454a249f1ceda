"""回头看 from the rule to the list: what is due is shown with its reason, listed once and whole, and ended by a third."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from callbacks.pages.tasks import tasks_view
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context
from callbacks.writing.look_back import list_due
from data.access import Viewer
from data.rows.issue_board import UnitCountRow
from data.rows.look_back import is_drawn
from data.rows.tasks import TaskKind, TasksView
from data.settings import Settings
from data.store import audit
from data.store.as_of import store_after
from data.store.evidence import add_evidence, list_evidence, void_evidence
from data.store.ledger import SUBJECT, Issue, Move, find_issue, move
from data.store.ledger_changes import issues_of
from data.store.look_back import list_for_look_back
from data.store.look_back_record import look_backs_of
from data.store.refusals import ChangedMeanwhileError
from data.store.schema import issue as issue_table
from data.text import text
from data.view_state import ViewState
from layouts.page import static_page
from layouts.pages.ledger import page
from layouts.pages.ledger.rows import LedgerView, total
from queries.ledger import weak_schools
from tests.evidence_files import PDF
from tests.one_fact.surfaces import Page
from tests.people import CATALOGUE, UNIT, person, refusal_of
from tests.present import present
from tests.small_demo import copied
from tests.stores import CHECKED, DENIED, an_issue, put

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
AT = NOW.replace(tzinfo=None)
CLOSED_ON = date(2026, 3, 10)
CITY = person("municipal_supervisor1")


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    """A weak school and one that complies, with issues in words that were closed in March."""
    app = create_app(copied(small_settings, tmp_path))
    with app.deps.store.write() as connection:
        connection.execute(delete(issue_table))
    closed = {"status": "closed", "closed_on": CLOSED_ON, "stage": None, "item_code": None, "reviewer": CITY.name}
    closed["reviewer_id"] = CITY.account_id
    weak = min(code for code in weak_schools(app.deps.warehouse.current()) if code.startswith(f"S{UNIT}"))
    put(
        app.deps.store,
        an_issue("WEAK", school_code=weak, **closed),
        *[an_issue(f"UNIT-{n}", school_code=None, **closed) for n in range(10)],
    )
    return replace(app.deps, now=lambda: NOW)


def seen_by(deps: Dependencies, who: Viewer, only: str = "look_back") -> tuple[Dependencies, LedgerView]:
    mine = replace(deps, current_viewer=lambda: who).for_viewer()
    snapshot = mine.warehouse.current()
    return mine, ledger_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(only=only)))


def due_issues(deps: Dependencies, view: LedgerView) -> list[Issue]:
    return issues_of(deps.store, [due.issue_code for due in view.due_look_backs])


def test_a_weak_school_s_issue_and_the_share_of_the_others_are_due(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    due = {d.issue_code: d.reason for d in view.due_look_backs}
    drawn = {f"UNIT-{n}": "drawn" for n in range(10) if is_drawn(f"UNIT-{n}", 0.2)}
    assert due == {"WEAK": "weak", **drawn}
    assert drawn
    assert {d.due_on for d in view.due_look_backs} == {CLOSED_ON + timedelta(days=90)}


def test_what_was_listed_is_no_longer_due_and_in_the_audit(deps: Dependencies) -> None:
    mine, view = seen_by(deps, CITY)
    count = len(view.due_look_backs)
    request: dict[str, object] = {"address": "/ledger?only=look_back", "seen": view.due_mark}
    assert refusal_of(lambda: list_due(mine, {**request, "seen": "1"}, CITY)) == "none_due", "not what was shown"
    assert str(count) in list_due(mine, request, CITY).words
    assert refusal_of(lambda: list_due(mine, request, CITY)) == "none_due"
    _, after = seen_by(deps, CITY)
    assert not after.due_look_backs
    assert len(after.by_tab["look_back"]) == count
    (entry,) = audit.history(deps.store, SUBJECT, "WEAK")
    assert (entry.action, entry.actor) == ("look_back", CITY.name)


def test_the_list_is_taken_whole_or_not_at_all(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    issues = due_issues(deps, view)
    stale = [*issues[:-1], replace(issues[-1], version=issues[-1].version + 1)]
    with pytest.raises(ChangedMeanwhileError):
        list_for_look_back(deps.store, CATALOGUE, CITY, stale, AT)
    unit = person("district_supervisor1")
    assert refusal_of(lambda: list_for_look_back(deps.store, CATALOGUE, unit, issues, AT)) == "no_permission"
    states = {i.issue_code: find_issue(deps.store, i.issue_code) for i in issues}
    assert {i.status for i in states.values() if i} == {"closed"}


def test_who_closed_it_does_not_end_the_look_back(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    list_for_look_back(deps.store, CATALOGUE, CITY, due_issues(deps, view), AT)
    found = Move("WEAK", 2, "find_rebound", "到校查看，器材又锁上了", answers=DENIED)
    assert refusal_of(lambda: move(deps.store, CATALOGUE, CITY, found, AT)) == "needs_other_reviewer"
    third = person("municipal_supervisor2")
    assert move(deps.store, CATALOGUE, third, replace(found, version=2), AT).status == "rebounded"


def test_it_is_a_task_of_the_city_by_unit_and_waits_for_others(deps: Dependencies) -> None:
    def tasks_of(who: Viewer) -> TasksView:
        mine = replace(deps, current_viewer=lambda: who).for_viewer()
        snapshot = mine.warehouse.current()
        return tasks_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState()))

    due = seen_by(deps, CITY)[1].count("look_back")
    (task,) = [t for t in tasks_of(CITY).tasks if t.kind is TaskKind.LIST_BACK]
    assert (task.district_code, task.due_on) == (UNIT, CLOSED_ON + timedelta(days=90))
    assert f"已销号的{due}条到期须回头看" in task.subject
    assert task.note == text("tasks.due_reasons", weak=1, drawn=due - 1)
    assert "only=look_back" in task.address
    of_unit = tasks_of(person("district_supervisor1"))
    assert TaskKind.LIST_BACK not in {t.kind for t in of_unit.tasks}
    assert of_unit.waiting[TaskKind.LIST_BACK] == 1, "as the city's own list counts it"


def test_who_may_not_list_sees_what_is_due(deps: Dependencies) -> None:
    view = seen_by(deps, person("district_supervisor1"))[1]
    assert (view.may_list, bool(view.due_look_backs)) == (False, True)


def test_a_publication_from_before_the_rule_is_read_with_that_of_today(deps: Dependencies) -> None:
    mine = replace(deps, current_viewer=lambda: CITY).for_viewer()
    snapshot = mine.warehouse.current()
    rows = load_unit_context(mine, snapshot, ViewState(only="look_back"))
    earlier = {code: value for code, value in rows.parameters.items() if not code.startswith("look_back_")}
    assert len(earlier) == len(rows.parameters) - 3
    view = ledger_view(mine, snapshot, replace(rows, parameters=earlier))
    assert view.due_look_backs
    assert "销号满90天" in str(page.panels(view, []))


def test_what_is_due_is_not_called_as_what_is_listed(deps: Dependencies) -> None:
    """`回头看5` of a tab above `回头看0 待复查`: the tab has what is due besides."""
    mine, view = seen_by(deps, CITY)
    name, _, panels = page_of(mine, "/ledger", "?only=look_back")
    words = Page(static_page(name, panels), ()).plain
    assert f"须回头看{len(view.by_tab['look_back'])}" in words
    assert text("ledger.tab_look_back") != text("ledger.after_look_back")


def test_a_list_of_as_many_others_is_not_taken_for_the_one_that_was_shown(deps: Dependencies) -> None:
    mine, view = seen_by(deps, CITY)
    request: dict[str, object] = {"address": "/ledger?only=look_back", "seen": view.due_mark}
    gone = due_issues(deps, view)[0]
    list_for_look_back(deps.store, CATALOGUE, CITY, [gone], AT)
    other = next(f"NEW-{n}" for n in range(99) if is_drawn(f"NEW-{n}", 0.2))
    put(deps.store, replace(gone, issue_code=other, school_code=None))
    _, after = seen_by(deps, CITY)
    assert len(after.due_look_backs) == len(view.due_look_backs)
    assert refusal_of(lambda: list_due(mine, request, CITY)) == "none_due"


def test_what_has_no_value_is_confirmed_and_what_rebounds_gets_a_new_deadline(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    list_for_look_back(deps.store, CATALOGUE, CITY, due_issues(deps, view), AT)
    third = person("municipal_supervisor2")
    words, back = (d.issue_code for d in view.due_look_backs[:2])
    assert (
        move(
            deps.store, CATALOGUE, third, Move(words, 2, "confirm", "到校查看，器材已开放", answers=CHECKED), AT
        ).status
        == "stable"
    )
    failing = Move(back, 2, "confirm", "到校查看", answers=CHECKED)
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, failing, AT, is_met=False)) == "needs_met_value"
    rebounded = move(deps.store, CATALOGUE, third, replace(failing, action="find_rebound", answers=DENIED), AT)
    assert (rebounded.status, rebounded.due_on) == ("rebounded", None), "the deadline of the first time is over"
    unit, again = person("district_supervisor1"), Move(back, 3, "restart", measure="重新落实")
    assert refusal_of(lambda: move(deps.store, CATALOGUE, unit, again, AT)) == "needs_measure"
    later = replace(again, due_on=date(2027, 3, 1))
    assert move(deps.store, CATALOGUE, unit, later, AT).due_on == date(2027, 3, 1)


def listed_for(deps: Dependencies, assignee: tuple[str, str] = ("", "")) -> list[str]:
    """List what is due for somebody; returns the codes."""
    _, view = seen_by(deps, CITY)
    issues = due_issues(deps, view)
    reasons = {d.issue_code: d.reason for d in view.due_look_backs}
    listed = list_for_look_back(deps.store, CATALOGUE, CITY, issues, AT, reasons=reasons, assignee=assignee)
    return [issue.issue_code for issue in listed]


def test_what_is_listed_has_its_day_its_reason_and_who_looks(deps: Dependencies) -> None:
    second = person("municipal_supervisor2")
    listed_for(deps, (second.name, second.account_id))
    weak = present(find_issue(deps.store, "WEAK"))
    assert (weak.look_listed_on, weak.look_due_on) == (date(2026, 11, 23), date(2026, 12, 23))
    assert (weak.look_reason, weak.look_assignee_id) == ("weak", second.account_id)
    third = replace(second, name="石三", account_id="d" * 32)
    found = Move("WEAK", 2, "find_rebound", "器材又锁上了", answers=DENIED)
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, found, AT)) == "not_assignee"
    given = Move("WEAK", 2, "assign_look_back", assignee=third.name, assignee_id=third.account_id)
    moved = move(deps.store, CATALOGUE, CITY, given, AT)
    assert (moved.look_assignee, moved.look_due_on) == ("石三", date(2026, 12, 23))
    done = move(deps.store, CATALOGUE, third, replace(found, version=3), AT)
    assert (done.status, done.look_due_on, done.look_assignee, done.look_reason) == ("rebounded", None, "", "")


def test_nobody_is_named_for_what_he_closed(deps: Dependencies) -> None:
    for code in listed_for(deps, (CITY.name, CITY.account_id)):
        assert present(find_issue(deps.store, code)).look_assignee_id == ""
    own = Move("WEAK", 2, "assign_look_back", assignee=CITY.name, assignee_id=CITY.account_id)
    assert refusal_of(lambda: move(deps.store, CATALOGUE, CITY, own, AT)) == "assignee_closed"


def test_every_question_is_answered_and_what_is_denied_is_not_stable(deps: Dependencies) -> None:
    code = next(c for c in listed_for(deps) if c != "WEAK")
    third = person("municipal_supervisor2")
    bare = Move(code, 2, "confirm", "到校查看")
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, bare, AT)) == "needs_checks"
    denied = replace(bare, answers=DENIED)
    nothing_seen = replace(bare, answers=dict.fromkeys(CHECKED, "none"))
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, nothing_seen, AT)) == "nothing_checked"
    only_there = replace(bare, answers={**dict.fromkeys(CHECKED, "none"), "on_site": "yes"})
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, only_there, AT)) == "nothing_checked"
    all_well = replace(bare, action="find_rebound", answers=CHECKED)
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, all_well, AT)) == "nothing_denied"
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, denied, AT)) == "check_denied"
    not_seen = replace(bare, answers={**CHECKED, "on_site": "no", "value_met": "none"})
    assert move(deps.store, CATALOGUE, third, not_seen, AT).status == "stable", "looked at from the papers"
    ((record, answers),) = look_backs_of(deps.store, code)
    assert (record.outcome, record.words, record.looked_by, record.due_on) == (
        "stable",
        "到校查看",
        third.name,
        date(2026, 12, 23),
    )
    assert {a.check_code: a.answer for a in answers} == {**CHECKED, "on_site": "no", "value_met": "none"}
    entry = audit.history(deps.store, SUBJECT, code)[-1]
    assert "到现场看过：否" in entry.after["look_back_answers"]
    _, view = seen_by(deps, CITY)
    drawn = str(page.panels(replace(view, detail=ledger_view_of(deps, code).detail), []))
    assert "历次回头看" in drawn
    assert look_backs_of(store_after(deps.store, date(2026, 11, 22)), code) == [], "a meeting of before knows of none"


def ledger_view_of(deps: Dependencies, code: str) -> LedgerView:
    mine = replace(deps, current_viewer=lambda: CITY).for_viewer()
    snapshot = mine.warehouse.current()
    return ledger_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(issue=code)))


def test_evidence_of_a_look_back_is_the_city_s(deps: Dependencies) -> None:
    code = listed_for(deps)[0]
    unit, third = person("district_supervisor1"), person("municipal_supervisor2")
    assert refusal_of(lambda: add_evidence(deps.store, CATALOGUE, unit, code, "a.pdf", PDF, AT)) == "evidence_closed"
    add_evidence(deps.store, CATALOGUE, third, code, "现场.pdf", PDF, AT)
    (file,) = list_evidence(deps.store, code)
    refused = refusal_of(lambda: void_evidence(deps.store, CATALOGUE, unit, file.evidence_id, "错了", AT))
    assert refused == "evidence_closed"
    assert void_evidence(deps.store, CATALOGUE, third, file.evidence_id, "传错了", AT).voided_by == third.name


def test_it_is_the_task_of_who_was_named_with_its_day(deps: Dependencies) -> None:
    second = person("municipal_supervisor2")
    codes = listed_for(deps, (second.name, second.account_id))

    def days_of(who: Viewer) -> list[date | None]:
        mine = replace(deps, current_viewer=lambda: who).for_viewer()
        snapshot = mine.warehouse.current()
        tasks = tasks_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState())).tasks
        return [t.due_on for t in tasks if t.kind is TaskKind.LOOK_BACK]

    assert days_of(second) == [date(2026, 12, 23)] * len(codes)
    assert days_of(CITY) == []
    late = replace(deps, now=lambda: NOW + timedelta(days=31))
    _, view = seen_by(late, CITY)
    assert [(g.is_look_late, g.is_look_unnamed) for g in view.listed] == [(True, False)]
    assert total(view.listed) == len(codes)
    assert f"其中{len(codes)}条已过期限" in str(page.panels(view, []))


def test_a_unit_without_a_return_is_said_and_a_share_of_none_too(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    said = str(page.panels(replace(view, unjudged=[UnitCountRow(UNIT, 1)]), []))
    assert "无法判断薄弱" in said
    none = str(page.panels(replace(view, look_back=replace(view.look_back, share=0.0)), []))
    assert "其余不抽" in none
