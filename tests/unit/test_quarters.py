"""Quarters, and an amount spread over them: rounded up, never more than the whole."""

from datetime import date

import pytest

from data.quarters import ended_before, number_of, quarter_end, quarters_between, spread


@pytest.mark.parametrize(
    ("day", "end", "over"),
    [
        ("2026-01-01", "2026-03-31", "2025-12-31"),
        ("2026-06-30", "2026-06-30", "2026-03-31"),
        ("2026-12-31", "2026-12-31", "2026-09-30"),
    ],
)
def test_the_quarter_of_a_day_and_the_last_that_is_over(day: str, end: str, over: str) -> None:
    known = date.fromisoformat(day)
    assert (quarter_end(known).isoformat(), ended_before(known).isoformat()) == (end, over)


def test_the_quarters_of_a_span_include_both_ends() -> None:
    ends = quarters_between(date(2026, 12, 1), date(2027, 7, 1))
    assert [(e.year, number_of(e)) for e in ends] == [(2026, 4), (2027, 1), (2027, 2), (2027, 3)]
    assert quarters_between(date(2026, 12, 31), date(2026, 12, 31)) == [date(2026, 12, 31)]


def test_an_amount_is_spread_evenly_and_rounded_up() -> None:
    ends = quarters_between(date(2027, 1, 1), date(2027, 12, 31))
    assert list(spread(7, ends).values()) == [2, 4, 6, 7], "7/4, 14/4, 21/4, 28/4, each up"
    assert list(spread(1, ends).values()) == [1, 1, 1, 1]
