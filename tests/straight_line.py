"""What the forecast is held against: the straight line through the last five counts.

At a moment t the fitted value divided by its standard error has Student's distribution with n - 2
degrees of freedom, so the chance that the line is at zero by t is P(T <= -fitted / error)
(Fieller 1954).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

WINDOW = 5
LEAST_POINTS = 4
WHOLE_NUMBER_VARIANCE = 1 / 12


def chances(counts: NDArray[np.int16], years: int) -> NDArray[np.float64] | None:
    """The chance [years + 1] of zero by each coming autumn; None with fewer than four counts."""
    known = np.flatnonzero(counts >= 0)[-WINDOW:]
    if len(known) < LEAST_POINTS:
        return None
    x, y = known - (len(counts) - 1.0), counts[known].astype(float)
    spread = ((x - x.mean()) ** 2).sum()
    slope = ((x - x.mean()) * (y - y.mean())).sum() / spread
    residual = ((y - y.mean() - slope * (x - x.mean())) ** 2).sum()
    ahead = np.arange(years + 1)
    fitted = y.mean() + slope * (ahead - x.mean())
    variance = max(residual / (len(x) - 2), WHOLE_NUMBER_VARIANCE)
    error = np.sqrt(variance * (1 / len(x) + (ahead - x.mean()) ** 2 / spread))
    found = stdtr(len(x) - 2, -fitted / error)
    found[0] = 0
    return np.maximum.accumulate(found)
