"""Bullet and sparkline: a value beside its limit, a value over time."""

from collections.abc import Sequence
from dataclasses import replace

from layouts.charts.specification import Bullet, Chart, Level, Line, Point, Scale, Size
from layouts.charts.svg import svg
from layouts.markup import Node

BULLET_MAXIMUM = 0.75
BULLET_HEIGHT = 16
SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 74, 20
ROOM = 0.01
"""Above and below the values of a sparkline."""


def bullet(value: float | None, limit: float, *, is_within: bool, width: int = 84) -> Node:
    """A CV as a bar on a grey track with the limit as a tick; beyond the limit in vermilion."""
    return svg(
        Chart(
            "",
            Scale(0, BULLET_MAXIMUM),
            Scale(0, 1),
            [Bullet(value, limit, is_within)],
            Size(width, BULLET_HEIGHT),
            look="bullet",
        )
    )


def sparkline(values: Sequence[float | None], limit: float, *, is_within: bool | None, tip: str = "") -> Node:
    """Equal steps in time, a gap where a value is missing, the limit dashed; `tip` says its ends."""
    return svg(replace(sparkline_chart(values, limit, is_within=is_within), tip=tip))


def sparkline_chart(values: Sequence[float | None], limit: float, *, is_within: bool | None) -> Chart:
    """The chart of a sparkline; its last value is a dot in the colour of its verdict."""
    known = [v for v in values if v is not None]
    points = [Point(position, value) for position, value in enumerate(values)]
    marks = [Line(points, "spark")]
    if values and values[-1] is not None:
        marks.append(Line(points[-1:], "ok" if is_within else "fail", dots="full"))
    return Chart(
        "",
        Scale(0, max(1, len(values) - 1)),
        Scale(min([*known, limit]) - ROOM, max([*known, limit]) + ROOM),
        marks,
        Size(SPARKLINE_WIDTH, SPARKLINE_HEIGHT, left=2, right=6, top=2, bottom=2),
        [Level(limit, look="s-limit")],
    )
