"""Axes: nice steps, round ends, ticks and their words, days as places."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from data.rows.common_dimensions import PhaseRow
from layouts import formatting
from layouts.charts.specification import Phase, PlanBands, Scale

DAYS = 365.25
NICE = (1, 2, 5, 10)
MOST_TICKS = 5
ROUNDING = 9
"""Digits that keep sums of steps from showing their binary remainders."""


@lru_cache(maxsize=1024)
def year_of(day: date) -> float:
    """A day as a year with a fraction: the end of September 2026 is 2026.74."""
    return day.year + (day.timetuple().tm_yday - 1) / DAYS


def nice_step(extent: float, most: int) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that divides the extent into at most so many."""
    raw = extent / most
    if raw <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(m * power for m in NICE if m * power >= raw)


def steps(low: float, high: float, step: float) -> Iterator[float]:
    """The multiples of the step from `low` on, up to `high`."""
    count = math.floor(round((high - low) / step, ROUNDING))
    return (round(low + n * step, ROUNDING) for n in range(count + 1))


def round_ends(values: Sequence[float | None], step: float) -> tuple[float, float]:
    """Ends of an axis at multiples of the step, with some room beside every value."""
    known = [v for v in values if v is not None]
    low, high = min(known), max(known)
    margin = max((high - low) * 0.08, step / 4)
    start = int((low - margin) / step) * step if low > margin else 0.0
    return start, (int((high + margin) / step) + 1) * step


def value_scale(low: float, high: float, step: float) -> Scale:
    """An axis with a tick at every step, or at as many as can be read."""
    count = round((high - low) / step)
    every = max(1, math.ceil(count / MOST_TICKS))
    digits = 0 if step >= 1 else max(2, -math.floor(math.log10(step)))
    return Scale(low, high, [(v, formatting.rounded(v, digits)) for v in steps(low, high, step * every)])


def year_scale(first: int, end: float, named: Iterable[int], at: float) -> Scale:
    """Years from the beginning of the first to `end`; those named have their number where `at` of them has passed."""
    return Scale(first, end, [(year + at, str(year)) for year in named])


def plan_bands(
    phases: Sequence[PhaseRow], first_year: int, last_year: int, name: Callable[[PhaseRow, float], str]
) -> PlanBands:
    """The phases of the plan from a year on; `name` is told a phase and its years.

    One that is over by the first year has no width and no words.
    """
    bands: list[Phase] = []
    start = first_year
    for phase in phases:
        end = max(start, min(phase.target_year, last_year) + 1)
        bands.append(Phase(start, end, name(phase, end - start) if end > start else ""))
        start = end
    return PlanBands(bands)
