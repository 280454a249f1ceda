"""趋势: the panels of the page and the title of its document."""

from collections import Counter
from collections.abc import Sequence

from data.proof_key import cv_key
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.elements import block, link_to, run
from layouts.components.heads import headline, page_head, page_title, separated
from layouts.components.segments import Segment, segments
from layouts.ids import TrendId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.overview.worst import change_tip, change_words
from layouts.pages.trend.change import changes
from layouts.pages.trend.chart import chart, direction, multiples
from layouts.pages.trend.rows import MEASURES, TrendView
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.routes import TREND, link

FALLING_IS_GOOD = ("cv", "gap")
MOST_NAMES = 3
LOOKS = {"worse": "c-fail", "better": "", "flat": ""}


def panels(view: TrendView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=TREND, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(TrendId.HEAD, "head", head),
        Panel(TrendId.ANSWER, "answer", _headline(view)),
        Panel(TrendId.CHART, "chart-panel", chart(view)),
        Panel(TrendId.CHANGE, "change-panel", changes(view)),
        Panel(TrendId.MULTIPLES, "multiples-panel", multiples(view)),
        Panel(TrendId.SOURCE, "source-panel", [source_line(rows, TREND.draws, text("trend.rule"))]),
    ]


def document_title(view: TrendView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, view.name)


def _headline(view: TrendView) -> list[Node]:
    rows = view.rows
    title = _city_words(view) if rows.chosen is None else _unit_words(view, rows.chosen)
    measures = [
        Segment(
            label=text(f"trend.measure_{measure}"),
            href=link(TREND, rows.state, measure="" if measure == MEASURES[0] else measure),
            is_chosen=view.measure == measure,
        )
        for measure in MEASURES
    ]
    since = formatting.month(rows.periods[0].snapshot_date)
    until = formatting.month(rows.period.snapshot_date)
    sub = text("trend.sub", since=since, until=until, basis=text(f"basis.{rows.state.basis}"))
    switch = segments(measures, label=text("trend.measures"))
    more = _since_a_year(view) if rows.chosen is not None else _others(view)
    return [*headline(*title), block(switch, f" {sub}{more}", look="sub")]


def _unit_words(view: TrendView, unit: UnitStatusRow) -> list[Node]:
    code = unit.district_code
    tone = {True: "c-ok", False: "c-fail", None: "c-na"}[view.is_good(code)]
    why = link(TREND, view.rows.state, why=cv_key(code, view.stage, view.indicator.indicator_code))
    look = "" if view.measure == "mean" else tone
    value = link_to(view.words(view.now(code)), href=why, look=look) if unit.is_reported else view.words(None)
    return [unit.name + view.name, value, "，" + direction(view, code)]


def _city_words(view: TrendView) -> list[Node]:
    """How many units got worse, and which; then the others, leaving out what none did."""
    rows = view.rows
    kinds: dict[str, list[UnitStatusRow]] = {}
    for unit in rows.scoped:
        kinds.setdefault(direction(view, unit.district_code, short=True), []).append(unit)
    worse, better = ("rose", "fell") if view.measure in FALLING_IS_GOOD else ("fell", "rose")
    parts: list[Node] = []
    for kind, word in ((worse, "worse"), (better, "better"), ("flat", "flat")):
        units = kinds.get(text(f"trend.short_{kind}"), [])
        if units:
            parts.append(run(text(f"trend.title_{word}", count=len(units), names=_names(units)), look=LOOKS[word]))
    title = [rows.scope_name, text("trend.title_units", name=view.name, count=len(rows.scoped))]
    if not parts:
        return [*title, text("trend.title_unknown")]
    return [*title, *separated(parts, text("headline.separator"))]


def _names(units: Sequence[UnitStatusRow]) -> str:
    few = len(units) <= MOST_NAMES
    return text("trend.title_names", names="、".join(u.short_name for u in units)) if few else ""


def _others(view: TrendView) -> str:
    """The units that the title does not name: no one direction, too few years, no return; and how many are good."""
    kinds = Counter(direction(view, u.district_code, short=True) for u in view.rows.scoped)
    clauses = [
        text(f"trend.sub_{kind}", count=kinds[text(f"trend.short_{kind}")])
        for kind in ("mixed", "few", "not_reported")
        if kinds[text(f"trend.short_{kind}")]
    ]
    if view.measure in ("cv", "share"):
        clauses.insert(
            0, text("trend.sub_good", count=sum(view.is_good(u.district_code) is True for u in view.rows.scoped))
        )
    return "".join(clauses)


def _since_a_year(view: TrendView) -> str:
    """How the chosen unit's CV changed since the year before, and what it is compared with."""
    place = (view.rows.state.district, view.stage, view.indicator.indicator_code)
    row = next((c for c in view.rows.cvs if (c.district_code, c.stage, c.indicator_code) == place), None)
    if row is None or view.measure != "cv":
        return ""
    if row.incomparable_reason is not None:
        return text("trend.year_incomparable", words=change_tip(view.rows, row))
    return text("trend.year_change", words=change_words(row)[0], against=change_tip(view.rows, row))
