"""The numbers of the page's chart, for papers with charts of their own."""

from collections.abc import Sequence
from datetime import date

from data.text import text
from layouts import formatting
from layouts.charts.line_values import LineValues, ValueLine, cut_at
from layouts.charts.specification import Chart, Level
from layouts.pages.trend.rows import Series, TrendView

NUMBER_FORMATS = {"cv": "0.00", "mean": "#,##0.0#", "share": '[>1]"";0%', "gap": "#,##0"}


def line_values(view: TrendView, series: Sequence[Series], drawn: Chart) -> LineValues:
    """Every line of the chart and the limit; a line that is interrupted on the page is one line for each part."""
    days = sorted({day for line in series for day, _ in line.points})
    lines = [part for line in series for part in _parts(line, days)]
    levels = [level for level in drawn.annotations if isinstance(level, Level)]
    lines += [ValueLine(level.words, [level.value] * len(days), "limit", level.words) for level in levels]
    has_breaks = any(line.breaks for line in series)
    return LineValues(
        text("trend.chart_title", name=view.name),
        days,
        lines,
        drawn.y,
        NUMBER_FORMATS[view.measure],
        text("trend.break") if has_breaks else "",
    )


def _parts(line: Series, days: Sequence[date]) -> list[ValueLine]:
    known = dict(line.points)
    values = [known.get(day) for day in days]
    parts = cut_at(days, values, line.breaks)
    return [
        ValueLine(_name(line, days, part), part, line.look, line.label if part is parts[-1] else "") for part in parts
    ]


def _name(line: Series, days: Sequence[date], part: Sequence[float | None]) -> str:
    """The line's name, with the break that a later part begins after."""
    begins = next(day for day, value in zip(days, part, strict=True) if value is not None)
    before = [day for day in line.breaks if day <= begins]
    earlier = [day for day, value in line.points if value is not None and day < begins]
    if not before or not earlier:
        return line.name
    return text("trend.after_break", name=line.name, month=formatting.month(max(before)))
