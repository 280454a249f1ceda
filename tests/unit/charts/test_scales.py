"""Axes: steps of 1, 2 and 5, ends that leave room, days and phases at their places."""

from datetime import date

import pytest

from data.rows.common_dimensions import PhaseRow
from layouts.charts.scales import nice_step, plan_bands, round_ends, steps, value_scale, year_of, year_scale
from layouts.charts.specification import Phase


@pytest.mark.parametrize(
    ("extent", "most", "step"),
    [(37, 4, 10), (4, 4, 1), (8, 4, 2), (20, 4, 5), (0.23, 4, 0.1), (0.07, 4, 0.02), (9000, 6, 2000), (0, 4, 1)],
)
def test_a_step_is_the_smallest_round_one_that_gives_few_parts(extent: float, most: int, step: float) -> None:
    assert nice_step(extent, most) == pytest.approx(step)


def test_steps_show_no_binary_remainders() -> None:
    assert list(steps(0.3, 0.7, 0.1)) == [0.3, 0.4, 0.5, 0.6, 0.7]


def test_the_ends_of_an_axis_leave_room_and_begin_at_zero_where_values_are_small() -> None:
    assert round_ends([0.42, None, 0.61], 0.1) == pytest.approx((0.3, 0.7))
    assert round_ends([0.01, 0.5], 0.1) == pytest.approx((0.0, 0.6))


def test_ticks_are_few_and_say_as_many_digits_as_their_step() -> None:
    assert value_scale(0.3, 0.9, 0.1).ticks == [(0.3, "0.30"), (0.5, "0.50"), (0.7, "0.70"), (0.9, "0.90")]
    assert [name for _, name in value_scale(0, 400, 100).ticks] == ["0", "100", "200", "300", "400"]
    assert [name for _, name in value_scale(0.01, 0.02, 0.005).ticks] == ["0.010", "0.015", "0.020"]


def test_a_day_is_a_year_with_the_share_of_it_that_has_passed() -> None:
    assert year_of(date(2026, 1, 1)) == 2026
    assert year_of(date(2026, 7, 2)) == pytest.approx(2026.5, abs=0.003)


def test_years_are_named_inside_themselves() -> None:
    scale = year_scale(2018, 2031, range(2018, 2031, 4), 0.5)
    assert scale.ticks == [(2018.5, "2018"), (2022.5, "2022"), (2026.5, "2026"), (2030.5, "2030")]
    assert (scale.share(2018), scale.share(2031)) == (0, 1)


def test_phases_follow_each_other_and_one_that_is_over_has_no_width() -> None:
    phases = [
        PhaseRow(
            phase_code=code,
            name=code,
            short_name=code,
            target_year=year,
            band_label=f"{code} 至{year}",
            valid_from=date(2022, 1, 1),
            valid_to=None,
        )
        for code, year in (("a", 2024), ("b", 2028), ("c", 2030))
    ]

    def name(phase: PhaseRow, years: float) -> str:
        return phase.band_label if years > 3 else phase.short_name

    assert plan_bands(phases, 2018, 2030, name).phases == [
        Phase(2018, 2025, "a 至2024"),
        Phase(2025, 2029, "b 至2028"),
        Phase(2029, 2031, "c"),
    ]
    assert plan_bands(phases, 2026, 2030, name).phases[0] == Phase(2026, 2026, "")
