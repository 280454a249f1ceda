"""The numbers of lines over time, as a paper with charts of its own draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from layouts.charts.specification import Scale

Values = Sequence[float | None]


@dataclass(frozen=True)
class ValueLine:
    """A named line: a value for each day, None where there is none; `label` stands at its last value."""

    name: str
    values: Values
    look: str
    label: str = ""


@dataclass(frozen=True)
class LineValues:
    """The lines of a chart with the title of its section; the one of look `limit` is the line that decides."""

    title: str
    days: Sequence[date]
    lines: Sequence[ValueLine]
    scale: Scale
    number_format: str
    note: str = ""
    """What is to be known of days across which no line is drawn."""


def cut_at(days: Sequence[date], values: Values, breaks: Sequence[date]) -> list[Values]:
    """The values in parts, each empty beyond the days across which they cannot be compared."""
    ends = [date.min, *sorted(breaks), date.max]
    parts = [
        [value if start <= day < end else None for day, value in zip(days, values, strict=True)]
        for start, end in pairwise(ends)
    ]
    return [part for part in parts if any(value is not None for value in part)]
