"""What a decision is about, measured on the meeting's day and now."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DecisionCourse:
    """One measure in the publication that a meeting saw and in the one in force.

    `kind` is `units` (complying units of `goal`), `items` (met items of a unit, of `goal`), `cv` (a CV against its
    limit, which is the `goal`) or `item` (1 met, 0 not). `change` is better, worse or flat.
    """

    kind: str
    then: float
    now: float
    goal: float
    then_on: date
    now_on: date
    change: str
