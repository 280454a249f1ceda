"""Lines over time with the limit, the plan's phase bands and boundary breaks, as a Plotly dict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from layouts.figures.plotly import Annotation, Chart, Shape, Trace
from layouts.theme import FONT, color

SHORT_BAND = 3  # years; a narrower band carries its short name
BAND_COLORS = ("ph1", "ph2", "ph3")


@dataclass(frozen=True)
class Point:
    """A point in time: year with fraction, value (None breaks the line), words for hover."""

    year: float
    value: float | None
    words: str


@dataclass(frozen=True)
class Line:
    """A line with its name and last value written at its end."""

    points: Sequence[Point]
    color: str
    label: str = ""
    dash: str = "solid"
    width: float = 2.5
    is_stepped: bool = False
    marker: str = ""
    label_place: str = "bottom center"


@dataclass(frozen=True)
class Band:
    """A phase of the plan on the time axis."""

    start: float
    end: float
    label: str
    short: str


@dataclass(frozen=True)
class Trend:
    """Everything a trend chart shows."""

    lines: Sequence[Line]
    bands: Sequence[Band]
    y_range: tuple[float, float]
    y_ticks: Sequence[tuple[float, str]]
    limit: tuple[float, str] | None = None
    breaks: Sequence[tuple[float, str]] = field(default_factory=tuple)
    today: tuple[float, str] | None = None


def build(trend: Trend) -> Chart:
    """The figure; band and limit labels stand in the chart, there is no legend."""
    start = min(band.start for band in trend.bands)
    end = max(band.end for band in trend.bands)
    years = range(int(start) + int(start) % 2, int(end) + 1, 2)
    return {
        "data": [_line(line) for line in trend.lines],
        "layout": {
            "font": {"family": FONT, "size": 12, "color": color("ink-2")},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 30, "r": 8, "t": 4, "b": 20},
            "showlegend": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": color("page"),
                "bordercolor": color("line"),
                "font": {"family": FONT, "color": color("ink")},
            },
            "xaxis": {
                "range": [start, end + 0.25],
                "tickvals": [y + 0.75 for y in years],
                "ticktext": [str(y) for y in years],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "ticks": "",
            },
            "yaxis": {
                "range": list(trend.y_range),
                "tickvals": [v for v, _ in trend.y_ticks],
                "ticktext": [t for _, t in trend.y_ticks],
                "gridcolor": color("line"),
                "gridwidth": 0.6,
                "zeroline": False,
                "fixedrange": True,
            },
            "shapes": _shapes(trend, start, end),
            "annotations": _annotations(trend, start),
        },
    }


def _line(line: Line) -> Trace:
    shown = list(line.points)
    ends = [i for i, p in enumerate(shown) if p.value is not None]
    texts = ["" for _ in shown]
    if ends and line.label:
        texts[ends[-1]] = line.label
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if line.marker else "lines+text",
        "x": [p.year for p in shown],
        "y": [p.value for p in shown],
        "text": texts,
        "textposition": line.label_place,
        "textfont": {"color": line.color, "size": 12, "family": FONT},
        "customdata": [p.words for p in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {
            "color": line.color,
            "width": line.width,
            "dash": line.dash,
            "shape": "vh" if line.is_stepped else "linear",
        },
        "marker": {
            "size": 6,
            "color": color("page") if line.marker == "open" else line.color,
            "line": {"color": line.color, "width": 2},
        },
    }


def _shapes(trend: Trend, start: float, end: float) -> list[Shape]:
    shapes: list[Shape] = []
    for band, name in zip(trend.bands, BAND_COLORS, strict=False):
        shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "x0": band.start,
                "x1": band.end,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "fillcolor": color(f"{name}-band"),
                "line": {"width": 0},
            }
        )
        shapes.append(
            {
                "type": "line",
                "x0": band.start,
                "x1": band.end,
                "y0": 1,
                "y1": 1,
                "yref": "paper",
                "line": {"color": color(name), "width": 3},
            }
        )
    if trend.limit is not None:
        shapes.append(
            {
                "type": "line",
                "x0": start,
                "x1": end + 0.25,
                "y0": trend.limit[0],
                "y1": trend.limit[0],
                "line": {"color": color("ink"), "width": 1.8},
            }
        )
    marks = [*trend.breaks, *([trend.today] if trend.today else [])]
    for year, _ in marks:
        shapes.append(
            {
                "type": "line",
                "x0": year,
                "x1": year,
                "y0": 0,
                "y1": 0.86,
                "yref": "paper",
                "line": {"color": color("ink-3"), "width": 1, "dash": "dot"},
            }
        )
    return shapes


def _annotations(trend: Trend, start: float) -> list[Annotation]:
    notes = [
        _note(
            band.start,
            1,
            band.label if band.end - band.start > SHORT_BAND else band.short,
            xanchor="left",
            yanchor="top",
            yref="paper",
        )
        for band in trend.bands
    ]
    if trend.limit is not None:
        notes.append(
            _note(
                start,
                trend.limit[0],
                f"<b>{trend.limit[1]}</b>",
                xanchor="left",
                yanchor="bottom",
                yref="y",
                shade="ink",
            )
        )
    notes += [_note(year, 0.78, words, xanchor="right", yanchor="top", yref="paper") for year, words in trend.breaks]
    return notes


def _note(x: float, y: float, words: str, *, xanchor: str, yanchor: str, yref: str, shade: str = "ink-2") -> Annotation:
    return {
        "x": x,
        "y": y,
        "text": words,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "yref": yref,
        "showarrow": False,
        "font": {"size": 12, "color": color(shade)},
        "xshift": 4 if xanchor == "left" else -4,
    }
