"""Bars, bullets, strips, bubbles, and what stands on a row of the plan."""

import math

from layouts.charts.plane import Plane
from layouts.charts.specification import Band, Bar, Bubble, Bullet, Cloud, Dot, Glyph, Label, Strip
from layouts.markup import Node, h
from layouts.parts.glyph import glyph_at, glyph_shape

GLYPH = 13
SMALL_GLYPH = 11
BUBBLE = 22
"""Radius in pixels of what makes up the whole, beyond that of nothing."""
SMALLEST_BUBBLE = 3
LATE = 0.75
"""Share of the width from which on a label stands before its circle."""
WIDE, NARROW = 12.5, 7.5
"""Pixels that a Chinese and a Latin letter take in a row."""
LAST_NARROW = 255


def cloud(plane: Plane, mark: Cloud) -> Node:
    """All circles of a cloud, each with its label; the whole of one is the link."""
    return h("g", {}, *[_bubble(plane, mark.look, bubble) for bubble in mark.bubbles])


def _bubble(plane: Plane, look: str, mark: Bubble) -> Node:
    x, y = plane.x(mark.point.x), plane.y(mark.point.y or 0)
    circle = h("circle", {"cx": x, "cy": y, "r": bubble_radius(mark.share), "className": look})
    is_late = plane.scale_x.share(mark.point.x) > LATE
    beside = {"x": x, "dx": -10 if is_late else 10, "y": y, "dy": 4, "textAnchor": "end" if is_late else None}
    label = h("text", {**beside, "className": "dot-label"}, mark.label) if mark.label else None
    place = {"key": mark.key, "href": mark.href, "data-nav": "1", "tabIndex": -1}
    return h("a", {**place, "data-tip": mark.point.words, "aria-label": mark.point.words}, circle, label)


def bubble_radius(share: float) -> float:
    """Pixels of a circle whose area grows with its share."""
    return round(SMALLEST_BUBBLE + BUBBLE * math.sqrt(share), 1)


def bar(plane: Plane, mark: Bar) -> list[Node]:
    """A segment, one pixel short of the next, with its label inside."""
    x, width = plane.x(mark.start), plane.extent(mark.start, mark.end)
    if isinstance(x, str) or isinstance(width, str):
        raise TypeError(mark)
    size = {"width": round(max(1.0, width - 1), 1), "height": plane.size.height - 2}
    box = h("rect", {"x": x, "y": 1, **size, "className": mark.look})
    if not mark.label:
        return [box]
    middle = {"x": round(x + width / 2, 1), "y": plane.middle + 4.5, "textAnchor": "middle"}
    return [box, h("text", {**middle, "className": mark.label_look}, mark.label)]


def bullet(plane: Plane, mark: Bullet) -> list[Node]:
    """The track, the bar in one or two looks, the tick of the limit."""

    def part(start: float, end: float, name: str) -> Node:
        span = {"x": plane.x(start), "width": plane.extent(start, max(start, end))}
        return h("rect", {**span, "y": 4, "height": plane.size.height - 8, "className": name})

    def within(value: float) -> float:
        return min(value, plane.scale_x.high)

    parts = [part(0, plane.scale_x.high, "b-track")]
    if mark.value is not None and mark.is_within:
        parts.append(part(0, within(mark.value), "b-ok"))
    elif mark.value is not None:
        limit = within(mark.limit)
        parts += [part(0, limit, "b-grey"), part(limit, within(mark.value), "b-over")]
    return [*parts, _tick(plane, within(mark.limit))]


def strip(plane: Plane, mark: Strip) -> list[Node]:
    """The track, two shades of lines, the tick of the limit, the glyph of the value."""
    height, most = plane.size.height, plane.scale_x.high
    nodes: list[Node] = [
        h("rect", {"x": 0, "y": 5, "width": plane.size.width, "height": height - 10, "className": "strip-track"})
    ]
    for look, values in (("strip-other", mark.others), ("strip-peer", mark.peers)):
        lines = "".join(f"M{float(plane.x(min(v, most))):g} 7V{height - 7:g}" for v in values)
        nodes += [h("path", {"d": lines, "className": look})] if lines else []
    nodes.append(_tick(plane, min(mark.limit, most)))
    if mark.value is not None:
        x = float(plane.x(min(mark.value, most)))
        nodes.append(glyph_at(mark.level, x - GLYPH / 2, (height - GLYPH) / 2, GLYPH))
    return nodes


def on_row(plane: Plane, mark: Band | Glyph | Label) -> list[Node]:
    """What a row of the plan shows: an interval, a glyph, words."""
    if isinstance(mark, Label):
        return [_label(plane, mark)]
    if isinstance(mark, Glyph):
        place = {"x": plane.x(mark.x), "y": plane.middle - SMALL_GLYPH / 2, "width": SMALL_GLYPH, "height": SMALL_GLYPH}
        return [h("svg", {**place, "viewBox": "6 0 12 12", "overflow": "visible"}, *glyph_shape(mark.level))]
    y = plane.middle
    ends = {"x1": plane.x(mark.low), "x2": plane.x(mark.high), "y1": y, "y2": y}
    nodes = [h("line", {**ends, "className": f"range r-{mark.level}"})]
    if mark.middle is not None:
        nodes.append(h("circle", {"cx": plane.x(mark.middle), "cy": y, "r": 4, "className": f"dot d-{mark.level}"}))
    return nodes


def dot(plane: Plane, mark: Dot) -> list[Node]:
    """A glyph whose middle is its place; what it says is its title, which needs no script."""
    x, y = float(plane.x(mark.x)) - SMALL_GLYPH / 2, float(plane.y(mark.y)) - SMALL_GLYPH / 2
    return [h("g", {}, h("title", {}, mark.words), glyph_at(mark.level, x, y, SMALL_GLYPH))]


def _tick(plane: Plane, value: float) -> Node:
    x = float(plane.x(value)) - 1
    return h("rect", {"x": x, "y": 0, "width": 2, "height": plane.size.height, "className": "b-limit"})


def _label(plane: Plane, mark: Label) -> Node:
    """Words on a ground of their own, so that no line of the row runs through them."""
    x, height = plane.x(mark.x), plane.size.height
    width = sum(WIDE if ord(letter) > LAST_NARROW else NARROW for letter in mark.words)
    left = mark.shift - (width if mark.anchor == "end" else 0)
    ground = {"x": x, "y": 0, "width": width, "height": height, "transform": f"translate({left} 0)"}
    place = {"x": x, "dx": mark.shift, "y": plane.middle + 4, "textAnchor": mark.anchor}
    return h(
        "g",
        {},
        h("rect", {**ground, "className": "ground"}),
        h("text", {**place, "className": f"w-{mark.level}"}, mark.words),
    )
