"""How earlier forecasts did: the counts of unmet items that came, against their 80 % intervals."""

from dataclasses import dataclass

import numpy as np

from data.forecasting.forecast import HIGH, LOW, Forecast
from data.forecasting.panel import Panel

MOST_AHEAD = 4


@dataclass(frozen=True)
class Check:
    """Counts foretold in one autumn that came by another (years), and how many lay inside.

    `claimed_share` is the probability that the intervals themselves claimed.
    """

    autumn: int
    foretold_in: int
    foretold_count: int
    inside_count: int
    claimed_share: float


def count_checks(panel: Panel, forecasts_by_autumn: dict[int, Forecast]) -> list[Check]:
    """Every pair of autumns one to four apart, for the units whose count is known in the later."""
    checks: list[Check] = []
    for place, forecast in sorted(forecasts_by_autumn.items()):
        for ahead in range(1, MOST_AHEAD + 1):
            if place + ahead >= panel.autumn_count:
                break
            seen = panel.counts[forecast.origin.units, place + ahead]
            known = seen >= 0
            if not known.any():
                continue
            shares = forecast.count_chance[known, ahead - 1]
            upto = np.cumsum(shares, axis=1)
            low = (upto >= LOW - 1e-9).argmax(axis=1)
            high = (upto >= HIGH - 1e-9).argmax(axis=1)
            every = np.arange(len(low))
            claimed = upto[every, high] - np.where(low > 0, upto[every, np.maximum(low - 1, 0)], 0)
            inside = (low <= seen[known]) & (seen[known] <= high)
            checks.append(
                Check(
                    panel.first_year + place + ahead,
                    panel.first_year + place,
                    int(known.sum()),
                    int(inside.sum()),
                    round(float(claimed.mean()), 4),
                )
            )
    return checks
