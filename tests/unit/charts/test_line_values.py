"""A line that is not drawn across a day is two lines, each empty where the other is."""

from datetime import date

from layouts.charts.line_values import cut_at

DAYS = [date(2023, 9, 30), date(2024, 9, 30), date(2025, 9, 30), date(2026, 9, 30)]


def test_a_line_without_a_break_is_itself_with_its_gaps() -> None:
    assert cut_at(DAYS, [0.4, None, 0.3, 0.2], []) == [[0.4, None, 0.3, 0.2]]


def test_a_break_divides_what_was_before_from_what_came_on_its_day_or_later() -> None:
    parts = cut_at(DAYS, [0.4, 0.35, 0.3, 0.2], [date(2025, 9, 30)])
    assert parts == [[0.4, 0.35, None, None], [None, None, 0.3, 0.2]]


def test_a_part_without_a_value_is_no_line() -> None:
    assert cut_at(DAYS, [None, None, 0.3, 0.2], [date(2024, 6, 30)]) == [[None, None, 0.3, 0.2]]
    assert cut_at(DAYS, [None] * 4, []) == []
