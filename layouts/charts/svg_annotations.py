"""What stands behind the marks and says how to read them: limits, phases of the plan, breaks, the day."""

from layouts.charts.plane import Place, Plane
from layouts.charts.specification import (
    Annotation,
    Between,
    Break,
    Level,
    Phase,
    PlanBands,
    Target,
    Today,
    Upright,
    Watermark,
)
from layouts.markup import Node, h

HEAD = 16
"""Pixels of the top margin that a band of the plan takes, for its words."""
RULE = 3
ASIDE = 4
BREAK_TOP = "14%"
MARKED_AT = ((0.18, 0.3), (0.62, 0.25), (0.4, 0.62), (0.85, 0.68))
"""Shares of width and height at which a watermark stands."""


def nodes(plane: Plane, annotation: Annotation) -> list[Node]:
    """The annotation's nodes."""
    if isinstance(annotation, PlanBands):
        return [
            n for number, phase in enumerate(annotation.phases, 1) for n in _phase(plane, annotation, phase, number)
        ]
    if isinstance(annotation, Level):
        return _level(plane, annotation)
    if isinstance(annotation, Break):
        return _break(plane, annotation)
    if isinstance(annotation, Upright):
        return _limit(plane, annotation)
    if isinstance(annotation, Between):
        return [_between(plane, annotation)]
    if isinstance(annotation, Watermark):
        return [_watermark(plane, annotation, *place) for place in MARKED_AT]
    return [_upright(plane, annotation)]


def across(plane: Plane, value: float, look: str) -> Node:
    """A line over the whole width at a value."""
    y = plane.y(value)
    if plane.is_fluid:
        return h("line", {"y1": y, "x2": "100%", "y2": y, "className": look})
    return h("path", {"d": f"M{plane.left} {y}H{plane.right}", "className": look})


def _phase(plane: Plane, bands: PlanBands, phase: Phase, number: int) -> list[Node]:
    if phase.end <= phase.start:
        return []
    x, width, top = plane.x(phase.start), plane.extent(phase.start, phase.end), max(0, plane.size.top - HEAD)
    height: Place = plane.size.height - plane.size.bottom - top if plane.has_height else "100%"
    band = h("rect", {"x": x, "y": top, "width": width, "height": height, "className": f"band-{number}"})
    if not bands.has_rule:
        return [band]
    length = width if isinstance(width, str) else round(max(0, width - 2), 1)
    rule = h("rect", {"x": x, "y": top - 2, "width": length, "height": RULE, "className": f"phase-{number}"})
    name = h("text", {"x": x, "dx": ASIDE, "y": top + 13, "className": "axis"}, phase.words) if phase.words else None
    return [node for node in (band, rule, name) if node is not None]


def _level(plane: Plane, level: Level) -> list[Node]:
    line = across(plane, level.value, level.look)
    if not level.words:
        return [line]
    is_left = level.anchor == "start"
    place: dict[str, object] = {"dx": ASIDE if is_left else -ASIDE, "dy": -ASIDE, "className": "axis b limit-word"}
    place |= {"x": plane.left if is_left else plane.right, "y": plane.y(level.value)}
    return [line, h("text", {**place, "textAnchor": None if is_left else "end"}, level.words)]


def _break(plane: Plane, mark: Break) -> list[Node]:
    x, top = plane.x(mark.x), plane.size.top if plane.has_height else BREAK_TOP
    line = h("line", {"x1": x, "x2": x, "y1": top, "y2": plane.bottom, "className": "break-line"})
    if not mark.words:
        return [line]
    place = {"x": x, "dx": -ASIDE, "y": plane.bottom, "dy": -ASIDE - 1, "textAnchor": "end", "className": "axis"}
    return [line, h("text", place, mark.words)]


def _upright(plane: Plane, mark: Today | Target) -> Node:
    x = plane.x(mark.x)
    if isinstance(mark, Target):
        return h("line", {"x1": x, "x2": x, "y1": 1, "y2": plane.size.height - 1, "className": "target"})
    top = 0 if plane.has_height else BREAK_TOP
    return h("line", {"x1": x, "x2": x, "y1": top, "y2": plane.bottom, "className": "today"})


def _limit(plane: Plane, mark: Upright) -> list[Node]:
    x, is_behind = plane.x(mark.x), mark.anchor == "start"
    line = h("line", {"x1": x, "x2": x, "y1": ASIDE, "y2": plane.bottom, "className": mark.look})
    place = {"x": x, "dx": ASIDE if is_behind else -ASIDE, "y": HEAD, "textAnchor": None if is_behind else "end"}
    return [line, h("text", {**place, "className": "axis b limit-word"}, mark.words)]


def _between(plane: Plane, mark: Between) -> Node:
    width, height = plane.extent(mark.start, mark.end), float(plane.bottom) - plane.size.top
    return h(
        "rect",
        {"x": plane.x(mark.start), "y": plane.size.top, "width": width, "height": height, "className": "between"},
    )


def _watermark(plane: Plane, mark: Watermark, across: float, down: float) -> Node:
    x, y = round(across * plane.size.width, 1), round(down * plane.size.height, 1)
    turned = f"rotate(-20 {x:g} {y:g})"
    return h(
        "text", {"x": x, "y": y, "textAnchor": "middle", "transform": turned, "className": "watermark"}, mark.words
    )
