"""The plan page's figures against an independent computation from the verdict history."""

import statistics

import numpy as np
import pytest

from app import create_app
from data.settings import Settings
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


def test_item_dates_follow_from_the_published_distances(snapshot: Snapshot) -> None:
    """The forecast of 酉阳's primary CV of L2, recomputed with the textbook formulas."""
    rows = [d for d in plan.item_distances(snapshot, "2026", "as_was", "500242")
            if (d.item_code, d.part) == ("L2", "cv_primary")]  # fmt: skip
    published = [
        (c.snapshot_date.year + c.snapshot_date.month / 12, c.cv / float(c.cv_limit) - 1)
        for c in overview.cv_history(snapshot, "as_was", "primary", "L2")
        if c.district_code == "500242" and c.snapshot_date.month >= 9 and c.cv is not None
    ]
    assert [(pytest.approx(d.data_year), pytest.approx(d.distance)) for d in rows] == published
    window = published[-5:]
    slope, intercept = statistics.linear_regression(*zip(*window, strict=True))
    line = plan.fit(window, 1e-9)
    assert line is not None
    found = plan.project(line, window[-1][0])
    assert line.slope == pytest.approx(slope)
    assert (found.middle is None) == (slope >= 0)
    if found.middle is not None:
        assert found.middle == pytest.approx(-intercept / slope)


def test_every_unmet_item_of_a_unit_has_a_row_and_a_judged_one_no_date(
    demo_settings: Settings,
) -> None:
    client = create_app(demo_settings).server.test_client()
    words = client.get("/plan?district=500242").text
    assert "10项未达标，各项按现有速度何时达标" in words
    assert words.count("按认定，没有距离可测，不预测") >= 2
    assert "各项按现有速度何时达标" not in client.get("/plan").text
