"""The direction of a measure over its last three autumns, reckoned in plain Python."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from data.direction import Direction

ENOUGH = 3  # autumns that a direction needs


def direction_of(autumns: Sequence[tuple[date, float]], flat: float) -> Direction:
    """Of comparable autumn values, oldest first; less than `flat` is no step."""
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
