"""Lines with their points: pieces between gaps and breaks, dots that say their words, the label at the end."""

from collections.abc import Sequence
from itertools import pairwise

from layouts.charts.plane import Place, Plane
from layouts.charts.specification import Bundle, Line, Point
from layouts.markup import Node, h

DOT = 2.6
OPEN_DOT = 3
REACH = 7
"""Pixels around a point that answer, and between a point and its label."""
LATE = 0.8
"""Share of the width from which on a label stands before its point."""
BASE = 4
PLACES: dict[str, tuple[int, int, str | None]] = {
    "top left": (-REACH, -REACH, "end"),
    "middle left": (-REACH, BASE, "end"),
    "middle right": (REACH, BASE, None),
    "bottom left": (-REACH, 2 * REACH, "end"),
    "bottom right": (REACH, 2 * REACH, None),
}
"""From a point to its label: pixels aside and down, and which end of the words stands there."""


def nodes(plane: Plane, line: Line) -> list[Node]:
    """The line, its points and its label, as one node."""
    look = f"line {line.look}"
    pieces = [_piece(plane, run, look, line.words) for run in runs(line) if len(run) > 1]
    points = [_point(plane, line, p, y) for p in line.points if (y := p.y) is not None and (line.dots or p.words)]
    label = _label(plane, line)
    extra = [*points, label] if label else points
    return [h("g", {}, *pieces, *extra)]


def bundle(plane: Plane, mark: Bundle) -> Node:
    """All lines of a bundle."""
    pieces = [(run, line.words) for line in mark.lines for run in runs(line) if len(run) > 1]
    return h("g", {"className": f"line {mark.look}"}, *[_piece(plane, run, None, tip) for run, tip in pieces])


def runs(line: Line) -> list[list[tuple[float, float]]]:
    """Stretches of places without a missing value and without a break between two points."""
    stretches: list[list[tuple[float, float]]] = [[]]
    previous: float | None = None
    for point in line.points:
        is_crossed = bool(line.breaks) and previous is not None and any(previous < b <= point.x for b in line.breaks)
        if point.y is None or is_crossed:
            stretches.append([])
        if point.y is not None:
            stretches[-1].append((point.x, point.y))
        previous = point.x
    return [stretch for stretch in stretches if stretch]


def _piece(plane: Plane, run: Sequence[tuple[float, float]], look: str | None, tip: str) -> Node:
    places = [(plane.x(x), plane.y(y)) for x, y in run]
    naming = {"className": look, "data-tip": tip or None}
    if not plane.is_fluid:
        return h("path", {"d": path_of([(float(x), float(y)) for x, y in places]), **naming})
    parts = [h("line", {"x1": a[0], "y1": a[1], "x2": b[0], "y2": b[1]}) for a, b in pairwise(places)]
    return h("g", naming, *parts)


def path_of(places: Sequence[tuple[float, float]]) -> str:
    """Places as a path of steps from one to the next, which is shorter than the places themselves."""
    steps = [(round(b[0] - a[0], 1), round(b[1] - a[1], 1)) for a, b in pairwise(places)]
    numbers = [f"{x:g}{'' if y < 0 else ' '}{y:g}" for x, y in [places[0], *steps]]
    return f"M{numbers[0]}l{' '.join(numbers[1:])}"


def _point(plane: Plane, line: Line, point: Point, value: float) -> Node:
    place = {"cx": plane.x(point.x), "cy": plane.y(value), "data-tip": point.words or None}
    if line.dots == "full":
        return h("circle", {**place, "r": DOT, "className": f"dot-{line.look}"})
    if line.dots == "open":
        return h("circle", {**place, "r": OPEN_DOT, "className": f"open-{line.look}"})
    return h("circle", {**place, "className": "reach"})


def _label(plane: Plane, line: Line) -> Node | None:
    last = next(((p.x, p.y) for p in reversed(line.points) if p.y is not None), None)
    if not line.label or last is None:
        return None
    x, y = plane.x(last[0]), plane.y(last[1])
    aside, down, anchor = PLACES.get(line.label_place) or _near(x, plane.size.width)
    look = {"textAnchor": anchor, "className": f"line-label text-{line.look}"}
    return h("text", {"x": x, "dx": aside, "y": y, "dy": down, **look}, line.label)


def _near(x: Place, width: float) -> tuple[int, int, str | None]:
    is_late = isinstance(x, float) and x > width * LATE
    return (-4, -REACH, "end") if is_late else (6, -REACH, None)
