"""Size against value: one circle per section, its area the share of S²."""

import math
from collections.abc import Callable

from data.rows.proof import CvShareRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.cv.rows import CvView
from layouts.parts.frame import section
from layouts.proof.key import section_key
from layouts.routes import CV, link

WIDTH, HEIGHT = 820, 470
LEFT, RIGHT, TOP, BOTTOM = 56, 18, 22, 40
LABELLED = 3

Place = Callable[[float], float]


def _ticks(highest: float, count: int) -> list[float]:
    """Round values from 0, at most `count` steps."""
    raw = highest / count
    power = 10 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)
    return [n * step for n in range(int(highest / step) + 1)]


def plot(view: CvView) -> Node:
    """The section."""
    values = [s.section_value for s in view.shares if s.section_value is not None]
    if not values:
        return section(text("district.anatomy_none"), h("p", {"className": "d"}, text("district.anatomy_none_body")))
    most = max(float(s.pupils) for s in view.shares if s.section_value is not None) * 1.05
    highest = max(values) * 1.05 or 1.0

    def x(pupils: float) -> float:
        return round(LEFT + pupils / most * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM), 1)

    nodes: list[Node] = []
    for value in _ticks(highest, 5):
        nodes += [
            h("path", {"d": f"M{LEFT} {y(value)}H{WIDTH - RIGHT}", "className": "grid-line"}),
            h(
                "text",
                {"x": LEFT - 6, "y": y(value) + 4, "textAnchor": "end", "className": "axis"},
                formatting.plain(round(value, 6)),
            ),
        ]
    for pupils in _ticks(most, 6):
        nodes.append(
            h(
                "text",
                {"x": x(pupils), "y": HEIGHT - 20, "textAnchor": "middle", "className": "axis"},
                formatting.count(pupils),
            )
        )
    nodes += [
        h("text", {"x": LEFT, "y": 13, "className": "axis"}, view.row.unit),
        h(
            "text",
            {"x": WIDTH - RIGHT, "y": HEIGHT - 5, "textAnchor": "end", "className": "axis"},
            text("cv.pupils_axis"),
        ),
    ]
    if view.row.district_mean is not None:
        nodes += _level(
            y(view.row.district_mean), "mean-line", text("cv.mean", value=formatting.value(view.row.district_mean))
        )
    if view.threshold is not None and view.threshold <= highest:
        nodes += _level(y(view.threshold), "limit-line", text("proof.line", amount=formatting.plain(view.threshold)))
    for number, share in reversed(list(enumerate(view.shares))):
        if share.section_value is not None:
            nodes.append(_dot(view, share, share.section_value, number, (x, y)))
    title = text("cv.plot_title")
    return section(
        title,
        h("p", {"className": "d"}, text("cv.plot_note")),
        h(
            "svg",
            {"className": "line-chart", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "group", "aria-label": title},
            *nodes,
        ),
    )


def _level(y: float, name: str, words: str) -> list[Node]:
    return [
        h("path", {"d": f"M{LEFT} {y}H{WIDTH - RIGHT}", "className": name}),
        h("text", {"x": WIDTH - RIGHT - 4, "y": y - 4, "textAnchor": "end", "className": "axis b limit-word"}, words),
    ]


def _dot(view: CvView, share: CvShareRow, value: float, number: int, places: tuple[Place, Place]) -> Node:
    part = share.contribution or 0.0
    place_x, place_y = places[0](float(share.pupils)), places[1](value)
    words = text(
        "cv.dot",
        name=share.school_name,
        pupils=formatting.count(float(share.pupils)),
        value=formatting.value(value),
        unit=view.row.unit,
        share=formatting.share(part),
    )
    href = link(CV, view.state, why=section_key(share.school_code, view.row.stage, view.row.indicator_code))
    near_end = place_x > WIDTH * 0.75
    label = (
        h(
            "text",
            {
                "x": place_x - 10 if near_end else place_x + 10,
                "y": place_y + 4,
                "textAnchor": "end" if near_end else None,
                "className": "dot-label",
            },
            f"{share.school_name} {formatting.share(part)}",
        )
        if number < LABELLED
        else None
    )
    return h(
        "a",
        {"key": share.school_code, "href": href, "data-nav": "1", "data-tip": words, "aria-label": words},
        h(
            "circle",
            {
                "cx": place_x,
                "cy": place_y,
                "r": round(3 + 22 * math.sqrt(part), 1),
                "className": "share-dot" + (" first" if number < LABELLED else ""),
            },
        ),
        label,
    )
