"""Tests behind 线索 as pure functions: one-sided p-values, and q-values over all of them.

scipy is loaded when a test is run, not when a server starts: only supervisors ever need it.
"""

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from data.rows.lead_tests import PooledTest, Stratum

ROUND_SHARE = 2 / 10
"""Chance that a last digit is 0 or 5 where all ten are as likely."""


def _special() -> Any:
    """`scipy.stats` is the same functions, and takes four times as long to load and ninety megabytes."""
    return importlib.import_module("scipy.special")


def digit_heaping_test(round_number: int, count_number: int) -> float:
    """One-sided exact binomial test: chance of at least so many round last digits."""
    return float(_special().bdtrc(round_number - 1, count_number, ROUND_SHARE)) if round_number else 1.0


def threshold_bunching_test(strata: Sequence[Stratum]) -> PooledTest:
    """Cochran–Mantel–Haenszel test: are a unit's near values above the line more often?

    With the continuity correction and halved for one side; a stratum that says nothing (one side
    or one group empty) adds nothing.
    """
    rows = [(s.above, s.below, s.rest_above, s.rest_below) for s in strata]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    table = table[table.sum(axis=1) > 1]
    above, below, rest_above, rest_below = table.T
    total = table.sum(axis=1)
    of_unit, all_above = above + below, above + rest_above
    expected = of_unit * all_above / total
    variance = of_unit * (total - of_unit) * all_above * (total - all_above) / (total**2 * (total - 1))
    spread = float(variance.sum())
    if not spread:
        return PooledTest(1.0, None)
    surplus = float((above - expected).sum())
    two_sided = float(_special().chdtrc(1, max(abs(surplus) - 0.5, 0.0) ** 2 / spread))
    against = float((below * rest_above / total).sum())
    ratio = float((above * rest_below / total).sum()) / against if against else None
    return PooledTest(two_sided / 2 if surplus > 0 else 1 - two_sided / 2, ratio)


def q_values(p_values: Sequence[float]) -> list[float]:
    """Benjamini–Hochberg: the false discovery rate at which each test would be listed."""
    if not p_values:
        return []
    order = np.argsort(p_values)[::-1]
    count = len(p_values)
    raised = np.asarray(p_values)[order] * count / np.arange(count, 0, -1)
    listed = np.empty(count)
    listed[order] = np.minimum(np.minimum.accumulate(raised), 1.0)
    return [float(q) for q in listed]
