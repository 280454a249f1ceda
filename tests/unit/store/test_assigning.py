"""An open issue is assigned to who puts it right: by whoever opens issues, never by who only rectifies, with history."""

import pytest

from data.store import audit
from data.store.engine import Store
from data.store.ledger import SUBJECT, Move, find_issue, move
from data.store.refusals import RefusedError
from tests.people import CATALOGUE, person
from tests.stores import NOW, an_issue, put

CODE = "T2026-0001"


def assigned(version: int, unit: str = "县财政局", who: str = "") -> Move:
    return Move(CODE, version, "assign", responsible_unit=unit, responsible_person=who)


def test_an_issue_is_given_to_a_department_and_stays_where_it_is(store: Store) -> None:
    put(store, an_issue(CODE, "under_way"))
    moved = move(store, CATALOGUE, person("district_supervisor1"), assigned(1, " 县财政局 ", "王五"), NOW)
    assert (moved.status, moved.responsible_unit, moved.responsible_person) == ("under_way", "县财政局", "王五")
    moved = move(store, CATALOGUE, person("municipal_supervisor1"), assigned(2, "县教委"), NOW)
    assert (moved.responsible_unit, moved.responsible_person) == ("县教委", None), "nobody is named any more"
    (first, second) = audit.history(store, SUBJECT, CODE)
    assert first.after["responsible_unit"] == "县财政局"
    assert (second.before["responsible_person"], second.after["responsible_person"]) == ("王五", None)


def test_nothing_is_assigned_to_nobody_nor_once_it_is_closed(store: Store) -> None:
    put(store, an_issue(CODE), an_issue("CLOSED", "closed"))
    with pytest.raises(RefusedError, match="needs_responsible"):
        move(store, CATALOGUE, person("district_supervisor1"), assigned(1, "  "), NOW)
    with pytest.raises(RefusedError, match="no_permission"):
        move(store, CATALOGUE, person("school_office1"), assigned(1), NOW)
    closed = Move("CLOSED", 1, "assign", responsible_unit="县教委")
    with pytest.raises(RefusedError, match="no_transition"):
        move(store, CATALOGUE, person("municipal_supervisor1"), closed, NOW)
    kept = find_issue(store, CODE)
    assert kept is not None
    assert kept.responsible_unit == "县教委", "as it was"
