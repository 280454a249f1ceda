"""Steps with a warning: only from the state it is in, and only with a warning that a rule can give."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import Store, open_store
from data.store.refusals import RefusedError
from data.store.warning_state import WarningState
from data.store.warnings import WarningStep, list_states, step
from layouts.export.tables import tables_of
from layouts.page import static_page
from tests.stores import NOW, SUPERVISOR
from tests.visitors import CATALOGUE, OWN, get, guarded_app, now, signed_in

KEY = "target_missed.500242"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def take(store: Store, key: str, version: int, action: str, shown: str) -> WarningState:
    wanted = WarningStep(key, version, action, "核实")
    return step(store, load_catalogue(), SUPERVISOR, wanted, NOW, shown_state=shown)


def test_the_usual_round_and_again_once_it_is_new(store: Store) -> None:
    states = [
        take(store, KEY, version, action, shown).state
        for version, (action, shown) in enumerate(
            (("remind", "new"), ("answer", "reminded"), ("lift", "answered"), ("remind", "new"))
        )
    ]
    assert states == ["reminded", "answered", "lifted", "reminded"]


def test_no_step_is_skipped_by_saying_another_state(store: Store) -> None:
    for action, shown in (("lift", "reminded"), ("lift", "answered"), ("answer", "reminded")):
        with pytest.raises(RefusedError, match="no_transition"):
            take(store, KEY, 0, action, shown)
    take(store, KEY, 0, "remind", "new")
    with pytest.raises(RefusedError, match="no_transition"):
        take(store, KEY, 1, "remind", "new")
    assert [s.version for s in list_states(store).values()] == [1]


@pytest.mark.parametrize("key", ["nothing.500242", "target_missed.599999", "target_missed", "", "x" * 120])
def test_a_warning_that_no_rule_gives_is_not_kept(store: Store, key: str) -> None:
    with pytest.raises(RefusedError, match="unknown_warning"):
        take(store, key, 0, "remind", "new")
    assert list_states(store) == {}


def test_a_level_counts_and_lists_the_warnings_that_are_not_lifted(deps: Dependencies, tmp_path: Path) -> None:
    own = replace(deps, store=open_store(Settings(var_folder=tmp_path)))

    def listed(only: str) -> tuple[str, list[str]]:
        name, _, panels = page_of(own, "/warn", f"?only={only}")
        words = re.sub(r"<[^>]+>", "|", static_page(name, panels))
        (count,) = re.findall(r"\|预警(\d+)项\|", words)
        rows = next(t.rows for t in tables_of(panels, name) if any("回复期限" in c for r in t.rows[:1] for c in r))
        return count, [r[1] for r in rows[1:] if r[1]]

    count, units = listed("red")
    assert int(count) == len(units) > 0
    for number, action in enumerate(("remind", "lift")):
        wanted = WarningStep("target_missed.500103", number, action, "已核实")
        step(own.store, load_catalogue(), SUPERVISOR, wanted, own.now(), shown_state=("new", "reminded")[number])
    after, left = listed("red")
    assert int(after) == len(left) == int(count) - 1
    assert int(listed("lifted")[0]) == 1


def test_the_auditor_reads_of_a_warning_its_unit_and_rule(demo_settings: Settings, tmp_path: Path) -> None:
    app = guarded_app(demo_settings, tmp_path, ("auditor",))
    wanted = WarningStep(f"over_and_worse.{OWN}", 0, "remind", "电话提醒")
    step(app.deps.store, CATALOGUE, SUPERVISOR, wanted, now(), shown_state="new")
    client, _ = signed_in(app, "auditor")
    words = get(client, "/audit").get_data(as_text=True)
    assert "酉阳 差异系数超上限且变差" in words
    assert "over_and_worse" not in words
