"""How sure a projected date is: known distributions, and districts whose true date is known."""

import random

import pytest

from queries.plan import fit, project, student_t
from tests.back_test import known_truth

# Two-sided 80 % and one-sided 97.5 % points of Student's t, from printed tables.
TABLE = [(1, 3.078, 0.9), (2, 1.886, 0.9), (3, 1.638, 0.9), (4, 1.533, 0.9), (5, 1.476, 0.9),
         (7, 1.415, 0.9), (1, 12.706, 0.975), (3, 3.182, 0.975), (8, 2.306, 0.975)]  # fmt: skip
NOW = 2026.75


@pytest.mark.parametrize(("degrees", "value", "probability"), TABLE)
def test_student_t_is_that_of_the_tables(degrees: int, value: float, probability: float) -> None:
    assert student_t(value, degrees) == pytest.approx(probability, abs=2e-4)
    assert student_t(-value, degrees) == pytest.approx(1 - probability, abs=2e-4)
    assert student_t(0, degrees) == 0.5


@pytest.mark.parametrize("count", [4, 5, 8])
@pytest.mark.parametrize("noise", [0.8, 1.5])
def test_nominal_80_percent_intervals_hold_the_true_date_80_percent_of_the_time(
    count: int, noise: float
) -> None:
    held, asked = known_truth(count, noise, 3000)
    assert 0.74 <= held / asked <= 0.86


def test_the_chance_of_the_target_date_is_honest() -> None:
    """Of the generated districts told 'about 30 %', about 30 % make it.

    Within 13 points: the chance knows only the five points, not how the districts were drawn.
    """
    randomness = random.Random(7)
    told: dict[int, list[bool]] = {}
    for _ in range(6000):
        speed, true_zero = randomness.uniform(0.5, 3), NOW + randomness.uniform(-1, 7)
        target = NOW + randomness.uniform(0, 6)
        points = [(x, speed * (true_zero - x) + randomness.gauss(0, 1.2))
                  for x in (NOW - back for back in range(5))]  # fmt: skip
        line = fit(points)
        assert line is not None
        told.setdefault(int(line.chance_by(target) * 5), []).append(true_zero <= target)
    for step, made in told.items():
        if len(made) > 300:
            middle = (min(step, 4) + 0.5) / 5
            assert abs(sum(made) / len(made) - middle) < 0.13, (step, len(made))


def test_a_line_that_does_not_fall_has_no_date() -> None:
    line = fit([(2022.75, 5), (2023.75, 5), (2024.75, 6), (2025.75, 6)])
    assert line is not None
    assert project(line, NOW).middle is None
    assert line.chance_by(2028) < 0.1


def test_fewer_than_three_points_make_no_line() -> None:
    assert fit([(2025.75, 3), (2026.75, 2)]) is None
    assert fit([(2025.75, 3)] * 4) is None
