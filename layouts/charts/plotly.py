"""A chart as a Plotly figure: the same lines, words and annotations, for who looks closer.

Font, ground and the look of the words beside the pointer are the page's own (`assets/modules/figure.js`).
"""

from collections.abc import Sequence

from layouts.charts.figure_types import Figure, FilledShape, Layout, LineShape, Note, Shape, Stroke, Trace
from layouts.charts.looks import CLOUDS, LEVELS, LINES, PHASES, Look
from layouts.charts.specification import (
    Annotation,
    Between,
    Break,
    Bundle,
    Chart,
    Cloud,
    Level,
    Line,
    Mark,
    Phase,
    PlanBands,
    Target,
    Upright,
    Watermark,
)
from layouts.charts.svg import role
from layouts.charts.svg_annotations import HEAD
from layouts.charts.svg_lines import DOT, LATE, OPEN_DOT, runs
from layouts.charts.svg_marks import LATE as LATE_BUBBLE
from layouts.charts.svg_marks import bubble_radius
from layouts.theme import color

LETTERS = 12
HOVER = "%{customdata}<extra></extra>"
BREAK_HEIGHT = 0.86
TICK_ROOM = 18
"""Pixels below the plot that the words of ticks take."""
Places = tuple[list[float], list[float | None], list[str]]


def figure(chart: Chart) -> Figure:
    """The figure of a chart of lines or bubbles; words stand in the chart, there is no legend.

    Raises:
        TypeError: it has other marks.
    """
    return {"data": [_trace(chart, mark) for mark in chart.marks], "layout": _layout(chart)}


def _trace(chart: Chart, mark: Mark) -> Trace:
    if isinstance(mark, Cloud):
        return _cloud(chart, mark)
    if not isinstance(mark, Line | Bundle):
        raise TypeError(mark)
    x, y, said = places([mark] if isinstance(mark, Line) else mark.lines)
    trace = _scatter("lines", x, y, said)
    trace["line"] = _stroke(LINES[mark.look])
    if isinstance(mark, Line):
        _dot(trace, mark)
        _name(chart, trace, mark)
    return trace


def _scatter(mode: str, x: list[float], y: list[float | None], said: list[str]) -> Trace:
    places: Trace = {
        "type": "scatter",
        "mode": mode,
        "x": x,
        "y": y,
        "customdata": said,
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }
    return places


def _cloud(chart: Chart, cloud: Cloud) -> Trace:
    look, points = CLOUDS[cloud.look], [bubble.point for bubble in cloud.bubbles]
    trace = _scatter("markers+text", [p.x for p in points], [p.y for p in points], [p.words for p in points])
    trace["marker"] = {
        "size": [2 * bubble_radius(bubble.share) for bubble in cloud.bubbles],
        "color": look.color,
        "opacity": look.opacity,
        "line": {"color": look.edge, "width": look.width},
    }
    trace["text"] = [f"<b>{bubble.label}</b>" if bubble.label else "" for bubble in cloud.bubbles]
    trace["textposition"] = ["middle left" if chart.x.share(p.x) > LATE_BUBBLE else "middle right" for p in points]
    trace["textfont"] = {"color": color("ink"), "size": LETTERS}
    return trace


def _dot(trace: Trace, line: Line) -> None:
    if not line.dots:
        return
    is_open, look = line.dots == "open", LINES[line.look]
    ring: Stroke = {"color": look.color, "width": 2 if is_open else 0}
    size = 2 * (OPEN_DOT if is_open else DOT)
    trace["mode"] += "+markers"
    trace["marker"] = {"size": size, "color": color("page") if is_open else look.color, "line": ring}


def _name(chart: Chart, trace: Trace, line: Line) -> None:
    x, y, _ = places([line])
    if not line.label or not x:
        return
    is_late = chart.x.share(x[-1]) > LATE
    near = "top left" if is_late else "top right"
    label = line.label if chart.size.fit == "fluid" else f"<b>{line.label}</b>"
    trace["mode"] += "+text"
    trace["text"] = [""] * (len(y) - 1) + [label]
    trace["textposition"] = near if line.label_place == "near" else line.label_place
    trace["textfont"] = {"color": LINES[line.look].words, "size": LETTERS}


def places(lines: Sequence[Line]) -> Places:
    """Places and words of lines, with a place of no value between two stretches."""
    x: list[float] = []
    y: list[float | None] = []
    said: list[str] = []
    for line in lines:
        named = {(p.x, p.y): p.words or line.words for p in line.points}
        for run in runs(line):
            if x:
                x, y, said = [*x, run[0][0]], [*y, None], [*said, ""]
            x += [place for place, _ in run]
            y += [value for _, value in run]
            said += [named[place] for place in run]
    return x, y, said


