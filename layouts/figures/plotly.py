"""The part of a Plotly figure that our charts over time use: keys and values as Plotly names them.

Plotly itself takes any dict; these say what `trend_lines` writes and `still` reads.
"""

from typing import Literal, NotRequired, TypedDict


class Font(TypedDict):
    """How words are set; sizes are pixels."""

    size: int
    color: str
    family: NotRequired[str]


class Stroke(TypedDict):
    """How a line is drawn; widths are pixels, `shape` is how points are joined."""

    color: str
    width: float
    dash: NotRequired[str]
    shape: NotRequired[str]


class Marker(TypedDict):
    """A point of a line."""

    size: int
    color: str
    line: Stroke


class Trace(TypedDict):
    """One line; None in `y` breaks it."""

    type: str
    mode: str
    x: list[float]
    y: list[float | None]
    text: list[str]
    textposition: str
    textfont: Font
    customdata: list[str]
    hovertemplate: str
    connectgaps: bool
    cliponaxis: bool
    line: Stroke
    marker: Marker


class Edge(TypedDict):
    """The outline of a filled shape."""

    width: float


class FilledShape(TypedDict):
    """A band behind the lines."""

    type: Literal["rect"]
    layer: str
    x0: float
    x1: float
    y0: float
    y1: float
    yref: str
    fillcolor: str
    line: Edge


class LineShape(TypedDict):
    """A straight line; on the vertical axis where `yref` is left out."""

    type: Literal["line"]
    x0: float
    x1: float
    y0: float
    y1: float
    yref: NotRequired[str]
    line: Stroke


Shape = FilledShape | LineShape


class Annotation(TypedDict):
    """Words at a place."""

    x: float
    y: float
    text: str
    xanchor: str
    yanchor: str
    yref: str
    showarrow: bool
    font: Font
    xshift: int


class TimeAxis(TypedDict):
    """The horizontal axis."""

    range: list[float]
    tickvals: list[float]
    ticktext: list[str]
    showgrid: bool
    zeroline: bool
    fixedrange: bool
    ticks: str


class ValueAxis(TypedDict):
    """The vertical axis."""

    range: list[float]
    tickvals: list[float]
    ticktext: list[str]
    gridcolor: str
    gridwidth: float
    zeroline: bool
    fixedrange: bool


class HoverFont(TypedDict):
    """How the words beside the pointer are set."""

    family: str
    color: str


class HoverLabel(TypedDict):
    """What stands beside the pointer."""

    bgcolor: str
    bordercolor: str
    font: HoverFont


class Layout(TypedDict):
    """Everything but the lines; `margin` is pixels by the first letter of a side."""

    font: Font
    paper_bgcolor: str
    plot_bgcolor: str
    margin: dict[str, int]
    showlegend: bool
    hovermode: str
    hoverlabel: HoverLabel
    xaxis: TimeAxis
    yaxis: ValueAxis
    shapes: list[Shape]
    annotations: list[Annotation]


class Chart(TypedDict):
    """A figure as Plotly takes it."""

    data: list[Trace]
    layout: Layout
