"""The ledger as it is counted says what a plain reading of every issue says, for everybody and after every write."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from callbacks.pages.tasks import tasks_view
from callbacks.rendering import prewarm
from callbacks.rendering.page_context import load_unit_context
from data.access import Viewer
from data.rows.issue_board import IssueFilter
from data.rows.ledger import LedgerRow
from data.rows.look_back import LookBackRule, is_drawn
from data.rows.tasks import TaskKind
from data.settings import Settings
from data.store.ledger import Issue, Move, list_issues, move, undue
from data.store.ledger_changes import LedgerMark, codes_since, issues_of
from data.store.steps import transitions_from
from data.view_state import ViewState
from layouts.pages.ledger.rows import TABS, in_tab, total
from queries import issue_board
from queries.issue_board import IssueBoard, decides_step
from queries.ledger import ledger, weak_schools
from tests.people import CATALOGUE, PEOPLE, UNIT, person
from tests.small_demo import copied
from tests.stores import NOW, an_issue, put

TODAY = date(2026, 11, 23)
SINCE = date(2026, 6, 1)
AGES = (30, 90)
RULE = LookBackRule(after_days=90, share=0.2)
CLOSED_ON = date(2026, 3, 10)
OTHER = "500153"
SCHOOL = "S500242-002"
CLOSED = ("closed", "look_back", "stable")


@pytest.fixture(scope="module")
def deps(small_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Dependencies:
    app = create_app(copied(small_settings, tmp_path_factory.mktemp("board")))
    closed = {"status": "closed", "closed_on": CLOSED_ON, "reviewed_on": CLOSED_ON, "reviewer": "丁"}
    weak = min(weak_schools(app.deps.warehouse.current()))
    put(
        app.deps.store,
        an_issue("WEAK", school_code=weak, item_code=None, **closed),
        *[an_issue(f"WORDS-{n}", school_code=None, item_code=None, stage=None, **closed) for n in range(20)],
        *[an_issue(f"SCHOOL-{n}", school_code=SCHOOL, item_code=None, **closed) for n in range(20)],
        *[an_issue(f"LATE-{n}", due_on=TODAY - timedelta(days=n), responsible_unit="县财政局") for n in (0, 1, 30, 31)],
        *[an_issue(f"LATE-{n}", due_on=TODAY - timedelta(days=n), found_on=SINCE) for n in (90, 91, 400)],
        *[an_issue(f"THERE-{n}", district_code=OTHER, school_code=None, origin="市级督导") for n in range(3)],
        an_issue("BACK", status="rebounded", reviewed_on=date(2026, 9, 1), due_on=None),
        an_issue("LISTED", status="look_back", look_due_on=TODAY - timedelta(days=1), look_assignee="丙"),
        an_issue("LISTED-2", status="look_back", look_due_on=TODAY, closed_on=SINCE),
        an_issue("ASKED", status="under_way", due_on=TODAY, requested_due_on=date(2027, 1, 1), requested_by="甲"),
        an_issue("PAPER", status="closed", closed_on=CLOSED_ON, was_met=False),
    )
    return replace(app.deps, now=lambda: NOW)


def board_of(deps: Dependencies, **asked: object) -> tuple[Dependencies, IssueBoard]:
    snapshot = deps.warehouse.current()
    return deps, IssueBoard(snapshot, deps.store, replace(IssueFilter(TODAY, SINCE, AGES), **asked))


def seen_by(deps: Dependencies, who: Viewer) -> Dependencies:
    return replace(deps, current_viewer=lambda: who).for_viewer()


def late_days(issue: Issue) -> int:
    return 0 if issue.status in CLOSED or issue.due_on is None else max(0, (TODAY - issue.due_on).days)


PLAIN: dict[str, Callable[[LedgerRow], bool]] = {
    "overdue": lambda r: late_days(r.issue) > 0,
    "paper": lambda r: r.issue.status in CLOSED and r.is_met is False,
    "rebounded": lambda r: r.issue.status == "rebounded",
    "awaiting": lambda r: r.issue.status == "awaiting_review",
    "look_back": lambda r: r.issue.status == "look_back",
    "accountable": lambda r: late_days(r.issue) > AGES[1],
    "open": lambda r: r.issue.status not in CLOSED,
    "closed": lambda r: r.issue.status in CLOSED,
    "all": lambda _: True,
}


def plain_order(tab: str, rows: list[LedgerRow]) -> list[str]:
    by_code = sorted(rows, key=lambda r: r.issue.issue_code)
    if tab in ("overdue", "accountable"):
        by_code.sort(key=lambda r: -late_days(r.issue))
    elif tab == "look_back":
        by_code.sort(key=lambda r: r.issue.look_due_on or date.max)
    else:
        by_code.sort(key=lambda r: r.issue.found_on, reverse=True)
    return [r.issue.issue_code for r in by_code]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"units": frozenset({UNIT})},
        {"school": SCHOOL},
        {"origin": "市级督导"},
        {"round": "2"},
        {"units": frozenset()},
    ],
    ids=str,
)
@pytest.mark.parametrize("who", PEOPLE, ids=lambda p: p.name)
def test_a_tab_lists_and_counts_what_a_plain_reading_does(
    deps: Dependencies, who: Viewer, asked: dict[str, object]
) -> None:
    mine, board = board_of(seen_by(deps, who), **asked)
    units = asked.get("units")
    of_filter = [
        row
        for row in ledger(mine.warehouse.current(), deps.store)
        if (not isinstance(units, frozenset) or row.district_code in units)
        and asked.get("school") in (None, row.issue.school_code)
        and asked.get("origin") in (None, row.issue.origin)
        and asked.get("round") in (None, str(row.issue.round or ""))
    ]
    groups = board.groups()
    for tab in TABS:
        plain = {row.issue.issue_code: row for row in of_filter if PLAIN[tab](row)}
        in_order = plain_order(tab, list(plain.values()))
        count = total(g for g in groups if in_tab(g, tab))
        assert count == len(plain), tab
        rows = board.of_tab(tab, count)
        assert list(rows) == [plain[code] for code in in_order], tab
        assert [r.issue.issue_code for r in rows[1:3]] == in_order[1:3]


def test_what_happened_since_a_day_is_counted(deps: Dependencies) -> None:
    _, board = board_of(deps)
    groups, issues = board.groups(), list_issues(deps.store)
    day = {i.issue_code: i.reviewed_on or date.fromisoformat(f"{i.updated_at:%Y-%m-%d}") for i in issues}
    assert total(g for g in groups if g.is_new) == sum(i.found_on > SINCE for i in issues)
    assert total(g for g in groups if g.is_closed_since) == sum(
        bool(i.closed_on and i.closed_on > SINCE) for i in issues
    )
    back = [i for i in issues if i.status == "rebounded" and day[i.issue_code] > SINCE]
    assert total(g for g in groups if g.is_back_since) == len(back) > 0
    late = [i for i in issues if late_days(i) and i.due_on and i.due_on >= SINCE]
    assert total(g for g in groups if g.is_late_since) == len(late) > 0
    assert total(g for g in groups if g.is_look_late) == 1
    assert total(g for g in groups if g.is_look_unnamed) == sum(
        i.status == "look_back" and not i.look_assignee for i in issues
    )
    ages = Counter[int]()
    for group in groups:
        ages[group.age] += group.is_late * group.issue_count
    assert ages == Counter(sum(late_days(i) > days for days in AGES) for i in issues if late_days(i))


@pytest.mark.parametrize("who", PEOPLE, ids=lambda p: p.name)
def test_units_late_beyond_a_line_and_their_first_deadline(deps: Dependencies, who: Viewer) -> None:
    mine, board = board_of(seen_by(deps, who))
    late: dict[str, list[date]] = {}
    for row in ledger(mine.warehouse.current(), deps.store):
        if late_days(row.issue) > 30 and row.issue.due_on:
            late.setdefault(row.district_code, []).append(row.issue.due_on)
    found_units = {u.district_code: (u.issue_count, u.first_due_on) for u in board.late_units(30)}
    assert found_units == {code: (len(days), min(days)) for code, days in late.items()}


@pytest.mark.parametrize(("days", "share"), [(90, 0.2), (90, 0.0), (90, 1.0), (258, 0.2), (259, 0.2)])
def test_due_for_look_back_are_weak_schools_and_the_drawn_once_the_days_are_over(
    deps: Dependencies, days: int, share: float
) -> None:
    _, board = board_of(deps)
    rows, weak = ledger(deps.warehouse.current(), deps.store), weak_schools(deps.warehouse.current())
    expected = {}
    for row in rows:
        issue = row.issue
        if issue.status != "closed" or issue.closed_on is None or row.is_met is False:
            continue
        is_weak = issue.school_code in weak
        if issue.closed_on + timedelta(days=days) <= TODAY and (is_weak or is_drawn(issue.issue_code, share)):
            reason = "weak" if is_weak else "drawn"
            expected[issue.issue_code] = (reason, issue.closed_on + timedelta(days=days), issue.version)
    due = board.due_look_backs(LookBackRule(days, share))
    assert {d.issue_code: (d.reason, d.due_on, d.version) for d in due} == expected
    assert [(d.due_on, d.issue_code) for d in due] == sorted((d.due_on, d.issue_code) for d in due)
    assert ("WEAK" in expected) == (days < 259), "closed on 10 March, 258 days before"


def test_of_a_unit_without_a_return_nobody_knows_what_is_due(deps: Dependencies) -> None:
    _, board = board_of(deps)
    unjudged = board.unjudged_look_backs(RULE, {UNIT})
    left = sum(not is_drawn(f"SCHOOL-{n}", RULE.share) for n in range(20))
    others = [
        r
        for r in ledger(deps.warehouse.current(), deps.store)
        if r.issue.status == "closed"
        and r.issue.closed_on
        and r.issue.closed_on + timedelta(days=90) <= TODAY
        and r.issue.school_code
        and not r.issue.issue_code.startswith("SCHOOL-")
        and r.district_code == UNIT
        and not is_drawn(r.issue.issue_code, RULE.share)
    ]
    assert {u.district_code: u.issue_count for u in unjudged} == {UNIT: left + len(others)}
    assert board.unjudged_look_backs(RULE, set()) == ()


def test_a_step_is_seen_at_once_and_only_what_was_written_is_read(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(deps.store, an_issue("STEP", due_on=date(2027, 5, 1)))
    untouched = total(g for g in board_of(deps)[1].groups() if g.status == "untouched")
    read: list[str] = []
    monkeypatch.setattr(issue_board, "issues_of", lambda store, codes: read.extend(codes) or issues_of(store, codes))
    unit = person("district_supervisor1")
    move(deps.store, CATALOGUE, unit, Move("STEP", 1, "start", "", "调配"), NOW)
    _, board = board_of(deps)
    assert read == ["STEP"]
    groups = board.groups()
    assert total(g for g in groups if g.status == "untouched") == untouched - 1
    assert total(g for g in groups if g.status == "under_way") == sum(
        i.status == "under_way" for i in list_issues(deps.store)
    )


def test_the_ledger_is_read_before_the_first_one_asks(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page after a publication waited two seconds for 100,000 issues."""
    issue_board.forget()
    no_page = threading.Event()
    no_page.set()
    prewarm._catch_up(deps, None, no_page)
    read: list[str] = []
    monkeypatch.setattr(issue_board, "issues_of", lambda store, codes: read.extend(codes) or issues_of(store, codes))
    assert board_of(deps)[1].groups()
    assert read == []


