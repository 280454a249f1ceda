"""A CV with changed values follows the standard's formula."""

from decimal import Decimal

import pytest

from queries.district import cv_at_mean, cv_with_values, unweighted_cv
from queries.proof import CvShareRow

# reference/cases/worked_example_5_primary_schools_books.csv: pupils, books
BOOKS = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)]


def shares(pairs: list[tuple[int, int]]) -> list[CvShareRow]:
    return [CvShareRow(str(n), "", Decimal(p), b / p, None, None) for n, (p, b) in enumerate(pairs)]


def test_published_example_weighted_and_the_two_mistakes() -> None:
    found = cv_with_values(shares(BOOKS), {})
    plain, sample = unweighted_cv(shares(BOOKS))
    assert found == pytest.approx(0.515257, abs=5e-7)
    assert plain == pytest.approx(0.489, abs=5e-4)
    assert sample == pytest.approx(0.546, abs=5e-4)


def test_cv_at_mean_by_hand() -> None:
    rows = shares([(10, 10), (10, 30)])  # values 1 and 3, mean 2, CV 0.5
    assert cv_with_values(rows, {}) == pytest.approx(0.5)
    assert cv_at_mean(rows, 2.0, ["1"]) == pytest.approx(0.5 / 1.5)  # values 1 and 2
    assert cv_at_mean(rows, 2.0, ["0", "1"]) == 0
