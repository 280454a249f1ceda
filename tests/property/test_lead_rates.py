"""False alarms and power of the statistical tests behind 线索, simulated anew at every run.

Stated effects: 40 % of 93 counts rounded; 40 % of near-misses lifted in a unit of 93 schools; 41 units.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from data.rows.lead_findings import Outcome
from queries.lead_findings import outcomes_of, statistical_leads
from queries.lead_tests import digit_heaping_test
from tests.lead_cases import UNITS, digit_rows, limits, near_rows

ROUNDS, POWER_ROUNDS, SCHOOLS, EFFECT = 150, 100, 93, 0.4
NOMINAL, TOLERANCE, LEAST_POWER = (0.05, 0.01), 1.5, 0.9
NONE = [0.0] * len(UNITS)
ONE = [EFFECT, *NONE[1:]]
Draw = Callable[[np.random.Generator, list[float]], list[Outcome]]


def heaped(random: np.random.Generator, rounded: list[float]) -> list[Outcome]:
    return outcomes_of(digit_rows(random, SCHOOLS, rounded), near_rows(random, SCHOOLS, NONE, limits().band), limits())


def bunched(random: np.random.Generator, lifted: list[float]) -> list[Outcome]:
    return outcomes_of(digit_rows(random, SCHOOLS, NONE), near_rows(random, SCHOOLS, lifted, limits().band), limits())


@pytest.fixture(scope="module")
def quiet() -> list[list[Outcome]]:
    """Rounds in which nobody does anything."""
    random = np.random.default_rng(20260901)
    return [bunched(random, NONE) for _ in range(ROUNDS)]


@pytest.mark.parametrize("kind", ["digits", "bunching"])
@pytest.mark.parametrize("nominal", NOMINAL)
def test_false_alarms_of_one_test(quiet: Any, kind: str, nominal: float) -> None:
    own = [t.p_value for tests in quiet for t in tests if t.kind == kind]
    assert len(own) == ROUNDS * len(UNITS), "every unit has enough cases"
    rate = float(np.mean(np.array(own) <= nominal))
    assert rate <= TOLERANCE * nominal


def test_false_alarms_of_the_list(quiet: Any) -> None:
    """Where nothing is wrong, the list is empty in all but a few periods."""
    own = limits()
    rate = float(np.mean([bool(statistical_leads(tests, own)) for tests in quiet]))
    assert rate <= TOLERANCE * own.false_share


@pytest.mark.parametrize(("kind", "draw"), [("digits", heaped), ("bunching", bunched)])
def test_power_at_the_stated_effect(kind: str, draw: Draw) -> None:
    random, own = np.random.default_rng(20260902), limits()
    found = [
        any((t.kind, t.district_code) == (kind, UNITS[0]) for t in statistical_leads(draw(random, ONE), own))
        for _ in range(POWER_ROUNDS)
    ]
    power = float(np.mean(found))
    assert power >= LEAST_POWER


def test_the_smallest_unit_that_is_tested_for_heaping_is_not_accused_by_chance() -> None:
    own = limits()
    counts = int(own.digit_cases)
    random = np.random.default_rng(20260903)
    rounds = (random.integers(0, 10, (4000, counts)) % 5 == 0).sum(axis=1)
    rate = float(np.mean([digit_heaping_test(int(k), counts) <= NOMINAL[0] for k in rounds]))
    assert rate <= TOLERANCE * NOMINAL[0]
