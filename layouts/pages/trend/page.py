"""趋势 as a list of panels."""

from data.text import text
from layouts import formatting
from layouts.ids import TrendId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.overview.worst import change_tip, change_words
from layouts.pages.trend.change import changes
from layouts.pages.trend.chart import chart, direction, multiples
from layouts.pages.trend.rows import MEASURES, TrendView
from layouts.parts.frame import Filter, filter_bar, header
from layouts.parts.source import source_line
from layouts.proof.key import cv_key
from layouts.routes import TREND, link


def panels(view: TrendView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(TREND, rows.state), filter_bar(filters, rows.snapshot, TREND.draws)]
    return [
        Panel(TrendId.HEAD, "head", head),
        Panel(TrendId.ANSWER, "answer", _answer(view)),
        Panel(TrendId.CHART, "chart-panel", chart(view)),
        Panel(TrendId.CHANGE, "change-panel", changes(view)),
        Panel(TrendId.MULTIPLES, "multiples-panel", multiples(view)),
        Panel(TrendId.SOURCE, "source-panel", [source_line(rows, TREND.draws, text("trend.rule"))]),
    ]


def document_title(view: TrendView) -> str:
    """Browser tab and history entry."""
    scope = view.rows.scope_name
    return " · ".join(w for w in (scope, view.name, text("app.name")) if w)


def _answer(view: TrendView) -> list[Node]:
    rows = view.rows
    if rows.chosen is not None:
        code = rows.chosen.district_code
        value = view.now(code)
        tone = {True: "c-ok", False: "c-fail", None: "c-na"}[view.is_good(code)]
        if view.measure == "mean":
            tone = ""
        why = link(TREND, rows.state, why=cv_key(code, view.stage, view.indicator.indicator_code))
        heading: list[Node] = [
            rows.chosen.name + view.name,
            h("a", {"href": why, "data-nav": "1", "className": tone}, view.words(value)),
            "，" + direction(view, code),
        ]
    else:
        good = sum(view.is_good(u.district_code) is True for u in rows.scoped)
        words = [direction(view, u.district_code, short=True) for u in rows.scoped]
        counts = {k: words.count(text(f"trend.short_{k}")) for k in ("fell", "rose", "flat", "mixed", "few")}
        silent = words.count(text("trend.short_not_reported"))
        heading = [rows.scope_name, text("trend.title_units", name=view.name, count=len(rows.scoped), **counts)]
        if silent:
            heading.append(text("trend.not_reported_some", count=silent))
        if view.measure in ("cv", "share"):
            heading.append(text("trend.title_good", count=good))
    switch = h(
        "div",
        {"className": "segments", "role": "group", "aria-label": text("trend.measures")},
        *[
            h(
                "a",
                {
                    "key": m,
                    "data-nav": "1",
                    "href": link(TREND, rows.state, measure="" if m == "cv" else m),
                    "aria-current": "true" if view.measure == m else None,
                },
                text(f"trend.measure_{m}"),
            )
            for m in MEASURES
        ],
    )
    since = formatting.month(rows.periods[0].snapshot_date)
    until = formatting.month(rows.period.snapshot_date)
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h(
            "div",
            {"className": "sub"},
            switch,
            " "
            + text("trend.sub", since=since, until=until, basis=text(f"basis.{rows.state.basis}"))
            + _since_a_year(view),
        ),
    ]


def _since_a_year(view: TrendView) -> str:
    """How the chosen unit's CV changed since the year before, and what it is compared with."""
    place = (view.rows.state.district, view.stage, view.indicator.indicator_code)
    row = next((c for c in view.rows.cvs if (c.district_code, c.stage, c.indicator_code) == place), None)
    if row is None or view.measure != "cv":
        return ""
    return text("trend.year_change", words=change_words(row)[0], against=change_tip(view.rows, row))
