"""The plan page's figures against an independent computation from the verdict history."""

import numpy as np
import pytest

from queries import overview, plan
from queries.reader import Snapshot
from tests.back_test import rolling_origins


def test_the_stored_line_is_the_least_squares_line_of_the_last_autumns(snapshot: Snapshot) -> None:
    compared = 0
    history = overview.verdict_history(snapshot, "as_was")
    for row in plan.projections(snapshot, "2026", "as_was"):
        points = [(h.snapshot_date.year + 0.75, h.item_count - h.met_count) for h in history
                  if h.district_code == row.district_code and h.undecidable_count == 0]  # fmt: skip
        if row.point_count != 5 or len(points) < 5:
            continue
        years, unmet = np.array(points[-5:], dtype=float).T
        (slope, start), residual, *_ = np.polyfit(years - 2020, unmet, 1, full=True)
        line = plan.line_of(row, 4)
        assert line is not None
        assert line.slope == pytest.approx(slope, abs=1e-9)
        assert line.at(2030.0) == pytest.approx(start + slope * 10, abs=1e-7)
        expected = residual[0] if len(residual) else 0.0
        assert line.residual_sum == pytest.approx(expected, abs=1e-7)
        compared += 1
    assert compared >= 30


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_rolling_origins_of_the_demonstration_are_held_80_percent_of_the_time(
    snapshot: Snapshot, basis: str
) -> None:
    held, asked = rolling_origins(snapshot, basis)
    assert asked >= 100
    assert 0.74 <= held / asked <= 0.86, (held, asked)
