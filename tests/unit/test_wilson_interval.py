"""Wilson intervals against published ones, and the exact questions that hang on them.

The published ones: R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17
(1998), 857–872, table I, method 3 (score, without continuity correction).
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rows.surveys import Side
from queries.wilson_interval import more_answers, side_of, wilson_interval, z_of

SURE, STANDARD = Decimal("0.95"), Decimal("0.85")


@pytest.mark.parametrize(
    ("satisfied", "answered", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_of_newcombe(satisfied: int, answered: int, low: float, high: float) -> None:
    found = wilson_interval(satisfied, answered, SURE)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_z_is_that_of_the_tables() -> None:
    assert [round(z_of(Decimal(c)), 4) for c in ("0.90", "0.95", "0.99")] == [1.6449, 1.96, 2.5758]


def test_none_and_all_end_where_shares_end() -> None:
    none, all_of_one = wilson_interval(0, 1, SURE), wilson_interval(1, 1, SURE)
    assert (none.low, all_of_one.high) == (0.0, 1.0)
    # of one answer the other end is z²/(1 + z²) from there: 3.8415/4.8415
    assert round(none.high, 4) == 0.7935
    assert round(all_of_one.low, 4) == 0.2065
    assert wilson_interval(20, 20, SURE).low == pytest.approx(1 - wilson_interval(0, 20, SURE).high)


@given(st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_side_is_where_the_interval_lies(counts: tuple[int, int]) -> None:
    satisfied, answered = counts
    found, side = wilson_interval(satisfied, answered, SURE), side_of(satisfied, answered, STANDARD, SURE)
    assert 0 <= found.low <= satisfied / answered <= found.high <= 1
    if side is Side.ACROSS:
        assert found.low < 0.85 + 1e-9
        assert found.high > 0.85 - 1e-9
    else:
        assert (found.low >= 0.85 - 1e-9) is (side is Side.ABOVE)
        assert (found.high <= 0.85 + 1e-9) is (side is Side.BELOW)


def test_the_three_sides_by_hand() -> None:
    assert side_of(412, 460, STANDARD, SURE) is Side.ABOVE  # 86.4 %–92.0 %
    assert side_of(412, 480, STANDARD, SURE) is Side.ACROSS
    assert side_of(300, 460, STANDARD, SURE) is Side.BELOW
    assert side_of(1, 1, STANDARD, SURE) is Side.ACROSS


def test_how_many_answers_more_by_hand() -> None:
    # 9 of 10: z²·0.85·0.15/0.05² = 3.841459·0.1275/0.0025 = 195.91…, so 196 answers, 186 more
    assert more_answers(9, 10, STANDARD, SURE) == 186
    assert side_of(176, 196, STANDARD, SURE) is Side.ACROSS  # 89.8 %: a share below that of 9 in 10
    assert side_of(1764, 1960, STANDARD, SURE) is Side.ABOVE
    assert more_answers(412, 460, STANDARD, SURE) == 0
    assert more_answers(85, 100, STANDARD, SURE) is None
    assert more_answers(17, 100, STANDARD, SURE) is None


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_number_is_the_least_that_is_enough(counts: tuple[int, int]) -> None:
    satisfied, answered = counts
    more = more_answers(satisfied, answered, STANDARD, SURE)
    if more is None:
        assert satisfied * 100 <= answered * 85
        return
    share, z = satisfied / answered, z_of(SURE)

    def low(size: float) -> float:
        middle = share + z * z / (2 * size)
        return (middle - z * (share * (1 - share) / size + z * z / (4 * size * size)) ** 0.5) / (1 + z * z / size)

    assert low(answered + more) >= 0.85 - 1e-9
    if more:
        assert low(answered + more - 1) < 0.85 + 1e-9
