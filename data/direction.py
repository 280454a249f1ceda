"""The direction of a measure over the last three autumns: of a CV as published, of others alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

ENOUGH = 3  # autumns that a direction needs


@dataclass(frozen=True)
class Direction:
    """fell, rose, flat, mixed, or few (too few autumns); where it began and ended, and at what."""

    kind: str
    first_date: date | None = None
    first_value: float | None = None
    last_date: date | None = None
    last_value: float | None = None


def direction_of(autumns: Sequence[tuple[date, float]], flat: float) -> Direction:
    """The same rule for comparable autumn values, oldest first; less than `flat` is no step."""
    last = autumns[-ENOUGH:]
    if len(last) < ENOUGH:
        return Direction("few")
    change = last[-1][1] - last[0][1]
    steps = [after[1] - before[1] for before, after in pairwise(last)]
    if all(abs(s) < flat for s in (*steps, change)):
        kind = "flat"
    elif all(s < flat for s in steps) and change <= -flat:
        kind = "fell"
    elif all(s > -flat for s in steps) and change >= flat:
        kind = "rose"
    else:
        kind = "mixed"
    return Direction(kind, *last[0], *last[-1])
