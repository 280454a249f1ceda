"""Duties: every role tries every step; whoever could end a matter about himself or his unit alone is named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.access import Permission, Viewer
from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import IssueOrigin
from data.settings import Settings
from data.store import audit
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import REVIEWED, Issue, Move, find_issue, move, undue
from data.store.refusals import RefusedError
from data.store.steps import transitions_of
from data.store.warnings import WarningStep, list_states, step
from data.text import all_texts
from tests.people import CATALOGUE, OF_UNIT, PEOPLE, UNIT, person, refusal_of
from tests.present import present
from tests.stores import CHECKED, DENIED, NOW, an_issue, put

CODE = "T2026-0001"
KEY = f"target_missed.{UNIT}"
LATER = date(2027, 3, 31)
ORIGINS = [o.name for o in CATALOGUE.rows(IssueOrigin)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


@dataclass(frozen=True)
class Reached:
    """A state of an issue that people reached, and the steps that led there."""

    issue: Issue
    steps: tuple[tuple[str, str], ...]


def reachable(start: Issue, actors: Iterable[Viewer], *, is_met: bool | None) -> list[Reached]:
    """Every state that these people reach by themselves, by the rows and by what the rows ask of people."""
    known: dict[tuple[object, ...], Reached] = {}
    waiting = [Reached(start, ())]
    while waiting:
        here = waiting.pop()
        issue = here.issue
        people = (issue.rectified_by_id, issue.reviewer_id, issue.requested_by_id)
        key = (issue.status, issue.due_on, issue.requested_due_on, *people)
        if key in known:
            continue
        known[key] = here
        for who in actors:
            for transition in transitions_of(CATALOGUE, "issue"):
                if transition.from_state != issue.status:
                    continue
                if undue(CATALOGUE, transition, who, issue, is_met=is_met):
                    continue
                waiting.append(Reached(after(issue, transition, who), (*here.steps, (who.name, transition.action))))
    return list(known.values())


def after(issue: Issue, transition: Transition, who: Viewer) -> Issue:
    """What the step says in words: its next state, who rectified, what became of the deadline."""
    moved = replace(issue, status=transition.to_state)
    if transition.action == "submit":
        moved = replace(moved, rectified_by=who.name, rectified_by_id=who.account_id)
    if transition.action in REVIEWED:
        moved = replace(moved, reviewer=who.name, reviewer_id=who.account_id)
    if transition.deadline == "ask":
        moved = replace(moved, requested_due_on=LATER, requested_by=who.name, requested_by_id=who.account_id)
    if transition.deadline == "grant":
        moved = replace(moved, due_on=issue.requested_due_on, requested_due_on=None)
    return moved if transition.deadline != "deny" else replace(moved, requested_due_on=None)


@pytest.mark.parametrize("is_met", [True, False, None])
@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("status", ["untouched", "under_way", "awaiting_review", "closed", "look_back", "rebounded"])
def test_no_unit_ends_a_matter_about_itself_alone(status: str, origin: str, *, is_met: bool | None) -> None:
    """All who are bound to the unit together: they close nothing that the city found, nothing unmet, move no deadline.

    What the figures of the city's publication show to be met a second person of the unit may close.
    """
    start = an_issue(status=status, origin=origin, due_on=date(2026, 12, 31))
    named = [
        (reached.issue.status, reached.issue.due_on, reached.steps)
        for reached in reachable(start, OF_UNIT, is_met=is_met)
        if (reached.issue.status != status and reached.issue.status in ("closed", "stable"))
        or reached.issue.due_on != start.due_on
    ]
    is_municipal = {o.name: o.is_municipal for o in CATALOGUE.rows(IssueOrigin)}[origin]
    if is_municipal or is_met is not True or status in ("closed", "look_back"):
        assert named == []
    for _, due_on, steps in named:
        assert due_on == start.due_on
        assert steps[-1][1] == "close"
        submitters = [name for name, action in steps if action == "submit"]
        assert not submitters or steps[-1][0] != submitters[-1]


@pytest.mark.parametrize("is_met", [True, False, None])
@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("who", PEOPLE, ids=lambda p: p.name)
def test_nobody_ends_a_matter_alone(who: Viewer, origin: str, *, is_met: bool | None) -> None:
    start = an_issue(origin=origin, due_on=date(2026, 12, 31))
    ended = [r.steps for r in reachable(start, [who], is_met=is_met) if r.issue.status in ("closed", "stable")]
    assert ended == []
    assert {r.issue.due_on for r in reachable(start, [who], is_met=is_met)} == {start.due_on}


@pytest.mark.parametrize("is_met", [True, False])
@pytest.mark.parametrize("origin", ORIGINS)
def test_who_closed_does_not_look_again(origin: str, *, is_met: bool) -> None:
    """Whoever the closer is: the look-back is ended by a third person."""
    start = an_issue(status="awaiting_review", origin=origin, rectified_by="乙", rectified_by_id="e" * 32)
    ends = {"confirm", "find_rebound"}
    ended = [r.steps for r in reachable(start, PEOPLE, is_met=is_met) if {a for _, a in r.steps} & ends]
    assert ended
    for steps in ended:
        last = next(number for number, (_, action) in enumerate(steps) if action in ends)
        closer = [name for name, action in steps[:last] if action.startswith("close")][-1]
        assert steps[last][0] != closer


@pytest.mark.parametrize("is_met", [True, False, None])
@pytest.mark.parametrize("origin", ORIGINS)
def test_together_with_the_city_every_matter_comes_to_its_end(origin: str, *, is_met: bool | None) -> None:
    start = an_issue(origin=origin, due_on=date(2026, 12, 31))
    reached = reachable(start, PEOPLE, is_met=is_met)
    assert "closed" in {r.issue.status for r in reached}
    assert LATER in {r.issue.due_on for r in reached}


@pytest.mark.parametrize("who", PEOPLE, ids=lambda p: p.name)
def test_the_store_refuses_what_the_walk_refuses(store: Store, who: Viewer) -> None:
    """Each role tries each step from each state for real; the store and the walk agree, and each refusal has words."""
    for number, row in enumerate(transitions_of(CATALOGUE, "issue")):
        code, action = f"T-{number}", row.action
        request = {"requested_due_on": LATER, "requested_by": "甲", "requested_by_id": "f" * 32}
        rectified = {"rectified_by": "乙", "rectified_by_id": "e" * 32}
        issue = an_issue(code, row.from_state, origin="市级督导", **rectified, **(request if row.deadline else {}))
        put(store, issue)
        if row.needs_evidence:
            add_evidence(
                store, CATALOGUE, replace(who, permissions=frozenset(Permission)), code, "a.pdf", b"%PDF-", NOW
            )
        wanted = Move(
            code,
            1,
            action,
            "核实",
            "调配",
            date(2027, 5, 1) if row.deadline == "ask" else None,
            answers=DENIED if action == "find_rebound" else CHECKED,
            responsible_unit="县财政局",
        )
        is_met = action != "close_unmet"
        refusal = undue(CATALOGUE, row, who, issue, is_met=is_met)
        if not refusal:
            assert move(store, CATALOGUE, who, wanted, NOW, is_met=is_met).status == row.to_state
            continue
        with pytest.raises(RefusedError, match=refusal):
            move(store, CATALOGUE, who, wanted, NOW, is_met=is_met)
        assert find_issue(store, code) == issue
        assert f"refused.{refusal}" in all_texts()


def test_a_deadline_moves_by_request_and_consent(store: Store) -> None:
    unit, city, other = (person(n) for n in ("district_supervisor1", "municipal_supervisor1", "district_supervisor2"))
    put(store, an_issue(status="under_way", due_on=date(2026, 12, 31)))

    def say(who: Viewer, action: str, reason: str = "", due_on: date | None = None) -> str:
        version = present(find_issue(store, CODE)).version
        return refusal_of(
            lambda: move(store, CATALOGUE, who, Move(CODE, version, action, reason, "", due_on), NOW, is_met=False)
        )

    assert say(unit, "ask_deadline", "", LATER) == "needs_reason"
    assert say(unit, "ask_deadline", "教师未招满", None) == "needs_deadline"
    assert say(unit, "ask_deadline", "教师未招满", date(2026, 12, 31)) == "needs_deadline"
    assert say(unit, "ask_deadline", "教师未招满", NOW.date() - timedelta(days=2)) == "due_is_past"
    assert say(city, "grant_deadline") == "no_request"
    assert say(unit, "ask_deadline", "教师未招满", LATER) == ""
    asked = present(find_issue(store, CODE))
    assert (asked.due_on, asked.requested_due_on, asked.requested_by_id) == (date(2026, 12, 31), LATER, unit.account_id)
    assert [say(who, "grant_deadline") for who in (unit, other)] == ["no_permission"] * 2
    assert say(city, "deny_deadline") == "needs_reason"
    assert say(city, "deny_deadline", "理由不足") == ""
    assert present(find_issue(store, CODE)).requested_due_on is None
    assert say(unit, "ask_deadline", "已发招聘公告", LATER) == ""
    assert say(city, "grant_deadline") == ""
    granted = present(find_issue(store, CODE))
    assert (granted.due_on, granted.requested_due_on, granted.requested_by) == (LATER, None, None)
    acts = [(e.action, e.account_id) for e in audit.history(store, "issue", CODE) if e.action != "refused"]
    assert acts == [
        ("ask_deadline", unit.account_id),
        ("deny_deadline", city.account_id),
        ("ask_deadline", unit.account_id),
        ("grant_deadline", city.account_id),
    ]


@pytest.mark.parametrize(("action", "status"), [("start", "untouched"), ("restart", "rebounded")])
def test_a_deadline_that_stands_is_not_moved_on_the_way(store: Store, action: str, status: str) -> None:
    unit = person("district_supervisor1")
    put(store, an_issue(status=status, due_on=date(2026, 12, 31)))
    wanted = Move(CODE, 1, action, "", "调配", LATER)
    assert refusal_of(lambda: move(store, CATALOGUE, unit, wanted, NOW)) == "deadline_by_request"
    assert move(store, CATALOGUE, unit, replace(wanted, due_on=None), NOW).due_on == date(2026, 12, 31)


def test_who_asks_does_not_consent_though_he_has_become_the_citys(store: Store) -> None:
    """The same account, first of the unit, then of the city, under another name."""
    unit = person("district_supervisor1")
    put(store, an_issue(status="under_way"))
    move(store, CATALOGUE, unit, Move(CODE, 1, "ask_deadline", "未招满", "", LATER), NOW)
    promoted = replace(person("municipal_supervisor1"), account_id=unit.account_id)
    assert (
        refusal_of(lambda: move(store, CATALOGUE, promoted, Move(CODE, 2, "grant_deadline"), NOW))
        == "needs_second_person"
    )


def test_no_unit_ends_its_own_warning(store: Store) -> None:
    """All of the unit together try every step until nothing moves: it answers, and neither reminds nor lifts."""
    actions = sorted({t.action for t in transitions_of(CATALOGUE, "warning")})
    city = person("municipal_supervisor1")
    step(store, CATALOGUE, city, WarningStep(KEY, 0, "remind"), NOW, shown_state="new")
    done: list[str] = []
    for _ in range(5):
        for who in OF_UNIT:
            for action in actions:
                now = list_states(store)[KEY]
                wanted = WarningStep(KEY, now.version, action, "说明")
                if not refusal_of(
                    lambda w=who, x=wanted, s=now.state: step(store, CATALOGUE, w, x, NOW, shown_state=s)
                ):
                    done.append(action)
    assert done == ["answer"]
    assert list_states(store)[KEY].state == "answered"
