"""What a number or a day of the catalogue may be: one that pages can work with, whole where something is counted."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
MOST, EARLIEST, LATEST = 999_999_999, date(1900, 1, 1), date(2199, 12, 31)
SIGNED = frozenset({"x", "y", "nudge_x", "nudge_y", "inset_nudge_x", "inset_nudge_y", "coefficient"})
"""Columns of places on a map and of signs; all others count or measure something, which is never below zero."""
MOST_DAYS = 36_500
BOUNDS: Mapping[str, tuple[int, int]] = {
    "cv_limit": (0, 10),
    "floor_share": (0, 1),
    "weight": (0, 100),
    "target_year": (EARLIEST.year, LATEST.year),
    "days_to_answer": (1, MOST_DAYS),
    "keep_days": (1, MOST_DAYS),
    "display_order": (0, 10_000),
    "tile_column": (0, 1_000),
    "tile_row": (0, 1_000),
    "tile_width": (0, 1_000),
    "tile_height": (0, 1_000),
    "unit_count": (0, 10_000),
}
"""The least and the most of a column, where that is less than any number may be."""
MEASURED: Mapping[str, tuple[int, int]] = {
    "share": (0, 1),
    "chance": (0, 1),
    "cv": (0, 10),
    "ratio": (0, 1_000),
    "MB": (0, MOST),
}
COUNTED: Mapping[str, tuple[int, int]] = {
    "days": (1, MOST_DAYS),
    "working_days": (1, 1_000),
    "months": (1, 1_200),
    "years": (1, 100),
    "year": (EARLIEST.year, LATEST.year),
    "hours": (1, 10_000),
    "clock_hours": (1, 10_000),
    "number": (0, MOST),
    "times": (0, MOST),
    "publications": (0, MOST),
}
"""The least and the most of what is in a unit; of any other unit there is at least one."""


def is_number_of(column: str, value: Decimal | int) -> bool:
    """Whether a column may hold a number."""
    least, most = BOUNDS.get(column, (-MOST if column in SIGNED else 0, MOST))
    return least <= value <= most


def is_day(value: date) -> bool:
    """Whether days may be counted from a day on."""
    return EARLIEST <= value <= LATEST


def check_in_unit(value: Decimal, unit: str) -> None:
    """Refuse what cannot be in its unit: half a day, a share of more than all.

    Raises:
        ValueError: it cannot.
    """
    least, most = MEASURED.get(unit) or COUNTED.get(unit, (1, MOST))
    is_whole = unit in MEASURED or value == value.to_integral_value()
    if not (least <= value <= most and is_whole):
        raise ValueError(f"{value} is no number of {unit!r}: {least} to {most}, whole where it is counted")
