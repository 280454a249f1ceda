"""The part of a Plotly figure that our charts use: keys and values as Plotly names them."""

from typing import Literal, NotRequired, TypedDict


class Font(TypedDict):
    """How words are set; sizes are pixels."""

    color: str
    size: int


class Stroke(TypedDict):
    """How a line is drawn; widths are pixels."""

    color: str
    width: float
    dash: NotRequired[str]


class Marker(TypedDict):
    """A point of a line, or the circles of a cloud."""

    size: float | list[float]
    color: str
    opacity: NotRequired[float]
    line: Stroke


class Trace(TypedDict):
    """One line or cloud; None in `y` breaks it. The browser fills places and words in, where they are left out."""

    type: str
    mode: str
    x: NotRequired[list[float]]
    y: NotRequired[list[float | None]]
    customdata: NotRequired[list[str]]
    hovertemplate: str
    cliponaxis: bool
    line: NotRequired[Stroke]
    text: NotRequired[list[str]]
    textposition: NotRequired[str | list[str]]
    textfont: NotRequired[Font]
    marker: NotRequired[Marker]


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
    """A straight line; on the vertical axis where `yref` is left out, over the whole width where `xref` is `paper`."""

    type: Literal["line"]
    x0: float
    x1: float
    y0: float
    y1: float
    xref: NotRequired[str]
    yref: NotRequired[str]
    line: Stroke


Shape = FilledShape | LineShape


class Note(TypedDict):
    """Words at a place."""

    x: float
    y: float
    text: str
    xanchor: str
    yanchor: str
    xref: str
    yref: str
    showarrow: bool
    font: Font
    xshift: int
    yshift: NotRequired[int]


class TimeAxis(TypedDict):
    """The horizontal axis, of which a reader chooses a range."""

    range: list[float]
    tickvals: list[float]
    ticktext: list[str]
    showgrid: bool
    zeroline: bool
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


class Layout(TypedDict):
    """Everything but the lines; `margin` is pixels by the first letter of a side."""

    margin: dict[str, float]
    showlegend: bool
    hovermode: str
    dragmode: str
    xaxis: TimeAxis
    yaxis: ValueAxis
    shapes: list[Shape]
    annotations: list[Note]


class Figure(TypedDict):
    """A figure as Plotly takes it."""

    data: list[Trace]
    layout: Layout
