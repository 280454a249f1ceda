"""A chart that Plotly draws once a reader wants to look closer: until then its SVG, which carries every point."""

import json
from zlib import crc32

from layouts.charts.figure_types import Figure, Trace
from layouts.charts.plotly import figure
from layouts.charts.specification import Chart
from layouts.charts.svg import framed_svg, role
from layouts.markup import Node, h

PLACES = ("x", "y", "customdata")


def figure_frame(chart: Chart) -> Node:
    """The chart with what Plotly needs beyond it; places and words stand once, in the SVG (`figure.js`)."""
    size = chart.size
    frame = {"className": "figure", "role": role(chart), "aria-label": chart.title, "tabIndex": 0, "data-chart": "1"}
    described = {**frame, "data-figure": written(figure(chart))}
    if size.fit != "fluid":
        return h("div", described, framed_svg(chart))
    inset = {"inset": f"{size.top:g}px {size.right:g}px {size.bottom:g}px {size.left:g}px"}
    return h("div", described, h("div", {"className": "still", "style": inset}, framed_svg(chart)))


def written(description: Figure) -> str:
    """The figure as text, with a mark of the places and words of its lines in their stead."""
    slim = {**description, "data": [_without_places(trace) for trace in description["data"]]}
    places = [[trace.get(key) for key in PLACES] for trace in description["data"]]
    return _json({**slim, "places": crc32(_json(places).encode())})


def _without_places(trace: Trace) -> dict[str, object]:
    return {key: value for key, value in trace.items() if key not in PLACES}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
