"""A CV with changed values follows the standard's formula."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rows.proof import CvShareRow
from data.rows.spread import OutlierLimits
from queries.spread import cv_with_values, raised_values, spread_of, unweighted_cv

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


def test_a_raised_cv_by_hand() -> None:
    rows = shares([(10, 10), (10, 30)])  # values 1 and 3, mean 2, CV 0.5
    assert cv_with_values(rows, {}) == pytest.approx(0.5)
    assert raised_values(rows, 2.0, ["0", "1"]) == {"0": 2.0, "1": 3.0}, "what is above stays"
    found = spread_of(rows, 2.0, LIMITS)
    assert found is not None
    assert found.raised == ("0",)
    assert found.cv_raised == pytest.approx(0.5 / 2.5)  # values 2 and 3, mean 2.5
    assert (found.first_count, found.above_count) == (2, 1)


LIMITS = OutlierLimits(outlier_share=0.75, outlier_times=3, outlier_sections=10)


def test_one_figure_that_has_most_of_the_spread_is_named() -> None:
    """Eleven schools of 100: ten at 1 and one at 12; mean 2, S² = (10·1 + 100)/11, of it 100/110."""
    rows = [
        CvShareRow("lone", "独大小学", Decimal(100), 12.0, 100 / 110, True),
        *[CvShareRow(str(n), "", Decimal(100), 1.0, 1 / 110, True) for n in range(10)],
    ]
    found = spread_of(rows, 2.0, LIMITS)
    assert found is not None
    assert found.outlier is not None
    assert (found.outlier.school_name, found.outlier.times) == ("独大小学", 6.0)
    assert found.outlier.share == pytest.approx(100 / 110)
    assert (found.above_count, found.raised) == (1, ("0", "1", "2"))


@pytest.mark.parametrize(
    ("share", "value", "mean", "sections", "asked"),
    [
        (0.75, 6.0, 2.0, 10, True),
        (0.75, 2.0, 6.0, 10, True),
        (0.749, 6.0, 2.0, 10, False),
        (0.75, 5.9, 2.0, 10, False),
        (0.75, 6.0, 2.0, 9, False),
        (None, 6.0, 2.0, 10, False),
    ],
)
def test_where_a_figure_is_asked_about(
    share: float | None, value: float, mean: float, sections: int, asked: bool
) -> None:
    assert LIMITS.asks_about(share, value, mean, sections) is asked


values = st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 10**6)), min_size=1, max_size=12)


@given(values)
def test_nothing_that_is_proposed_lowers_a_school_or_raises_the_cv(pairs: list[tuple[int, int]]) -> None:
    rows = shares(pairs)
    mean = sum(b for _, b in pairs) / sum(p for p, _ in pairs)
    found = spread_of(rows, mean, LIMITS)
    if found is None:
        assert mean == 0
        return
    raised = raised_values(rows, mean, found.raised)
    assert all(raised[r.school_code] >= (r.section_value or 0.0) for r in rows if r.school_code in raised)
    before = cv_with_values(rows, {})
    assert before is not None
    assert found.cv_raised is None or found.cv_raised <= before + 1e-12
