"""Steps with a warning: only from the state it is in, and only with a warning that a rule can give."""

from pathlib import Path

import pytest

from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import Store, open_store
from data.store.ledger import RefusedError
from data.store.warnings import WarningState, WarningStep, list_states, step
from tests.stores import NOW, SUPERVISOR

KEY = "target_missed.500242"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def take(store: Store, key: str, version: int, action: str, shown: str) -> WarningState:
    wanted = WarningStep(key, version, action, "核实")
    return step(store, load_catalogue(), SUPERVISOR, wanted, NOW, shown_state=shown)


def test_the_usual_round_and_again_once_it_is_new(store: Store) -> None:
    states = [take(store, KEY, version, action, shown).state
              for version, (action, shown) in enumerate((("remind", "new"), ("answer", "reminded"), ("lift", "answered"),
                                                         ("remind", "new")))]  # fmt: skip
    assert states == ["reminded", "answered", "lifted", "reminded"]


def test_no_step_is_skipped_by_saying_another_state(store: Store) -> None:
    for action, shown in (("lift", "reminded"), ("lift", "answered"), ("answer", "reminded")):
        with pytest.raises(RefusedError, match="no_transition"):
            take(store, KEY, 0, action, shown)
    take(store, KEY, 0, "remind", "new")
    with pytest.raises(RefusedError, match="no_transition"):
        take(store, KEY, 1, "remind", "new")
    assert [s.version for s in list_states(store).values()] == [1]


@pytest.mark.parametrize(
    "key", ["nothing.500242", "target_missed.599999", "target_missed", "", "x" * 120]
)
def test_a_warning_that_no_rule_gives_is_not_kept(store: Store, key: str) -> None:
    with pytest.raises(RefusedError, match="unknown_warning"):
        take(store, key, 0, "remind", "new")
    assert list_states(store) == {}
