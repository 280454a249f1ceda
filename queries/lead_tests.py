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


def _stats() -> Any:
    return importlib.import_module("scipy.stats")


def digit_heaping_test(round_number: int, count_number: int) -> float:
    """One-sided exact binomial test: chance of at least so many round last digits."""
    stats = _stats()
    tested = stats.binomtest(round_number, count_number, ROUND_SHARE, alternative="greater")
    return float(tested.pvalue)


def threshold_bunching_test(strata: Sequence[Stratum]) -> PooledTest:
    """Cochran–Mantel–Haenszel test: are a unit's near values above the line more often?

    With the continuity correction and halved for one side; a stratum that says nothing (one side
    or one group empty) adds nothing.
    """
    stats = _stats()
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
    two_sided = float(stats.chi2.sf(max(abs(surplus) - 0.5, 0.0) ** 2 / spread, df=1))
    against = float((below * rest_above / total).sum())
    ratio = float((above * rest_below / total).sum()) / against if against else None
    return PooledTest(two_sided / 2 if surplus > 0 else 1 - two_sided / 2, ratio)


def q_values(p_values: Sequence[float]) -> list[float]:
    """Benjamini–Hochberg: the false discovery rate at which each test would be listed."""
    stats = _stats()
    return [float(q) for q in stats.false_discovery_control(p_values)] if p_values else []
