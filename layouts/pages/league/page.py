"""区县对比 as a list of panels."""

from data.text import text
from layouts import formatting
from layouts.ids import LeagueId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Custom, Panel
from layouts.pages.league.grid import grid
from layouts.pages.league.rows import LeagueView, first_paint, grid_rows
from layouts.pages.league.side import side
from layouts.parts.frame import Filter, filter_bar, header
from layouts.parts.source import source_line
from layouts.routes import LEAGUE


def panels(view: LeagueView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(LEAGUE, rows.state), filter_bar(filters, rows.snapshot, LEAGUE.draws)]
    table = grid_rows(view)
    return [
        Panel(LeagueId.HEAD, "head", head),
        Panel(LeagueId.ANSWER, "answer", _answer(view)),
        Custom(LeagueId.GRID, "grid-panel", grid(table, view), table, first_paint(table)),
        Panel(LeagueId.SIDE, "side-panel", side(view)),
        Panel(LeagueId.SOURCE, "source-panel", [_source(view)]),
    ]


def document_title(view: LeagueView) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (view.rows.scope_name, text("navigation.league"), text("app.name")) if w)


def _answer(view: LeagueView) -> list[Node]:
    units = view.ordered
    if view.rows.chosen is not None:
        unit = view.rows.chosen
        words = {"name": unit.name, "word": text(f"level.{unit.verdict}")}
        heading: list[Node] = [
            text("league.title_district", total=unit.item_count, met=unit.met_count, **words)
            if unit.is_reported
            else text("sub.about_unit", name=unit.name, words=text("level.not_reported"))
        ]
    else:
        counts = {v: sum(1 for u in units if u.verdict == v) for v in ("met", "near", "unmet")}
        lead = view.rows.scope_name
        heading = [
            lead + text("league.title_all", met=counts["met"], near=counts["near"]),
            h("span", {"className": "c-fail"}, text("league.title_gap", count=counts["unmet"])),
        ]
    grouped = view.rows.state.grouping != "none"
    sentences = [text("league.sub_grouped" if grouped else "league.sub")]
    tied = [u.short_name for u in units if view.rows.ranks[u.district_code].is_tied]
    if tied:
        step = formatting.rounded(view.rows.parameters["cv_display_step"], 3)
        sentences.append(text("league.ties", names="、".join(tied), step=step))
    for unit in units:
        worst = unit.worst
        if worst is None or worst.is_within_limit:
            continue
        words = formatting.cv(worst.cv, worst.cv_limit)
        if formatting.cv(worst.cv) != words:
            sentences.append(text("league.hidden_ties", name=unit.short_name, cv=words))
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, "".join(sentences)),
    ]


def _source(view: LeagueView) -> Node:
    rows = view.rows
    counts = {v: sum(1 for u in view.ordered if u.standing == v) for v in ("veto", "not_reported")}
    counts["undecidable"] = sum(1 for u in view.ordered if u.is_reported and rows.ranks[u.district_code].is_undecided)
    foot = text("league.foot", count=len(view.ordered), unranked=text("league.foot_unranked", **counts))
    total = rows.most_items
    return h(
        "div",
        {},
        h("p", {"className": "grid-foot"}, h("span", {}, foot), h("span", {"className": "mut"}, text("league.keys"))),
        source_line(rows, LEAGUE.draws, text("league.source", total=total), text("league.progress_words")),
    )
