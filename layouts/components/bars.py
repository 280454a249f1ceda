"""Small bars and dots inside a row; the words beside them say the numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layouts.components.elements import run
from layouts.markup import Node, h
from layouts.parts.glyph import glyph_at

LINE_AT, LINE_START = 76.0, 3.0
"""Where the alarm line stands, and where nothing is unusual, in percent of the width."""
LANES = (28, 34, 22, 38, 18, 31, 25)
"""Heights of dots that would lie on each other."""
LABEL_LEAST = 38
"""Pixels that a part of a bar must have for its words."""
FOOT_SIZE = 12
STEP, STEP_START = 30, 8


@dataclass(frozen=True)
class BarPart:
    """A part of a bar: how long it is, its class, and words where it has room."""

    width: float
    look: str
    name: str = ""
    count: str = ""
    tone: str = ""


def row_bar(parts: Iterable[BarPart], *, width: int, height: int, thickness: int = 0, space: float = 0) -> Node:
    """The parts side by side with `space` between them, hidden from readers."""
    drawn: list[Node] = []
    x = 0.0
    for part in parts:
        size = {"x": round(x, 1), "width": round(max(1.0, part.width - space), 1), "height": thickness or height}
        if part.width and part.look:
            drawn.append(h("rect", {**size, "className": part.look, "key": str(len(drawn))}))
        x += part.width
    return h("svg", {"width": width, "height": height, "aria-hidden": "true"}, *drawn)


def labelled_bar(parts: Iterable[BarPart], *, width: int, label: str) -> Node:
    """A bar over the whole width, each part with its name above and its count inside; both below where it is short.

    `width` is that of the narrowest place, at which words must not touch; letters keep their size in a wider one.
    """
    rectangles: list[Node] = []
    names: list[Node] = []
    x = below = 0.0

    def share(pixels: float) -> str:
        return f"{100 * pixels / width:.2f}%"

    for part in parts:
        size = {"x": share(x), "y": 18, "width": share(max(1.0, part.width - 1)), "height": 32}
        has_room = part.width >= LABEL_LEAST
        inside = {"x": share(x), "dx": 6, "y": 40, "className": f"bar-text on-{part.tone}"}
        count = h("text", inside, part.count) if has_room else None
        rectangles.append(h("g", {"key": part.name}, h("rect", {**size, "className": part.look}), count))
        if has_room:
            above = {"x": share(x), "y": 12, "className": "foot", "key": f"n{part.name}"}
            names.append(h("text", above, part.name))
        else:
            caption = part.name + part.count
            place = {"x": share(max(x, below)), "y": 64, "className": "foot", "key": f"n{part.name}"}
            names.append(h("text", place, caption))
            below = max(x, below) + FOOT_SIZE * (len(caption) + 1)
        x += part.width
    frame = {"className": "state-bar", "height": 68 if below else 52, "role": "img", "aria-label": label}
    return h("svg", frame, *names, *rectangles)


def pace_bar(achieved: float, needed: float, *, width: int) -> Node:
    """A bar as far as one has come, and a line to the dot that must be reached."""
    reached, goal = round(achieved, 1), round(needed, 1)
    return h(
        "svg",
        {"width": width, "height": 12, "aria-hidden": "true"},
        h("rect", {"x": 0, "y": 3, "width": reached, "height": 6, "className": "pace-now"}),
        h("line", {"x1": reached, "x2": goal, "y1": 6, "y2": 6, "className": "pace-need"}),
        h("circle", {"cx": goal, "cy": 6, "r": 3, "className": "pace-dot"}),
    )


def step_dots(step: int, *, steps: int, label: str) -> Node:
    """Dots on the way to the last of the steps, the present one large."""
    parts: list[Node] = []
    for number in range(1, steps + 1):
        x = STEP_START + (number - 1) * STEP
        if number > 1:
            line = "step-line" + (" done" if number <= step else "")
            parts.append(h("path", {"d": f"M{x - 25} 8h20", "className": line, "key": f"l{number}"}))
        is_now = number == min(step, steps)
        look = "step now" if is_now else "step done" if number < step else "step"
        parts.append(h("circle", {"cx": x, "cy": 8, "r": 6 if is_now else 4, "className": look, "key": str(number)}))
    return h("svg", {"width": 136, "height": 16, "role": "img", "aria-label": label}, *parts)


def swatch(look: str, label: str, *, key: str) -> Node:
    """A colour with what it stands for."""
    return run(h("i", {"className": look}), label, key=key)


def axis_labels(labels: Iterable[tuple[str, str]]) -> Node:
    """Words at their places below a picture as wide as its column."""
    ticks = [h("text", {"x": place, "y": 12, "textAnchor": "middle", "key": label}, label) for place, label in labels]
    return h("svg", {"width": "100%", "height": 15}, *ticks)


def glyph_on_fill(level: str) -> Node:
    """A glyph on a ground of its own colour, outlined."""
    size = {"width": 12, "height": 12, "viewBox": "-.5 -.5 13 13"}
    return h("svg", {**size, "aria-hidden": "true"}, glyph_at(level, 0, 0, 12))


def alarm_strip(
    shares: Sequence[float], *, past: Sequence[float], names: str, line: str, start: str, label: str
) -> Node:
    """A dot per unit on the way to the alarm line, the last one dark; those `past` it red and with their `names`."""
    last = len(shares) - 1
    dots = [
        h("circle", {**_dot(share, place), "className": "near-dot last" if place == last else "near-dot"})
        for place, share in enumerate(shares)
    ]
    dots += [h("circle", {**_dot(share, place), "className": "near-dot past"}) for place, share in enumerate(past)]
    return h(
        "svg",
        {"className": "alarm-strip", "width": "100%", "height": 52, "role": "img", "aria-label": label},
        h("line", {"x1": f"{LINE_START}%", "x2": f"{LINE_AT}%", "y1": 28, "y2": 28, "className": "near-axis"}),
        h("line", {"x1": f"{LINE_AT}%", "x2": f"{LINE_AT}%", "y1": 0, "y2": 52, "className": "near-line"}),
        h("text", {"x": f"{LINE_AT - 1}%", "y": 10, "textAnchor": "end", "className": "near-words"}, line),
        h("text", {"x": f"{LINE_START}%", "y": 10, "className": "near-words start"}, start),
        *dots,
        h("text", {"x": f"{LINE_AT + 1}%", "y": 49, "className": "near-words past"}, names),
    )


def _dot(share: float, place: int) -> dict[str, object]:
    x = LINE_START + share * (LINE_AT - LINE_START)
    return {"cx": f"{x:.1f}%", "cy": LANES[place % len(LANES)], "r": 4.5, "key": f"{share:.3f}-{place}"}
