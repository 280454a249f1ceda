"""Own rows of the catalogue: proposed by one, released by another, taken back by the same two steps; all audited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.access import OPERATOR, Permission, Viewer
from data.catalogue.access_tables import RoleCapability
from data.catalogue.loader import FOLDER, CatalogueError, CatalogueInUse
from data.catalogue.overlay import read_overlay
from data.catalogue.tables import Parameter
from data.settings import Settings
from data.store import audit
from data.store.catalogue_change import NewRow, changes, find_change, released_rows, write_released
from data.store.catalogue_changes import propose, propose_taking_back, release, withdraw_proposal
from data.store.engine import Store, open_store
from tests.people import CATALOGUE, PEOPLE, person, refusal_of
from tests.present import present
from tests.stores import NOW

FIRST, SECOND, CITY = person("administrator1"), person("administrator2"), person("municipal_supervisor1")
EFFECT = {"in_short": "没有单位改变"}
BEFORE = {
    "parameter_code": "return_due_days",
    "value": "45",
    "unit": "days",
    "name": "报送",
    "valid_from": "2012-01-01",
    "valid_to": "",
    "source_code": "office_parameter",
    "is_confirmed": "false",
}
CELLS = BEFORE | {"value": "30", "valid_from": "2026-01-01"}
ROW = NewRow("parameters", "return_due_days", CELLS, BEFORE, date(2026, 1, 1), "办公会纪要〔2026〕1号", "提前汇总")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_folder=tmp_path)


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


@pytest.fixture
def in_use(settings: Settings) -> CatalogueInUse:
    return CatalogueInUse(FOLDER, settings.overlay_file)


def due_days(store: Store, in_use: CatalogueInUse, settings: Settings) -> str:
    write_released(store, settings.overlay_file)
    return str(in_use.follow().parameter("return_due_days", date(2026, 11, 1)))


def released(store: Store, in_use: CatalogueInUse, row: NewRow = ROW) -> int:
    number = propose(store, in_use, FIRST, row, NOW)
    release(store, in_use, SECOND, number, 1, EFFECT, NOW)
    return number


def test_a_row_holds_once_another_released_it_and_no_more_once_taken_back(
    store: Store, in_use: CatalogueInUse, settings: Settings
) -> None:
    number = propose(store, in_use, FIRST, ROW, NOW)
    assert due_days(store, in_use, settings) == "45"
    release(store, in_use, SECOND, number, 1, EFFECT, NOW)
    assert due_days(store, in_use, settings) == "30"
    back = propose_taking_back(store, in_use, SECOND, number, "办公会撤销", NOW)
    assert due_days(store, in_use, settings) == "30"
    assert refusal_of(lambda: propose_taking_back(store, in_use, FIRST, number, "再撤", NOW)) == "not_in_force"
    release(store, in_use, FIRST, back, 1, EFFECT, NOW)
    assert due_days(store, in_use, settings) == "45"
    assert [(c.change_id, c.state) for c in changes(store)] == [(back, "released"), (number, "taken_back")]
    acts = [e.row.action for e in audit.entries(store, action="", before=None, most=9)]
    assert acts == ["take_back", "release", "propose_taking_back", "release", "propose"]
    assert audit.check_chain(store).first_broken is None


def test_whoever_proposed_never_releases_under_whatever_name(store: Store, in_use: CatalogueInUse) -> None:
    """Every pair of persons of every role: no one of them ends a matter alone."""
    ended: set[tuple[str, str]] = set()
    for giver in PEOPLE:
        for decider in (*PEOPLE, replace(giver, name="改了名的人")):
            number = 0

            def give(giver: Viewer = giver) -> None:
                nonlocal number
                number = propose(store, in_use, giver, ROW, NOW)

            if refusal_of(give):
                continue
            act: Callable[[], None] = lambda decider=decider, number=number: release(  # noqa: E731
                store, in_use, decider, number, 1, EFFECT, NOW
            )
            if refusal_of(act):
                withdraw_proposal(store, giver, number, 1, NOW)
            else:
                ended.add((giver.account_id, decider.account_id))
    assert ended
    assert [pair for pair in ended if pair[0] == pair[1]] == []
    may = {p.account_id for p in PEOPLE if p.role in ("administrator", "municipal_supervisor")}
    assert {decider for _, decider in ended} == may
    assert {giver for giver, _ in ended} == {FIRST.account_id, SECOND.account_id}


def test_the_duties_are_rows() -> None:
    held = {
        (r.permission, r.role_code) for r in CATALOGUE.rows(RoleCapability) if r.permission.startswith("catalogue.")
    }
    assert held == {
        ("catalogue.propose", "administrator"),
        ("catalogue.release", "administrator"),
        ("catalogue.release", "municipal_supervisor"),
    }
    assert OPERATOR.permissions == {Permission.ACCOUNTS_MANAGE}


def test_who_has_no_account_releases_nothing(store: Store, in_use: CatalogueInUse) -> None:
    number = propose(store, in_use, FIRST, ROW, NOW)
    nobody = Viewer("某人", frozenset(Permission))
    assert refusal_of(lambda: release(store, in_use, nobody, number, 1, EFFECT, NOW)) == "own_proposal"


def test_steps_are_not_done_twice_nor_late(store: Store, in_use: CatalogueInUse) -> None:
    number = released(store, in_use)
    assert refusal_of(lambda: release(store, in_use, CITY, number, 1, EFFECT, NOW)) == "not_waiting"
    assert refusal_of(lambda: release(store, in_use, CITY, number, 2, EFFECT, NOW)) == "not_waiting"
    assert refusal_of(lambda: withdraw_proposal(store, FIRST, number, 2, NOW)) == "not_waiting"
    gone = propose(store, in_use, FIRST, ROW, NOW)
    withdraw_proposal(store, FIRST, gone, 1, NOW)
    assert refusal_of(lambda: release(store, in_use, SECOND, gone, 2, EFFECT, NOW)) == "not_waiting"
    assert refusal_of(lambda: propose_taking_back(store, in_use, FIRST, gone, "撤", NOW)) == "needs_reason"
    assert refusal_of(lambda: propose_taking_back(store, in_use, FIRST, gone, "撤销", NOW)) == "not_in_force"
    assert refusal_of(lambda: release(store, in_use, SECOND, 10**12, 1, EFFECT, NOW)) == "no_change"
    assert len(released_rows(store)) == 1


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        (replace(ROW, source=" "), "needs_source"),
        (replace(ROW, reason=""), "needs_reason"),
        (replace(ROW, cells=BEFORE), "nothing_changes"),
    ],
)
def test_a_row_without_document_or_reason_is_no_proposal(
    store: Store, in_use: CatalogueInUse, row: NewRow, refusal: str
) -> None:
    assert refusal_of(lambda: propose(store, in_use, FIRST, row, NOW)) == refusal
    assert changes(store) == []


def test_a_row_that_the_loader_refuses_is_never_kept(store: Store, in_use: CatalogueInUse) -> None:
    for cells in (CELLS | {"value": "bald"}, CELLS | {"source_code": "keine"}):
        with pytest.raises(CatalogueError):
            propose(store, in_use, FIRST, replace(ROW, cells=cells), NOW)
    assert changes(store) == []


def test_nothing_is_released_that_nobody_looked_ahead_of(store: Store, in_use: CatalogueInUse) -> None:
    number = propose(store, in_use, FIRST, ROW, NOW)
    assert refusal_of(lambda: release(store, in_use, SECOND, number, 1, {}, NOW)) == "needs_trial"
    assert present(find_change(store, number)).state == "proposed"


def test_the_later_release_lies_above_and_its_taking_back_uncovers_the_earlier(
    store: Store, in_use: CatalogueInUse, settings: Settings
) -> None:
    released(store, in_use)
    above = released(store, in_use, replace(ROW, cells=CELLS | {"value": "20"}))
    assert due_days(store, in_use, settings) == "20"
    back = propose_taking_back(store, in_use, FIRST, above, "撤销", NOW)
    release(store, in_use, SECOND, back, 1, EFFECT, NOW)
    assert due_days(store, in_use, settings) == "30"


def test_a_file_of_own_rows_that_was_changed_by_hand_is_made_anew(
    store: Store, in_use: CatalogueInUse, settings: Settings
) -> None:
    released(store, in_use)
    assert due_days(store, in_use, settings) == "30"
    words = settings.overlay_file.read_text("utf-8")
    settings.overlay_file.write_text(words.replace('"30"', '"3"'), "utf-8")
    assert due_days(store, in_use, settings) == "30"
    assert len(read_overlay(settings.overlay_file)) == 1
    settings.overlay_file.unlink()
    assert due_days(store, in_use, settings) == "30"
    before = next(p for p in in_use.candidate(()).rows(Parameter) if p.parameter_code == "return_due_days")
    assert str(before.value) == "45"
