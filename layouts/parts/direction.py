"""A direction in words, the same on every page."""

from collections.abc import Callable
from datetime import date

from data.direction import Direction
from data.text import text
from layouts import formatting


def direction_words(direction: Direction, shown_on: date, size: Callable[[float, float], str]) -> str:
    """2年下降0.031, 2年持平, 2年起伏, or why there are too few autumns; `size` prints a change.

    Where the period `shown_on` is none of its autumns, the words say until when: 至2025年9月的2年下降0.031.
    """
    first, last = direction.first_date, direction.last_date
    if first is None or last is None or direction.first_value is None or direction.last_value is None:
        return text(f"trend.{direction.few_reason or 'first_years'}")
    until = text("trend.until", month=formatting.month(last)) if direction.ended_before(shown_on) else ""
    phrase = until + text(
        f"trend.{direction.kind}",
        count=last.year - first.year,
        change=size(direction.first_value, direction.last_value),
    )
    return phrase + (text("trend.recast") if direction.is_recast else "")


def cv_direction_words(direction: Direction, shown_on: date, limit: float | None) -> str:
    """The same of a CV."""
    return direction_words(direction, shown_on, lambda before, after: formatting.cv_change(before, after, limit))