def test_a_store_put_back_is_read_anew(deps: Dependencies) -> None:
    """After a restore the audit is a shorter or another one: nothing of what was held is believed."""
    held = LedgerMark(10**9, "of another audit")
    assert codes_since(deps.store, held)[1] is None
    now, _ = codes_since(deps.store, held)
    assert codes_since(deps.store, now) == (now, set())


@pytest.mark.parametrize("who", PEOPLE, ids=lambda p: p.name)
def test_tasks_are_those_of_a_plain_walk_over_every_issue(deps: Dependencies, who: Viewer) -> None:
    """Issues that are alike in what decides whose their step is are judged by one: as if each was."""
    mine = seen_by(deps, who)
    snapshot = mine.warehouse.current()
    view = tasks_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState()))
    kinds = {
        TaskKind.DEADLINE: {"grant_deadline", "deny_deadline"},
        TaskKind.RECTIFY: {"start", "restart", "submit"},
        TaskKind.REVIEW: {"close", "close_unmet", "return"},
        TaskKind.LOOK_BACK: {"confirm", "find_rebound"},
    }
    expected: Counter[tuple[TaskKind, date | None]] = Counter()
    waiting: Counter[TaskKind] = Counter()
    alike: dict[tuple[object, ...], set[object]] = {}
    for row in ledger(snapshot, deps.store):
        issue = row.issue
        held = transitions_from(CATALOGUE, "issue", issue.status)
        open_steps = {
            t.action
            for t in held
            if who.scope.may_change(row.district_code, issue.school_code)
            and undue(CATALOGUE, t, who, issue, is_met=row.is_met) in ("", "needs_met_value")
        }
        mine_kind = next((kind for kind, steps in kinds.items() if steps & open_steps), None)
        alike.setdefault(decides_step(row), set()).add(mine_kind)
        if mine_kind is not None:
            expected[mine_kind, issue.look_due_on if issue.status == "look_back" else issue.due_on] += 1
        else:
            others = [k for k, steps in kinds.items() if k != TaskKind.DEADLINE and steps & {t.action for t in held}]
            waiting.update(others[:1])
    assert {key: n for key, n in view.counts.items() if key[0] in kinds} == expected
    assert {kind: n for kind, n in view.waiting.items() if kind in kinds} == waiting
    assert all(len(answers) == 1 for answers in alike.values())


def test_pages_at_the_end_say_what_the_board_counts(deps: Dependencies) -> None:
    mine = seen_by(deps, person("municipal_supervisor1"))
    snapshot = mine.warehouse.current()
    view = ledger_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState()))
    assert {tab: view.count(tab) for tab in TABS} == {tab: len(list(view.by_tab[tab])) for tab in TABS}
    listed = [r.issue.issue_code for r in view.by_tab["look_back"]]
    assert listed[2:] == [d.issue_code for d in view.due_look_backs]
