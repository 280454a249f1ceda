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
from data.rows.look_back import is_drawn
from data.rows.tasks import TaskKind, TasksView
from data.settings import Settings
from data.store import audit
from data.store.ledger import SUBJECT, Move, find_issue, move
from data.store.look_back import list_for_look_back
from data.store.refusals import ChangedMeanwhileError
from data.store.schema import issue as issue_table
from data.text import text
from data.view_state import ViewState
from layouts.page import static_page
from layouts.pages.ledger import page
from layouts.pages.ledger.rows import LedgerView
from queries.ledger import weak_schools
from tests.one_fact.surfaces import Page
from tests.people import CATALOGUE, UNIT, person, refusal_of
from tests.small_demo import copied
from tests.stores import an_issue, put

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


def test_a_weak_school_s_issue_and_the_share_of_the_others_are_due(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    due = {d.row.issue.issue_code: str(d.reason) for d in view.due_look_backs}
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
    assert after.due_look_backs == []
    assert len(after.by_tab["look_back"]) == count
    (entry,) = audit.history(deps.store, SUBJECT, "WEAK")
    assert (entry.action, entry.actor) == ("look_back", CITY.name)


def test_the_list_is_taken_whole_or_not_at_all(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    issues = [d.row.issue for d in view.due_look_backs]
    stale = [*issues[:-1], replace(issues[-1], version=issues[-1].version + 1)]
    with pytest.raises(ChangedMeanwhileError):
        list_for_look_back(deps.store, CATALOGUE, CITY, stale, AT)
    unit = person("district_supervisor1")
    assert refusal_of(lambda: list_for_look_back(deps.store, CATALOGUE, unit, issues, AT)) == "no_permission"
    states = {i.issue_code: find_issue(deps.store, i.issue_code) for i in issues}
    assert {i.status for i in states.values() if i} == {"closed"}


def test_who_closed_it_does_not_end_the_look_back(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    list_for_look_back(deps.store, CATALOGUE, CITY, [d.row.issue for d in view.due_look_backs], AT)
    found = Move("WEAK", 2, "find_rebound", "到校查看，器材又锁上了")
    assert refusal_of(lambda: move(deps.store, CATALOGUE, CITY, found, AT)) == "needs_other_reviewer"
    third = person("municipal_supervisor2")
    assert move(deps.store, CATALOGUE, third, replace(found, version=2), AT).status == "rebounded"


def test_it_is_a_task_of_the_city_by_unit_and_waits_for_others(deps: Dependencies) -> None:
    def tasks_of(who: Viewer) -> TasksView:
        mine = replace(deps, current_viewer=lambda: who).for_viewer()
        snapshot = mine.warehouse.current()
        return tasks_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState()))

    due = len(seen_by(deps, CITY)[1].due_look_backs)
    (task,) = [t for t in tasks_of(CITY).tasks if t.kind is TaskKind.LIST_BACK]
    assert (task.district_code, task.due_on) == (UNIT, CLOSED_ON + timedelta(days=90))
    assert task.subject.endswith(f"已销号的{due}条到期须回头看")
    assert "only=look_back" in task.address
    of_unit = tasks_of(person("district_supervisor1"))
    assert not [t for t in of_unit.tasks if t.kind is TaskKind.LIST_BACK]
    assert of_unit.waiting[TaskKind.LIST_BACK] == 1, "as the city's own list counts it"


def test_who_may_not_list_sees_what_is_due(deps: Dependencies) -> None:
    _, view = seen_by(deps, person("district_supervisor1"))
    assert not view.may_list
    assert view.due_look_backs


def test_a_publication_from_before_the_rule_is_read_with_that_of_today(deps: Dependencies) -> None:
    mine = replace(deps, current_viewer=lambda: CITY).for_viewer()
    snapshot = mine.warehouse.current()
    rows = load_unit_context(mine, snapshot, ViewState(only="look_back"))
    earlier = {code: value for code, value in rows.parameters.items() if not code.startswith("look_back_")}
    assert len(earlier) == len(rows.parameters) - 2
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
    gone = view.due_look_backs[0].row.issue
    list_for_look_back(deps.store, CATALOGUE, CITY, [gone], AT)
    other = next(f"NEW-{n}" for n in range(99) if is_drawn(f"NEW-{n}", 0.2))
    put(deps.store, replace(gone, issue_code=other, school_code=None))
    _, after = seen_by(deps, CITY)
    assert len(after.due_look_backs) == len(view.due_look_backs)
    assert refusal_of(lambda: list_due(mine, request, CITY)) == "none_due"


def test_what_has_no_value_is_confirmed_and_what_rebounds_gets_a_new_deadline(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    list_for_look_back(deps.store, CATALOGUE, CITY, [d.row.issue for d in view.due_look_backs], AT)
    third = person("municipal_supervisor2")
    words, back = (d.row.issue.issue_code for d in view.due_look_backs[:2])
    assert move(deps.store, CATALOGUE, third, Move(words, 2, "confirm", "到校查看，器材已开放"), AT).status == "stable"
    failing = Move(back, 2, "confirm", "到校查看")
    assert refusal_of(lambda: move(deps.store, CATALOGUE, third, failing, AT, is_met=False)) == "needs_met_value"
    rebounded = move(deps.store, CATALOGUE, third, replace(failing, action="find_rebound"), AT)
    assert (rebounded.status, rebounded.due_on) == ("rebounded", None), "the deadline of the first time is over"
    unit, again = person("district_supervisor1"), Move(back, 3, "restart", measure="重新落实")
    assert refusal_of(lambda: move(deps.store, CATALOGUE, unit, again, AT)) == "needs_measure"
    later = replace(again, due_on=date(2027, 3, 1))
    assert move(deps.store, CATALOGUE, unit, later, AT).due_on == date(2027, 3, 1)
