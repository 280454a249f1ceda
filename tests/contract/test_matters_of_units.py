"""A school's account reads its unit's matters and changes its own school's only; figures of a part are not told as the whole."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from callbacks.writing.mutations import changeable_issue
from data.access import EVERYTHING, Scope
from data.settings import Settings
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import Move, find_issue, move
from data.store.refusals import RefusedError
from data.text import text
from layouts.page import static_page
from tests.contract.test_who_may_step import viewer_of
from tests.present import present
from tests.stores import NOW, an_issue, put
from tests.visitors import CATALOGUE

UNIT, SCHOOL, OTHER = "500242", "S500242-001", "S500242-002"
OF_UNIT, OF_SCHOOL, OF_OTHER = "D2026-9001", "D2026-9002", "D2026-9003"


@pytest.mark.parametrize(
    ("scope", "changes"),
    [
        (EVERYTHING, {None, SCHOOL, OTHER}),
        (Scope(frozenset({UNIT})), {None, SCHOOL, OTHER}),
        (Scope(frozenset({UNIT}), frozenset({SCHOOL})), {SCHOOL}),
        (Scope(frozenset({"500101"})), set()),
    ],
)
def test_who_may_change_what(scope: Scope, changes: set[str | None]) -> None:
    assert {s for s in (None, SCHOOL, OTHER) if scope.may_change(UNIT, s)} == changes


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(Settings(var_folder=tmp_path))
    for code, school in ((OF_UNIT, None), (OF_SCHOOL, SCHOOL), (OF_OTHER, OTHER)):
        put(made, an_issue(issue_code=code, district_code=UNIT, school_code=school, status="untouched", due_on=None))
    yield made


def refusal_of(work: Callable[[], object]) -> str:
    try:
        work()
    except RefusedError as error:
        return error.code
    return ""


def within(deps: Dependencies, store: Store, schools: frozenset[str] | None) -> Dependencies:
    role = "school_office" if schools else "district_supervisor"
    viewer = replace(viewer_of(role), scope=Scope(frozenset({UNIT}), schools))
    return replace(deps, store=store, current_viewer=lambda: viewer).for_viewer()


def test_a_school_may_not_change_an_issue_of_its_unit(deps: Dependencies, store: Store) -> None:
    own = within(deps, store, frozenset({SCHOOL}))
    for code, refusal in ((OF_UNIT, "matter_of_unit"), (OF_OTHER, "unknown_issue")):
        with pytest.raises(RefusedError) as refused:
            changeable_issue(own, code)
        assert refused.value.code == refusal
    assert changeable_issue(own, OF_SCHOOL).issue.issue_code == OF_SCHOOL
    for code, offered in ((OF_UNIT, False), (OF_SCHOOL, True)):
        name, _, panels = page_of(own, "/ledger", f"?only=all&issue={code}")
        words = static_page(name, panels)
        assert code in words
        assert (text("ledger.action_start") in words) is offered
    for code in (OF_UNIT, OF_SCHOOL):
        assert changeable_issue(within(deps, store, None), code).issue.issue_code == code


def test_a_deadline_is_not_set_in_the_past(store: Store) -> None:
    district = viewer_of("district_supervisor")
    version = present(find_issue(store, OF_UNIT)).version
    for day, refusal in ((date(2020, 1, 1), "due_is_past"), (NOW.date(), "")):
        wanted = Move(OF_UNIT, version, "start", measure="补齐", due_on=day)
        said = refusal_of(lambda w=wanted: move(store, CATALOGUE, district, w, NOW, is_met=False))
        assert said == refusal
    assert present(find_issue(store, OF_UNIT)).due_on == NOW.date()


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("照片.png", b"\x89PNG\r\n\x1a\n...", ""),
        ("照片.png", b"not a picture", "evidence_content"),
        ("证明.pdf", b"\xff\xd8\xff", "evidence_content"),
        ("证明.PDF", b"%PDF-1.7", ""),
        ("名册.xlsx", b"MZ", "evidence_content"),
    ],
)
def test_evidence_is_what_its_name_says(store: Store, name: str, content: bytes, refusal: str) -> None:
    district = viewer_of("district_supervisor")
    said = refusal_of(lambda: add_evidence(store, CATALOGUE, district, OF_UNIT, name, content, NOW))
    assert said == refusal


@pytest.mark.parametrize("path", [f"/cv/{UNIT}/primary/L2", f"/district/{UNIT}"])
def test_a_cv_of_the_unit_is_not_reckoned_from_some_schools(deps: Dependencies, store: Store, path: str) -> None:
    _, _, panels = page_of(within(deps, store, frozenset({SCHOOL})), path, "")
    words = static_page("", panels)
    assert "达到区县均值" not in words
    assert text("district.anatomy_none") not in words
    assert "None" not in words


def test_a_unit_outside_the_scope_is_called_so(deps: Dependencies, store: Store) -> None:
    own = within(deps, store, None)
    _, _, panels = page_of(own, "/district/500101", "")
    assert text("district.outside", name="万州区") in static_page("", panels)
