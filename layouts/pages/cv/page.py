"""差异系数 as a list of panels: size against value, and every section's share of S²."""

from data.text import text
from layouts import formatting
from layouts.ids import CvId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.cv.plot import LABELLED, plot
from layouts.pages.cv.rows import CvView
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.small_charts import bullet
from layouts.parts.source import source_line
from layouts.parts.spread import spread_words
from layouts.proof.key import cv_key, section_key
from layouts.routes import CV, DISTRICT, link

BAR = 130


def panels(view: CvView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = [*header(CV, view.state), filter_bar(filters, view.snapshot, CV.draws)]
    return [
        Panel(CvId.HEAD, "head", head),
        Panel(CvId.ANSWER, "answer", _answer(view)),
        Panel(CvId.PLOT, "plot-panel", [plot(view), _weighting(view)]),
        Panel(CvId.SHARES, "shares-panel", [_shares(view)]),
        Panel(CvId.SOURCE, "source-panel", [source_line(view, CV.draws)]),
    ]


def document_title(view: CvView) -> str:
    """Browser tab and history entry."""
    return " · ".join((view.row.district_name + view.name, text("navigation.cv"), text("app.name")))


def _answer(view: CvView) -> list[Node]:
    row = view.row
    limit = float(row.cv_limit)
    why = link(CV, view.state, why=cv_key(row.district_code, row.stage, row.indicator_code))
    word = "undecidable_word" if row.cv is None else "within_word" if view.is_within else "over_word"
    tone = "c-na" if row.cv is None else "c-ok" if view.is_within else "c-fail"
    heading: list[Node] = [
        row.district_name + view.name + text("navigation.cv"),
        h(
            "a",
            {"href": why, "data-nav": "1", "className": tone},
            formatting.cv(row.cv, limit) + "，" + text(f"headline.{word}", limit=formatting.rounded(limit, 2)),
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
    if view.spread is not None and row.cv is not None:
        facts += spread_words(row.cv, limit, view.spread, is_within=row.is_within_limit)
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, *facts),
    ]


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
                        "href": link(CV, view.state, why=section_key(s.school_code, row.stage, row.indicator_code)),
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
            {"key": k, "scope": "col", "className": "num" if k in ("pupils", "value", "share") else None},
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
            h("table", {"className": "mini"}, h("thead", {}, h("tr", {}, *head)), h("tbody", {}, *rows)),
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