def _stroke(look: Look) -> Stroke:
    return {"color": look.color, "width": look.width, "dash": look.dash}


def _layout(chart: Chart) -> Layout:
    size = chart.size
    return {
        "margin": {"l": size.left, "r": size.right, "t": size.top, "b": size.bottom},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "zoom",
        "xaxis": {
            "range": [chart.x.low, chart.x.high],
            "tickvals": [value for value, _ in chart.x.ticks],
            "ticktext": [name for _, name in chart.x.ticks],
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
        },
        "yaxis": {
            "range": [chart.y.low, chart.y.high],
            "tickvals": [value for value, _ in chart.y.ticks],
            "ticktext": [name for _, name in chart.y.ticks],
            "gridcolor": color("line"),
            "gridwidth": 0.6,
            "zeroline": False,
            "fixedrange": role(chart) == "img",
        },
        "shapes": [shape for a in chart.annotations for shape in _shapes(chart, a)],
        "annotations": [*_titles(chart), *(note for a in chart.annotations for note in _notes(chart, a))],
    }


def _head(chart: Chart) -> float:
    """What the bands of the plan take of the margin above, as a share of the plot's height."""
    size = chart.size
    if size.top < HEAD or not size.height:
        return 0
    return HEAD / (size.height - size.top - size.bottom)


def _shapes(chart: Chart, annotation: Annotation) -> list[Shape]:
    if isinstance(annotation, PlanBands):
        top = 1 + _head(chart)
        phases = [(p, name) for p, name in zip(annotation.phases, PHASES, strict=False) if p.end > p.start]
        return [shape for phase, name in phases for shape in _phase(phase, name, top)]
    if isinstance(annotation, Level):
        value, look = annotation.value, LEVELS[annotation.look]
        return [{"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": value, "y1": value, "line": _stroke(look)}]
    if isinstance(annotation, Target | Upright | Between | Watermark):
        raise TypeError(annotation)
    top = 1 if chart.size.height else BREAK_HEIGHT
    line: Stroke = {"color": color("ink-3"), "width": 1, "dash": "dot"}
    x = annotation.x
    return [{"type": "line", "x0": x, "x1": x, "y0": 0, "y1": top, "yref": "paper", "line": line}]


def _phase(phase: Phase, name: str, top: float) -> list[Shape]:
    band: FilledShape = {
        "type": "rect",
        "layer": "below",
        "x0": phase.start,
        "x1": phase.end,
        "y0": 0,
        "y1": top,
        "yref": "paper",
        "fillcolor": color(f"{name}-band"),
        "line": {"width": 0},
    }
    rule: Stroke = {"color": color(name), "width": 3}
    ends: LineShape = {
        "type": "line",
        "x0": phase.start,
        "x1": phase.end,
        "y0": top,
        "y1": top,
        "yref": "paper",
        "line": rule,
    }
    return [band, ends]


def _notes(chart: Chart, annotation: Annotation) -> list[Note]:
    if isinstance(annotation, PlanBands):
        top = 1 + _head(chart)
        return [
            _note(phase.words, (phase.start, "x"), (top, "paper"), anchors=("left", "top"))
            for phase in annotation.phases
            if phase.words
        ]
    if isinstance(annotation, Level) and annotation.words:
        is_left = annotation.anchor == "start"
        place = (0.0, "paper") if is_left else (1.0, "paper")
        anchors = ("left" if is_left else "right", "bottom")
        return [_note(f"<b>{annotation.words}</b>", place, (annotation.value, "y"), anchors=anchors, shade="ink")]
    if isinstance(annotation, Break) and annotation.words:
        return [_note(annotation.words, (annotation.x, "x"), (0, "paper"), anchors=("right", "bottom"))]
    return []


def _titles(chart: Chart) -> list[Note]:
    up = _note(chart.y.title, (0, "paper"), (1, "paper"), anchors=("left", "bottom")) if chart.y.title else None
    along = _note(chart.x.title, (1, "paper"), (0, "paper"), anchors=("right", "top")) if chart.x.title else None
    if along is not None:
        along["yshift"] = -TICK_ROOM
    return [note for note in (up, along) if note is not None]


def _note(
    label: str, x: tuple[float, str], y: tuple[float, str], *, anchors: tuple[str, str], shade: str = "ink-2"
) -> Note:
    return {
        "x": x[0],
        "y": y[0],
        "text": label,
        "xanchor": anchors[0],
        "yanchor": anchors[1],
        "xref": x[1],
        "yref": y[1],
        "showarrow": False,
        "font": {"size": LETTERS, "color": color(shade)},
        "xshift": 4 if anchors[0] == "left" else -4,
    }
