"""An issue belongs to the unit in which its school is today, whoever asks and for however few units."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.access import Scope
from data.settings import Settings
from data.store.engine import Store, open_store
from queries.ledger import find_in_scope, ledger
from queries.reader import Snapshot
from tests.stores import an_issue, put

MOVED, FORMER, PRESENT = "S500105-001", "500105", "P50LJ2"
CODE = "T2026-0001"
VIEWS: dict[str, Callable[[Snapshot, str], Snapshot]] = {
    "scope": lambda snapshot, unit: snapshot.for_scope(Scope(frozenset({unit}))),
    "parent": lambda snapshot, unit: snapshot.narrowed(frozenset({unit})),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(Settings(var_folder=tmp_path))
    put(opened, an_issue(CODE, district_code=FORMER, school_code=MOVED))
    return opened


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_a_moved_school_takes_its_issues_along(
    view: Callable[[Snapshot, str], Snapshot], snapshot: Snapshot, store: Store
) -> None:
    (row,) = ledger(view(snapshot, PRESENT), store)
    assert row.district_code == PRESENT
    assert row.cell is not None
    of_former = ledger(view(snapshot, FORMER), store)
    assert [r for r in of_former if r.district_code == FORMER] == []


def test_the_former_unit_can_neither_read_nor_move_it(snapshot: Snapshot, store: Store) -> None:
    former, present = (snapshot.for_scope(Scope(frozenset({u}))) for u in (FORMER, PRESENT))
    assert ledger(former, store) == []
    assert find_in_scope(former, store, CODE) is None
    assert find_in_scope(present, store, CODE) is not None


def test_an_issue_of_an_unknown_school_stays_with_its_unit(snapshot: Snapshot, store: Store) -> None:
    put(store, an_issue("T2026-0002", district_code=FORMER, school_code="S500105-999"))
    former = snapshot.for_scope(Scope(frozenset({FORMER})))
    assert [r.issue.issue_code for r in ledger(former, store)] == ["T2026-0002"]
