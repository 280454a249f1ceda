"""区县对比: the panels of the page and the title of its document."""

from collections import Counter
from collections.abc import Iterator

from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.elements import block, paragraph, run
from layouts.components.gloss import glossed
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import LeagueId
from layouts.markup import Node
from layouts.page import AnyPanel, ComponentPanel, Panel
from layouts.pages.league.grid import grid
from layouts.pages.league.rows import LeagueView, first_paint, grid_rows
from layouts.pages.league.side import side
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.routes import LEAGUE


def panels(view: LeagueView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=LEAGUE, state=rows.state, snapshot=rows.snapshot, filters=filters)
    table = grid_rows(view)
    return [
        Panel(LeagueId.HEAD, "head", head),
        Panel(LeagueId.ANSWER, "answer", _headline(view)),
        ComponentPanel(LeagueId.GRID, "grid-panel", grid(table, view), table, first_paint(view, table)),
        Panel(LeagueId.SIDE, "side-panel", side(view)),
        Panel(LeagueId.SOURCE, "source-panel", [_source(view)]),
    ]


def document_title(view: LeagueView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.league"))


def _headline(view: LeagueView) -> list[Node]:
    title = _unit_words(view.rows.chosen) if view.rows.chosen is not None else _city_words(view)
    return headline(*title, sub=glossed("".join(_sentences(view)), "cv"))


def _unit_words(unit: UnitStatusRow) -> list[Node]:
    if not unit.is_reported:
        return [text("sub.about_unit", name=unit.name, words=text("sub.not_reported"))]
    word = text(f"level.{unit.verdict}")
    return [text("league.title_district", name=unit.name, word=word, total=unit.item_count, met=unit.met_count)]


def _city_words(view: LeagueView) -> list[Node]:
    if view.rows.is_silent:
        return [view.rows.scope_name, text("sub.not_reported")]
    counts = Counter(u.verdict for u in view.ordered)
    lead = view.rows.scope_name + text("league.title_all", met=counts["met"], near=counts["near"])
    return [*glossed(lead, "near"), run(text("league.title_gap", count=counts["unmet"]), look="c-fail")]


def _sentences(view: LeagueView) -> Iterator[str]:
    """How the list is ordered, who shares a place, and which CV is over its limit but printed as it."""
    yield text("league.sub" if view.rows.state.grouping == "none" else "league.sub_grouped")
    tied = _tied(view)
    if tied:
        step = formatting.rounded(view.rows.parameters["cv_display_step"], 3)
        yield text("league.ties" if len(tied) == 1 else "league.ties_several", names="、".join(tied), step=step)
    for unit in view.ordered:
        worst = unit.worst
        if worst is None or worst.is_within_limit:
            continue
        printed = formatting.cv(worst.cv, worst.cv_limit)
        if formatting.cv(worst.cv) != printed:
            yield text("league.hidden_ties", name=unit.short_name, cv=printed)


def _tied(view: LeagueView) -> list[str]:
    """Who shares each place, by name; one whose like is not in view shares it with a unit not named."""
    places: dict[int | None, list[str]] = {}
    for unit in view.ordered:
        rank = view.rows.ranks[unit.district_code]
        if rank.is_tied:
            places.setdefault(rank.city_place, []).append(unit.short_name)
    others = [text("league.tied_unseen")]
    return [text("league.tied_and").join(n if len(n) > 1 else n + others) for n in places.values()]


def _source(view: LeagueView) -> Node:
    rows = view.rows
    counts = {v: sum(1 for u in view.ordered if u.standing == v) for v in ("veto", "not_reported")}
    counts["undecidable"] = sum(1 for u in view.ordered if u.is_reported and rows.ranks[u.district_code].is_undecided)
    foot = text("league.foot", count=len(view.ordered), unranked=text("league.foot_unranked", **counts))
    return block(
        paragraph(run(foot), run(text("league.keys"), look="mut"), look="grid-foot"),
        source_line(rows, LEAGUE.draws, text("league.source", total=rows.most_items), text("league.progress_words")),
    )
