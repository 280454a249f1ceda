"""A chart as SVG: frame, axes, annotations and marks, for the first paint, paper and the projector."""

from collections.abc import Mapping

from layouts.charts import svg_annotations, svg_lines, svg_marks
from layouts.charts.plane import Plane
from layouts.charts.specification import Bar, Bullet, Bundle, Chart, Cloud, Dot, Line, Mark, PlanBands, Strip
from layouts.markup import Node, h

GAP = 5
"""Pixels between an axis and the words of its ticks."""
BASE = 4
"""Pixels from the middle of a line of text down to its base."""


def svg(chart: Chart) -> Node:
    """The picture; a reader of its words stops at it once, arrow keys walk its points."""
    return h("svg", {**_fitting(chart), **_naming(chart)}, *drawing(chart))


def framed_svg(chart: Chart) -> Node:
    """The picture inside a frame that names it and is the stop; links in it are heard, a mere picture is not."""
    hidden = "true" if role(chart) == "img" else None
    return h("svg", {**_fitting(chart), "aria-hidden": hidden, "className": chart.look or None}, *drawing(chart))


def drawing(chart: Chart) -> list[Node]:
    """What stands in the picture, from the ground up."""
    plane = Plane(chart)
    bands = [a for a in chart.annotations if isinstance(a, PlanBands)]
    others = [a for a in chart.annotations if not isinstance(a, PlanBands)]
    return [
        *[node for annotation in bands for node in svg_annotations.nodes(plane, annotation)],
        *_axes(plane, chart),
        *[node for annotation in others for node in svg_annotations.nodes(plane, annotation)],
        *[node for mark in chart.marks for node in _mark(plane, mark)],
    ]


def role(chart: Chart) -> str:
    """A picture, or a group of links."""
    return "group" if any(isinstance(mark, Cloud) for mark in chart.marks) else "img"


def has_words(chart: Chart) -> bool:
    """Whether pointing at a mark says something."""
    return any(isinstance(mark, Bundle | Cloud) or (isinstance(mark, Line) and _says(mark)) for mark in chart.marks)


def _says(line: Line) -> bool:
    return bool(line.words) or any(p.words for p in line.points)


def _fitting(chart: Chart) -> Mapping[str, object]:
    size = chart.size
    box = f"0 0 {size.width:g} {size.height:g}"
    if size.fit == "scaled":
        return {"viewBox": box}
    if size.fit == "stretched":
        return {"viewBox": box, "preserveAspectRatio": "none"}
    if size.fit == "fluid":
        return {"width": "100%", "height": size.height or "100%"}
    return {"width": size.width, "height": size.height, "viewBox": box if size.fit == "shrinking" else None}


def _naming(chart: Chart) -> Mapping[str, object]:
    look = {"className": chart.look or None, "data-tip": chart.tip or None}
    if not chart.title:
        return {"aria-hidden": "true", **look}
    reach = {"tabIndex": 0, "data-chart": "1"} if has_words(chart) else {}
    return {"role": role(chart), "aria-label": chart.title, **reach, **look}


def _axes(plane: Plane, chart: Chart) -> list[Node]:
    nodes: list[Node] = [svg_annotations.across(plane, value, "grid-line") for value, _ in chart.y.ticks]
    if chart.y.ticks:
        names = [_name_beside(plane, plane.y(value), name) for value, name in chart.y.ticks]
        nodes.append(h("g", {"className": "axis", "textAnchor": "end"}, *names))
    if chart.x.ticks:
        names = [_name_below(plane, plane.x(value), name) for value, name in chart.x.ticks]
        nodes.append(h("g", {"className": "axis", "textAnchor": "middle"}, *names))
    if chart.y.title:
        nodes.append(h("text", {"x": plane.size.left, "y": 13, "className": "axis"}, chart.y.title))
    if chart.x.title:
        place = {"x": plane.right, "y": plane.size.height - GAP, "textAnchor": "end", "className": "axis"}
        nodes.append(h("text", place, chart.x.title))
    return nodes


def _name_beside(plane: Plane, y: float | str, name: str) -> Node:
    if isinstance(y, str):
        return h("text", {"y": y, "dx": -GAP + 2, "dy": BASE}, name)
    return h("text", {"x": plane.size.left - GAP, "y": round(y + BASE, 1)}, name)


def _name_below(plane: Plane, x: float | str, name: str) -> Node:
    if plane.has_height:
        return h("text", {"x": x, "y": plane.size.height - plane.size.bottom + 3 * GAP}, name)
    return h("text", {"x": x, "y": "100%", "dy": 3 * GAP}, name)


def _mark(plane: Plane, mark: Mark) -> list[Node]:
    if isinstance(mark, Line):
        return svg_lines.nodes(plane, mark)
    if isinstance(mark, Bundle):
        return [svg_lines.bundle(plane, mark)]
    if isinstance(mark, Cloud):
        return [svg_marks.cloud(plane, mark)]
    if isinstance(mark, Bar):
        return svg_marks.bar(plane, mark)
    if isinstance(mark, Bullet):
        return svg_marks.bullet(plane, mark)
    if isinstance(mark, Strip):
        return svg_marks.strip(plane, mark)
    if isinstance(mark, Dot):
        return svg_marks.dot(plane, mark)
    return svg_marks.on_row(plane, mark)
