"""Bullet and sparkline, drawn as SVG."""

from collections.abc import Sequence

from layouts.markup import Node, h

BULLET_MAXIMUM = 0.75


def bullet(value: float | None, limit: float, *, is_within: bool, width: int = 84) -> Node:
    """A CV as a bar on a grey track with the limit as a tick; beyond the limit in vermilion."""
    height = 16

    def x(amount: float) -> float:
        return round(min(amount, BULLET_MAXIMUM) / BULLET_MAXIMUM * width, 1)

    def bar(start: float, end: float, name: str) -> Node:
        return h("rect", {"x": start, "y": 4, "width": max(0.0, round(end - start, 1)), "height": 8, "className": name})

    bars = [bar(0, width, "b-track")]
    if value is not None and is_within:
        bars.append(bar(0, x(value), "b-ok"))
    elif value is not None:
        bars += [bar(0, x(limit), "b-grey"), bar(x(limit), x(value), "b-over")]
    tick = h("rect", {"x": x(limit) - 1, "y": 0, "width": 2, "height": height, "className": "b-limit"})
    return h("svg", {"width": width, "height": height, "aria-hidden": "true", "className": "bullet"}, *bars, tick)


def sparkline(values: Sequence[float | None], limit: float, *, is_within: bool | None, width: int = 74) -> Node:
    """Equal steps in time, a gap where a value is missing, the limit dashed."""
    height = 20
    known = [v for v in values if v is not None]
    low, high = min([*known, limit]) - 0.01, max([*known, limit]) + 0.01

    def point(position: int, value: float) -> tuple[float, float]:
        x = 2 + position * (width - 8) / max(1, len(values) - 1)
        return round(x, 1), round(height - 2 - (value - low) / (high - low) * (height - 4), 1)

    runs: list[list[tuple[float, float]]] = [[]]
    for position, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(point(position, value))
    y = point(0, limit)[1]
    nodes = [h("path", {"d": f"M0 {y}H{width}", "className": "s-limit"})]
    nodes += [
        h("polyline", {"points": " ".join(f"{px},{py}" for px, py in run), "className": "s-line"})
        for run in runs
        if len(run) > 1
    ]
    if values and values[-1] is not None:
        px, py = point(len(values) - 1, values[-1])
        name = "b-ok" if is_within else "b-over"
        nodes.append(h("circle", {"cx": px, "cy": py, "r": 2.6, "className": name}))
    return h("svg", {"width": width, "height": height, "aria-hidden": "true"}, *nodes)
