"""The lines of a view over time as a native chart that can be edited."""

from collections.abc import Sequence
from typing import Protocol

from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.datalabel import DataLabel
from pptx.dml.chtfmt import ChartFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt

from layouts.charts.line_values import LineValues, ValueLine
from layouts.charts.looks import LEVELS, LINES, Look
from layouts.documents.elements import Element, add_element
from layouts.documents.presentation_parts import add_box, add_run, as_rgb, chart_frame, token_color

LEFT, TOP, WIDTH, HEIGHT, NOTE_TOP = 0.5, 1.75, 12.333, 4.75, 6.5
"""In inches."""
LABEL_PT, NOTE_PT = 14, 12
GROUND, LIMIT = "other", "limit"
"""The looks of lines that are the ground of the one that matters, and of the one that decides."""


class Point(Protocol):
    """A value of a line; python-pptx makes the parts of charts in a way that no checker follows."""

    @property
    def data_label(self) -> DataLabel:
        """Its words."""
        ...


class Series(Protocol):
    """A line of a chart."""

    smooth: bool

    @property
    def format(self) -> ChartFormat:
        """Its look."""
        ...

    @property
    def points(self) -> Sequence[Point]:
        """Its values."""
        ...


class Plot(Protocol):
    """The plot of a chart."""

    @property
    def series(self) -> Sequence[Series]:
        """Its lines."""
        ...


def add_lines(drawn: Page, values: LineValues) -> None:
    """Every line as a series, days at their distance, nothing where there is no value; the axis of the page."""
    data = ChartData(number_format="General")
    data.categories = values.days
    for line in values.lines:
        data.add_series(line.name, line.values)  # pyright: ignore[reportUnknownMemberType]  it has no types
    added = drawn.shapes.add_chart(XL_CHART_TYPE.LINE, Inches(LEFT), Inches(TOP), Inches(WIDTH), Inches(HEIGHT), data)
    chart = chart_frame(added).chart
    chart.font.size, chart.font.color.rgb = Pt(LABEL_PT), token_color("ink-2")
    chart.has_title = True
    add_run(chart.chart_title.text_frame.paragraphs[0], values.title, LABEL_PT, "ink")
    _axes(chart, values)
    _legend(chart, values)
    _lines(chart.plots, values.lines)
    if values.note:
        add_run(add_box(drawn, LEFT, NOTE_TOP, WIDTH, 0.4).paragraphs[0], values.note, NOTE_PT, "ink-3")


def _axes(chart: Chart, values: LineValues) -> None:
    """The ends and steps of the page's axis; a year between two names of years."""
    scale = values.scale
    first, second = (value for value, _ in scale.ticks[:2])
    upright = chart.value_axis
    upright.minimum_scale, upright.maximum_scale, upright.major_unit = scale.low, scale.high, second - first
    upright.tick_labels.number_format, upright.tick_labels.number_format_is_linked = values.number_format, False
    upright.major_gridlines.format.line.color.rgb = token_color("line")
    lying = chart.category_axis
    lying.tick_labels.number_format, lying.tick_labels.number_format_is_linked = 'yyyy"年"', False
    axis: Element = lying._element  # pyright: ignore[reportPrivateUsage]  no other door to the steps of a time axis
    add_element(axis, qn("c:majorUnit"), {"val": "1"})
    add_element(axis, qn("c:majorTimeUnit"), {"val": "years"})


def _legend(chart: Chart, values: LineValues) -> None:
    """Where every line has a look of its own; of many alike, the words at the end of the others say what they are."""
    chart.has_legend = all(line.look != GROUND for line in values.lines)
    if chart.legend is not None:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(LABEL_PT)


def _lines(plots: Sequence[Plot], lines: Sequence[ValueLine]) -> None:
    for series, line in zip(plots[0].series, lines, strict=True):
        look = _look(line)
        series.smooth = False
        stroke = series.format.line
        stroke.width, stroke.color.rgb = Pt(look.width), as_rgb(look.color)
        if line.look == LIMIT:
            stroke.dash_style = MSO_LINE_DASH_STYLE.DASH
        if line.label:
            last = max(place for place, value in enumerate(line.values) if value is not None)
            label = series.points[last].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            add_run(label.text_frame.paragraphs[0], line.label, LABEL_PT, "ink", is_bold=True)


def _look(line: ValueLine) -> Look:
    return LEVELS["limit-line"] if line.look == LIMIT else LINES[line.look]
