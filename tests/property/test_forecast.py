"""Forecasts: exact properties on every unit, and against invented truth in short."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from data.forecasting.forecast import Settings, first_at, forecasts
from data.forecasting.futures import fit, futures, steady_counts
from data.forecasting.panel import Panel
from tests.bench.forecast import measured, summary
from tests.forecast_processes import PROCESSES, hard_tail, straight_line

FEW = Settings(draws=100, draws_of_many=100)


def panel_of(process: str, seed: int) -> Panel:
    return PROCESSES[process](np.random.default_rng(seed)).seen


@pytest.mark.parametrize("process", ["drifting_distances", "projects"])
def test_a_unit_is_never_likelier_than_its_least_likely_item_nor_less_likely_later(process: str) -> None:
    panel = panel_of(process, 3)
    found = forecasts(panel, FEW, last_only=True)[panel.autumn_count - 1]
    assert len(found.chance) >= 20
    assert (found.chance <= found.item_chance.min(axis=2) + 1e-12).all()
    assert (np.diff(found.chance, axis=1) >= 0).all()
    assert (np.diff(found.item_chance, axis=1) >= -1e-12).all()
    rounded = np.round(found.chance, 4), np.round(found.item_chance, 4)
    assert (rounded[0] <= rounded[1].min(axis=2)).all()
    assert found.weights.min() >= FEW.weight_floor - 1e-12
    assert found.weights.sum(axis=1) == pytest.approx(1)


ONE_RUN = """
import hashlib, numpy as np
from data.forecasting.forecast import Settings, forecasts
from tests.forecast_processes import equal_hazards
found = forecasts(equal_hazards(np.random.default_rng(4)).seen, Settings(draws=50), last_only=True)[8]
print(hashlib.sha256(found.chance.tobytes() + found.item_chance.tobytes()).hexdigest())
"""


def test_the_same_bytes_in_another_process_at_any_number_of_threads() -> None:
    def run(threads: int) -> str:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": str(threads)}
        return subprocess.run(
            [sys.executable, "-c", ONE_RUN], check=True, capture_output=True, text=True, env=environment
        ).stdout

    assert len(run(1)) == 65
    assert run(1) == run(2)


def test_a_new_unit_does_not_move_the_draws_of_the_others() -> None:
    """Only the pooled fit may move them: where it is the same, so are they, whatever the order."""
    panel = panel_of("equal_hazards", 4)
    fits = fit(panel)
    names = replace(panel, codes=("new", *panel.codes[1:]))
    unit = int(np.flatnonzero(panel.counts[:, -1] > 0)[-1])
    own = futures(fits, unit, (20, 5), seed=1)
    again = futures(replace(fits, panel=names), unit, (20, 5), seed=1)
    assert all((a == b).all() for a, b in zip(own, again, strict=True))


def test_what_is_said_of_an_autumn_stays_the_same_when_later_ones_are_known() -> None:
    """An older publication and the newest say the same of an earlier autumn."""
    panel = panel_of("hard_tail", 8)
    settings = Settings(draws=60, draws_of_many=40)
    after = forecasts(panel, settings)
    for autumn in (5, 7):
        then = forecasts(panel.until(autumn), settings)[autumn]
        assert (then.origin.units == after[autumn].origin.units).all()
        assert (then.chance == after[autumn].chance).all()
        assert (then.item_chance == after[autumn].item_chance).all()


def test_a_unit_with_an_unknown_item_and_one_that_is_met_are_not_forecast() -> None:
    panel = panel_of("equal_hazards", 5)
    unmet = panel.unmet.copy()
    unmet[7, 0, -1] = -1
    unmet[8, :, -1] = 0
    found = forecasts(replace(panel, unmet=unmet), FEW, last_only=True)[panel.autumn_count - 1]
    assert 7 not in found.origin.units
    assert 8 not in found.origin.units
    assert 9 in found.origin.units


@pytest.mark.parametrize(("autumns", "expected"), [(4, []), (5, [4]), (6, [4, 5])])
def test_nothing_is_forecast_before_five_autumns_are_known(autumns: int, expected: list[int]) -> None:
    panel = panel_of("straight_line", 6).until(autumns - 1)
    assert sorted(forecasts(panel, FEW)) == expected


def test_a_gap_in_the_series_is_no_item_that_holds() -> None:
    """A unit unknown for one autumn keeps its open items open, and is forecast from what is known."""
    panel = panel_of("hard_tail", 7)
    unit = int(np.flatnonzero(panel.counts[:, -1] > 3)[0])
    unmet = panel.unmet.copy()
    unmet[unit, :, 5] = -1
    found = forecasts(replace(panel, unmet=unmet), FEW, last_only=True)[panel.autumn_count - 1]
    place = int(np.searchsorted(found.origin.units, unit))
    still_open = panel.unmet[unit, :, -1] == 1
    assert (found.item_chance[place, 0] == ~still_open).all()


def test_the_first_autumn_that_reaches_a_level_or_none() -> None:
    chance = np.array([[0, 0.1, 0.5, 0.95], [0, 0, 0.02, 0.05]])
    assert first_at(chance, 0.1).tolist() == [1, -1]
    assert first_at(chance, 0.9).tolist() == [3, -1]


def test_units_that_close_fast_are_forecast_sooner_than_units_that_never_close() -> None:
    panel = panel_of("equal_hazards", 8)
    unmet = panel.unmet.copy()
    unmet[0] = 1
    unmet[1] = 0
    unmet[1, :10] = (np.arange(9) < np.arange(10)[:, None]).astype(int)
    found = forecasts(replace(panel, unmet=unmet), FEW, last_only=True)[8]
    slow, fast = (int(np.searchsorted(found.origin.units, u)) for u in (0, 1))
    assert found.chance[fast, 3] > 0.3
    assert found.chance[slow, 3] < 0.05


def test_invented_truth_lies_inside_and_the_straight_line_is_beaten() -> None:
    """Two processes in short; all nine with their limits: make bench."""
    for process, seed in ((straight_line, 11), (hard_tail, 12)):
        panels = [measured(process(np.random.default_rng([seed, n]))) for n in range(2)]
        own = summary([p["forecast"] for p in panels])
        line = summary([p["line"] for p in panels])
        assert own["units"] >= 50
        assert 0.80 <= own["coverage"] <= 1
        assert own["brier"] < line["brier"]


def test_only_an_acceleration_that_all_units_share_is_held_at_todays_pace() -> None:
    """Falls of 0.2, 0.4, … a year in 40 units: what came slowly is counted at today's pace."""
    years = np.arange(9)
    even = np.repeat(np.rint(25 - 1.0 * years)[None], 40, axis=0).astype(np.int16)
    assert (steady_counts(even) == even).all()
    slowing = np.repeat(np.rint(25 * 0.8**years)[None], 40, axis=0).astype(np.int16)
    assert (steady_counts(slowing) == slowing).all()
    random = np.random.default_rng(2)
    faster = 25 - np.cumsum(np.r_[0, 0.25 * np.arange(1, 9)])
    counts = np.rint(faster + random.normal(0, 0.4, (40, 9))).astype(np.int16)
    added = steady_counts(counts) - counts
    assert (added == added[0]).all()
    assert added[0, -1] == added[0, -2] == 0
    assert added[0, 0] == pytest.approx(0.25 * 8 * 7 / 2, rel=0.15)
