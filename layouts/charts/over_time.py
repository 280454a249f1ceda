"""Lines over the years of the plan, in a picture that takes the width of its place."""

from collections.abc import Sequence

from data.rows.common_dimensions import PhaseRow
from layouts.charts.scales import plan_bands, year_scale
from layouts.charts.specification import Annotation, Chart, Mark, Scale, Size

LEFT, RIGHT, TOP, BOTTOM = 36, 12, 22, 20
WORDY_BAND = 70
NAMED_YEAR = 40
"""Pixels that a phase takes with its words, and a year with its number."""


def over_time(
    title: str,
    marks: Sequence[Mark],
    values: Scale,
    years: tuple[int, Sequence[PhaseRow]],
    size: tuple[int, int],
    notes: Sequence[Annotation],
) -> Chart:
    """The chart from a first year to the end of the last phase; `size` is width and height in pixels."""
    first, phases = years
    last = max(p.target_year for p in phases)
    width, height = size
    year = (width - LEFT - RIGHT) / (last + 1 - first)
    bands = plan_bands(phases, first, last, lambda phase, count: phase.band_label if count * year > WORDY_BAND else "")
    every = 2 if width / (last + 1 - first) < NAMED_YEAR else 1
    return Chart(
        title,
        year_scale(first, last + 1, range(first, last + 1, every), 0.5),
        values,
        marks,
        Size(width, height, "scaled", LEFT, RIGHT, TOP, BOTTOM),
        [bands, *notes],
        look="line-chart",
    )
