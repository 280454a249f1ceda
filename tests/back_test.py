"""How often the plan's 80 % intervals hold what came: rolling origins, and known truth."""

import math
import random

from queries import overview, plan
from queries.reader import Snapshot

WINDOW = 5
NOW = 2026.75
HALF_MONTH = 1 / 24


def rolling_origins(snapshot: Snapshot, basis: str) -> tuple[int, int]:
    """From every earlier autumn, the next autumn's unmet items: held by the interval, asked."""
    by_unit: dict[str, list[tuple[float, float]]] = {}
    for h in overview.verdict_history(snapshot, basis):
        if h.undecidable_count == 0:
            point = (h.snapshot_date.year + 0.75, float(h.item_count - h.met_count))
            by_unit.setdefault(h.district_code, []).append(point)
    held = asked = 0
    for points in by_unit.values():
        for end in range(WINDOW, len(points)):
            line = plan.fit(points[end - WINDOW : end])
            if line is None:
                continue
            x, y = points[end]
            share = plan.student_t((y - line.at(x)) / plan.predictive_error(line, x), WINDOW - 2)
            held += plan.INTERVAL[0] <= share <= plan.INTERVAL[1]
            asked += 1
    return held, asked


def known_truth(count: int, noise: float, districts: int) -> tuple[int, int]:
    """Generated districts, a true line to a known zero seen with noise: date held, asked."""
    randomness = random.Random(20261123 + count)
    held = 0
    for _ in range(districts):
        speed, true_zero = randomness.uniform(0.5, 3.0), NOW + randomness.uniform(1.0, 8.0)
        line = plan.fit([(x, speed * (true_zero - x) + randomness.gauss(0, noise))
                         for x in (NOW - back for back in range(count))])  # fmt: skip
        if line is None:
            continue
        found = plan.project(line, NOW - 30)
        low = math.inf if found.low is None else found.low
        high = math.inf if found.high is None else found.high
        held += low <= true_zero + HALF_MONTH and true_zero - HALF_MONTH <= high
    return held, districts
