"""What a statistical test of a unit is given, and what it says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stratum:
    """Values above and below a line, in a unit and in the rest of the city."""

    above: int
    below: int
    rest_above: int
    rest_below: int


@dataclass(frozen=True)
class PooledTest:
    """What the strata say together: one-sided p, and the common odds ratio where it exists."""

    p_value: float
    odds_ratio: float | None
