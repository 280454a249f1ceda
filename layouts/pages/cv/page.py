"""差异系数 as a list of panels: size against value, and every section's share of S²."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.text import text
from layouts import formatting
from layouts.ids import CvId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.small_charts import bullet
from layouts.parts.source import source_line
from layouts.proof.key import cv_key, section_key
from layouts.routes import CV, DISTRICT, link
from layouts.view_state import ViewState

WIDTH, HEIGHT = 820, 470
LEFT, RIGHT, TOP, BOTTOM = 56, 18, 22, 40
BAR = 130
LABELLED = 3


@dataclass(frozen=True)
class CvView:
    """One CV, its sections, and what it would be if the first ones were at the mean."""

    state: ViewState
    period: Any
    row: Any
    shares: Sequence[Any]
    threshold: float | None
    filled: int
    cv_filled: float | None
    cv_unweighted: float | None
    cv_sample: float | None
    map_note: str
    snapshot: Any

    @property
    def name(self) -> str:
        """小学运动场馆."""
        return text(f"stage.{self.row.stage}") + self.row.indicator_short_name

    @property
    def is_within(self) -> bool:
        """Whether the CV is within its limit; undefined is not."""
        return self.row.is_within_limit is True


def panels(view: CvView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = [
        *header(CV, view.state),
        filter_bar(filters, has_demonstration=view.snapshot.has_demonstration),
    ]
    return [
        Panel(CvId.HEAD, "head", head),
        Panel(CvId.ANSWER, "answer", _answer(view)),
        Panel(CvId.PLOT, "plot-panel", [_plot(view), _weighting(view)]),
        Panel(CvId.SHARES, "shares-panel", [_shares(view)]),
        Panel(CvId.SOURCE, "source-panel", [source_line(view)]),
    ]


def document_title(view: CvView) -> str:
    """Browser tab and history entry."""
    return " · ".join((view.row.district_name + view.name, text("navigation.cv"), text("app.name")))


def _answer(view: CvView) -> list[Node]:
    row = view.row
    limit = float(row.cv_limit)
    why = link(CV, view.state, why=cv_key(row.district_code, row.stage, row.indicator_code))
    word = (
        "undecidable_word" if row.cv is None else "within_word" if view.is_within else "over_word"
    )
    tone = "c-na" if row.cv is None else "c-ok" if view.is_within else "c-fail"
    heading = [
        row.district_name + view.name + text("navigation.cv"),
        h(
            "a",
            {"href": why, "data-nav": "1", "className": tone},
            formatting.cv(row.cv, limit)
            + "，"
            + text(f"headline.{word}", limit=formatting.rounded(limit, 2)),
        ),
    ]
    facts: list[Node] = [
        h(
            "a",
            {
                "href": link(DISTRICT, view.state, why="", stage="both", indicator="verdict"),
                "data-nav": "1",
                "className": "plain-link",
            },
            row.district_name,
        ),
        text(
            "cv.facts",
            count=row.section_count,
            pupils=formatting.people(float(row.pupils)),
            mean=formatting.value(row.district_mean),
            unit=row.unit,
        ),
    ]
    if row.missing_count:
        facts.append(text("proof.cv_missing", count=row.missing_count))
    if view.cv_filled is not None:
        facts.append(
            text(
                "district.anatomy_fill",
                count=view.filled,
                before=formatting.cv(row.cv, limit),
                after=formatting.cv(view.cv_filled, limit),
            )
        )
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, *facts),
    ]


def _ticks(highest: float, count: int) -> list[float]:
    """Round values from 0, at most `count` steps."""
    raw = highest / count
    power = 10 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)
    return [n * step for n in range(int(highest / step) + 1)]


def _plot(view: CvView) -> Node:
    known = [s for s in view.shares if s.section_value is not None]
    if not known:
        return section(
            text("district.anatomy_none"),
            h("p", {"className": "d"}, text("district.anatomy_none_body")),
        )
    most = max(float(s.pupils) for s in known) * 1.05
    highest = max(s.section_value for s in known) * 1.05 or 1.0

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
            y(view.row.district_mean),
            "mean-line",
            text("cv.mean", value=formatting.value(view.row.district_mean)),
        )
    if view.threshold is not None and view.threshold <= highest:
        nodes += _level(
            y(view.threshold),
            "limit-line",
            text("proof.line", amount=formatting.plain(view.threshold)),
        )
    for number, share in reversed(list(enumerate(view.shares))):
        if share.section_value is not None:
            nodes.append(_dot(view, share, number, x, y))
    title = text("cv.plot_title")
    return section(
        title,
        h("p", {"className": "d"}, text("cv.plot_note")),
        h(
            "svg",
            {
                "className": "line-chart",
                "viewBox": f"0 0 {WIDTH} {HEIGHT}",
                "role": "group",
                "aria-label": title,
            },
            *nodes,
        ),
    )


def _level(y: float, name: str, words: str) -> list[Node]:
    return [
        h("path", {"d": f"M{LEFT} {y}H{WIDTH - RIGHT}", "className": name}),
        h(
            "text",
            {
                "x": WIDTH - RIGHT - 4,
                "y": y - 4,
                "textAnchor": "end",
                "className": "axis b limit-word",
            },
            words,
        ),
    ]


def _dot(view: CvView, share: Any, number: int, x: Any, y: Any) -> Node:
    part = share.contribution or 0.0
    place_x, place_y = x(float(share.pupils)), y(share.section_value)
    words = text(
        "cv.dot",
        name=share.school_name,
        pupils=formatting.count(float(share.pupils)),
        value=formatting.value(share.section_value),
        unit=view.row.unit,
        share=formatting.share(part),
    )
    href = link(
        CV, view.state, why=section_key(share.school_code, view.row.stage, view.row.indicator_code)
    )
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
        {
            "key": share.school_code,
            "href": href,
            "data-nav": "1",
            "data-tip": words,
            "aria-label": words,
        },
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


def _shares(view: CvView) -> Node:
    largest = max((s.contribution or 0 for s in view.shares), default=0) or 1
    row = view.row
    total = sum(s.contribution or 0 for s in view.shares)
    rows = [
        h(
            "tr",
            {"key": s.school_code},
            h(
                "td",
                {},
                h(
                    "a",
                    {
                        "href": link(
                            CV,
                            view.state,
                            why=section_key(s.school_code, row.stage, row.indicator_code),
                        ),
                        "data-nav": "1",
                    },
                    s.school_name,
                ),
            ),
            h("td", {"className": "num mut"}, formatting.count(float(s.pupils))),
            h("td", {"className": "num"}, formatting.value(s.section_value)),
            h(
                "td",
                {},
                h(
                    "svg",
                    {"width": BAR, "height": 12, "aria-hidden": "true"},
                    h(
                        "rect",
                        {
                            "height": 12,
                            "className": "share-bar" if n < LABELLED else "share-rest",
                            "width": round(BAR * (s.contribution or 0) / largest, 1),
                        },
                    ),
                ),
            ),
            h(
                "td",
                {"className": "num b"},
                formatting.NONE if s.contribution is None else formatting.share(s.contribution),
            ),
        )
        for n, s in enumerate(view.shares)
    ]
    head = [
        h(
            "th",
            {
                "key": k,
                "scope": "col",
                "className": "num" if k in ("pupils", "value", "share") else None,
            },
            text(f"cv.col_{k}"),
        )
        for k in ("school", "pupils", "value", "bar", "share")
    ]
    gauge = bullet(row.cv, float(row.cv_limit), is_within=view.is_within, width=240)
    return section(
        text("cv.shares_title", total=formatting.share(total)),
        gauge,
        h(
            "div",
            {
                "className": "share-scroll",
                "tabIndex": 0,
                "role": "region",
                "aria-label": text("cv.shares_title", total=formatting.share(total)),
            },
            h(
                "table",
                {"className": "mini"},
                h("thead", {}, h("tr", {}, *head)),
                h("tbody", {}, *rows),
            ),
        ),
    )


def _weighting(view: CvView) -> Node:
    if view.cv_unweighted is None:
        return None
    limit = float(view.row.cv_limit)
    words = text(
        "cv.unweighted",
        weighted=formatting.cv(view.row.cv, limit),
        plain=formatting.cv(view.cv_unweighted, limit),
        sample=formatting.NONE if view.cv_sample is None else formatting.cv(view.cv_sample, limit),
    )
    return h(
        "details",
        {"className": "why-not"},
        h("summary", {}, text("cv.unweighted_title")),
        h("p", {"className": "d"}, words),
    )
