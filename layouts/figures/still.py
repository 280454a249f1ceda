"""A Plotly figure as an SVG tree: the same dict, drawn without Plotly.

It paints what our charts over time use (lines, markers, texts, shapes, notes, axes with their
ticks). Places are percentages of the plot and sizes are pixels, so it fits any width as it is.
"""

from itertools import pairwise

from layouts.figures.plotly import Annotation, Chart, Font, Layout, Shape, Stroke, Trace
from layouts.markup import Node, h

DASHES = {"dash": "9 9", "dot": "3 3"}
NEAR = 7  # pixels between a point and its words
CAP = 0.36  # of the font size: from the middle of a line of text to its base
PERCENT = 100.0


class Plot:
    """The plot area of a figure: where a value stands, in percent."""

    def __init__(self, layout: Layout) -> None:
        self._x, self._y = layout["xaxis"]["range"], layout["yaxis"]["range"]

    def x(self, value: float) -> str:
        """Place on the horizontal axis."""
        return _percent((value - self._x[0]) / (self._x[1] - self._x[0]))

    def y(self, value: float, reference: str = "y") -> str:
        """Place on the vertical axis, or on the paper."""
        if reference == "paper":
            return _percent(1 - value)
        return _percent((self._y[1] - value) / (self._y[1] - self._y[0]))


def still(figure: Chart) -> Node:
    """The figure's picture; its frame has the figure's margins."""
    layout = figure["layout"]
    plot = Plot(layout)
    margin = layout["margin"]
    return h(
        "div",
        {"className": "still", "style": {"inset": " ".join(f"{margin[side]}px" for side in "trbl")}},
        h(
            "svg",
            {"aria-hidden": "true", "width": "100%", "height": "100%"},
            *[_shape(plot, s) for s in layout["shapes"]],
            *_axes(plot, layout),
            *[node for trace in figure["data"] for node in _trace(plot, trace)],
            *[_note(plot, n) for n in layout["annotations"]],
        ),
    )


def _percent(share: float) -> str:
    return f"{share * PERCENT:.2f}%"


def _words(x: str, y: str, words: str, font: Font, **more: str | float) -> Node:
    weight = "700" if words.startswith("<b>") else None
    plain = words.removeprefix("<b>").removesuffix("</b>")
    return h(
        "text", {"x": x, "y": y, "fontSize": font["size"], "fill": font["color"], "fontWeight": weight, **more}, plain
    )


def _shape(plot: Plot, shape: Shape) -> Node:
    reference = shape.get("yref", "y")
    x0, x1 = plot.x(shape["x0"]), plot.x(shape["x1"])
    y0, y1 = plot.y(shape["y0"], reference), plot.y(shape["y1"], reference)
    if shape["type"] == "rect":
        width = _percent((float(x1[:-1]) - float(x0[:-1])) / PERCENT)
        return h("rect", {"x": x0, "y": y1, "width": width, "height": "100%", "fill": shape["fillcolor"]})
    return _stroke(x0, y0, x1, y1, shape["line"])


def _stroke(x0: str, y0: str, x1: str, y1: str, line: Stroke) -> Node:
    return h(
        "line",
        {
            "x1": x0,
            "y1": y0,
            "x2": x1,
            "y2": y1,
            "stroke": line["color"],
            "strokeWidth": line["width"],
            "strokeLinecap": "butt",
            "strokeDasharray": DASHES.get(line.get("dash", "")),
        },
    )


def _axes(plot: Plot, layout: Layout) -> list[Node]:
    font, across, up = layout["font"], layout["xaxis"], layout["yaxis"]
    grid: Stroke = {"color": up["gridcolor"], "width": up["gridwidth"]}
    nodes: list[Node] = []
    for value, words in zip(up["tickvals"], up["ticktext"], strict=True):
        y = plot.y(value)
        nodes += [
            _stroke("0", y, "100%", y, grid),
            _words("0", y, words, font, dx=-3, dy=font["size"] * CAP, textAnchor="end"),
        ]
    return nodes + [
        _words(plot.x(value), "100%", words, font, dy=font["size"] + 3, textAnchor="middle")
        for value, words in zip(across["tickvals"], across["ticktext"], strict=True)
    ]


def _trace(plot: Plot, trace: Trace) -> list[Node]:
    places = [None if y is None else (plot.x(x), plot.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
    nodes = [_stroke(*a, *b, trace["line"]) for a, b in pairwise(places) if a and b]
    if "markers" in trace["mode"]:
        marker = trace["marker"]
        nodes += [
            h(
                "circle",
                {
                    "cx": p[0],
                    "cy": p[1],
                    "r": marker["size"] / 2,
                    "fill": marker["color"],
                    "stroke": marker["line"]["color"],
                    "strokeWidth": marker["line"]["width"],
                },
            )
            for p in places
            if p
        ]
    return nodes + [_end_words(p, words, trace) for p, words in zip(places, trace["text"], strict=True) if p and words]


def _end_words(place: tuple[str, str], words: str, trace: Trace) -> Node:
    vertical, horizontal = trace["textposition"].split()
    font = trace["textfont"]
    down = {"top": -NEAR, "middle": font["size"] * CAP, "bottom": font["size"] + NEAR / 2}
    aside = {"left": (-NEAR, "end"), "center": (0, "middle"), "right": (NEAR, "start")}
    dx, anchor = aside[horizontal]
    return _words(*place, words, font, dx=dx, dy=down[vertical], textAnchor=anchor)


def _note(plot: Plot, note: Annotation) -> Node:
    size = note["font"]["size"]
    down = {"top": size + 1, "bottom": -4}[note["yanchor"]]
    return _words(
        plot.x(note["x"]),
        plot.y(note["y"], note["yref"]),
        note["text"],
        note["font"],
        dx=note["xshift"],
        dy=down,
        textAnchor="start" if note["xanchor"] == "left" else "end",
    )
