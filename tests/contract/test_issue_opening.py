"""Who finds a problem opens an issue: by role and origin, within the scope, never twice about the same value."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.access import Viewer
from data.catalogue.supervision_tables import IssueOrigin
from data.settings import Settings
from data.store import audit
from data.store.engine import Store, open_store
from data.store.issue_opening import NewIssue, open_issues, origins_for
from data.store.ledger import SUBJECT, find_issue, list_issues
from data.store.refusals import RefusedError
from tests.people import CATALOGUE, PEOPLE, SCHOOL, UNIT, person, refusal_of
from tests.stores import NOW, an_issue, put

MUNICIPAL = {o.name for o in CATALOGUE.rows(IssueOrigin) if o.is_municipal}
ABOUT_VALUE = NewIssue(UNIT, "L2 小学骨干教师0.62，标准1，差3人", "监测", SCHOOL, "primary", "L2")
CITY = person("municipal_supervisor1")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def opened(store: Store, who: Viewer, *new: NewIssue) -> list[str]:
    return open_issues(store, CATALOGUE, who, new, NOW, is_demonstration=True)


def test_each_role_opens_what_it_finds_and_no_more() -> None:
    may = {p.role: set(origins_for(CATALOGUE, p)) for p in PEOPLE}
    every = {o.name for o in CATALOGUE.rows(IssueOrigin)}
    assert may == {
        "municipal_leader": set(),
        "municipal_supervisor": every,
        "district_supervisor": every - MUNICIPAL,
        "responsible_inspector": every,
        "school_office": set(),
        "administrator": set(),
        "auditor": set(),
        "municipal_department": set(),
        "district_department": set(),
    }


def test_a_new_issue_is_numbered_dated_and_in_the_audit(store: Store) -> None:
    put(store, an_issue(f"{UNIT}-2026-0007", status="closed"))
    (code,) = opened(store, CITY, replace(ABOUT_VALUE, responsible_unit="县教委", due_on=date(2026, 12, 31)))
    assert code == f"{UNIT}-2026-0008", "after the highest number that was ever given"
    issue = find_issue(store, code)
    assert issue is not None
    assert (issue.status, issue.version, issue.found_on) == ("untouched", 1, date(2026, 11, 23))
    assert (issue.updated_by_id, issue.cell) == (CITY.account_id, (SCHOOL, "primary", "L2"))
    (entry,) = audit.history(store, SUBJECT, code)
    assert (entry.action, entry.actor, entry.after["problem"]) == ("open_issue", CITY.name, ABOUT_VALUE.problem)
    assert audit.check_chain(store).first_broken is None


def test_a_value_has_one_open_issue_and_words_as_many_as_are_found(store: Store) -> None:
    (code,) = opened(store, CITY, ABOUT_VALUE)
    with pytest.raises(RefusedError) as refused:
        opened(store, person("district_supervisor1"), ABOUT_VALUE)
    assert (refused.value.code, refused.value.detail) == ("issue_is_open", code)
    opened(store, CITY, replace(ABOUT_VALUE, stage="junior"))
    in_words = NewIssue(UNIT, "运动场围网破损", "过程督导", SCHOOL)
    assert len({*opened(store, CITY, in_words), *opened(store, CITY, in_words)}) == 2


def test_a_list_is_opened_whole_or_not_at_all(store: Store) -> None:
    opened(store, CITY, ABOUT_VALUE)
    other = replace(ABOUT_VALUE, item_code="L5")
    assert refusal_of(lambda: opened(store, CITY, other, ABOUT_VALUE)) == "issue_is_open"
    assert len(list_issues(store)) == 1
    codes = opened(store, CITY, other, replace(ABOUT_VALUE, item_code="L6"))
    assert codes == [f"{UNIT}-2026-0002", f"{UNIT}-2026-0003"]


def test_what_is_refused(store: Store) -> None:
    district = person("district_supervisor1")
    assert refusal_of(lambda: opened(store, district, replace(ABOUT_VALUE, origin="市级督导"))) == "no_permission"
    assert refusal_of(lambda: opened(store, CITY, replace(ABOUT_VALUE, origin="随便"))) == "no_permission"
    assert refusal_of(lambda: opened(store, CITY, replace(ABOUT_VALUE, problem=" "))) == "needs_problem"
    assert refusal_of(lambda: opened(store, CITY, replace(ABOUT_VALUE, problem="很" * 501))) == "too_long"
    early = replace(ABOUT_VALUE, due_on=date(2026, 11, 22))
    assert refusal_of(lambda: opened(store, CITY, early)) == "due_is_past"
    assert list_issues(store) == []
