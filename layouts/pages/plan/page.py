"""规划进度 as a list of panels."""

from data.rows.overview import UnitStatusRow
from data.rows.plan import Outlook
from data.text import text
from layouts.ids import PlanId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.overview.outlook import in_time_words
from layouts.pages.plan.board import board
from layouts.pages.plan.items import item_table
from layouts.pages.plan.rows import PlanView
from layouts.pages.plan.side import side
from layouts.parts.forecast import (
    date_sentence,
    dots,
    is_dated,
    outlook_rest,
    progress_words,
    slowest_sentence,
    target_sentence,
)
from layouts.parts.frame import Filter, filter_bar, header
from layouts.parts.source import source_line
from layouts.routes import PLAN

COUNTED = ("overdue", "late", "uncertain")
"""What the sentence below the heading counts, by phase."""


def panels(view: PlanView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(PLAN, rows.state), filter_bar(filters, rows.snapshot, PLAN.draws)]
    method = text("plan.method", years=int(rows.parameters["forecast_horizon"]))
    return [
        Panel(PlanId.HEAD, "head", head),
        Panel(PlanId.ANSWER, "answer", _answer(view)),
        Panel(PlanId.BOARD, "board-panel", [*board(view), *item_table(view)]),
        Panel(PlanId.SIDE, "side-panel", side(view)),
        Panel(PlanId.SOURCE, "source-panel", [_how(view), source_line(rows, PLAN.draws, method)]),
    ]


def document_title(view: PlanView) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (view.rows.scope_name, text("navigation.plan"), text("app.name")) if w)


def _answer(view: PlanView) -> list[Node]:
    rows, outlook = view.rows, view.outlook
    if rows.chosen is not None or (len(rows.scoped) == 1 and not rows.sees_all):
        return _unit_answer(view, rows.chosen or rows.scoped[0])
    planned = outlook.planned[outlook.coming.target_year]
    heading: list[Node] = [
        rows.scope_name,
        text("plan.title", year=outlook.coming.target_year, planned=planned),
        _expected(outlook),
        "" if outlook.expected is None else outlook_rest(outlook),
    ]
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, text("plan.stop").join(_facts(view))),
    ]


def _expected(outlook: Outlook) -> Node:
    if outlook.expected is None:
        return h("span", {"className": "mut"}, text("plan.expected_none"))
    return h(
        "span",
        {"className": "c-fail" if outlook.missing else "c-ok"},
        text(f"plan.expected_{'short' if outlook.missing else 'enough'}", expected=outlook.expected),
    )


def _unit_answer(view: PlanView, unit: UnitStatusRow) -> list[Node]:
    words = [
        text("plan.status_words", status=progress_words(view.rows, unit), met=unit.met_count, total=unit.item_count)
        if unit.is_reported
        else text("sub.not_reported")
    ]
    if unit.progress != "met":
        words += [date_sentence(unit), slowest_sentence(view.rows, unit), target_sentence(unit)]
    chance = [] if unit.chance is None or unit.progress == "met" else [dots(view.rows, unit.chance)]
    small_print = text("forecast.small_print")
    if is_dated(unit) and view.passive is not None and view.passive.passive_count:
        small_print += text("forecast.passive", closed=view.passive.closed_count, passive=view.passive.passive_count)
    return [
        h(
            "h1",
            {"id": "content", "tabIndex": -1, "className": "small"},
            unit.name,
            h("span", {"className": f"t-{unit.progress}"}, text(f"level.{unit.standing}")),
            in_time_words(view.rows, unit),
        ),
        h("p", {"className": "sub"}, *chance, text("plan.stop").join(w for w in words if w)),
        h("p", {"className": "src"}, small_print),
    ]


def _facts(view: PlanView) -> list[str]:
    facts: list[str] = []
    for phase in view.rows.phases:
        units = view.units_of(phase)
        for level in COUNTED:
            count = sum(1 for u in units if u.progress == level)
            if count:
                facts.append(text(f"plan.{level}", phase=phase.short_name, count=count, year=phase.target_year))
    silent = [u for u in view.rows.scoped if not is_dated(u) and u.progress not in ("met", *COUNTED)]
    if silent:
        facts.append(text("plan.silent", count=len(silent)))
    return facts


def _how(view: PlanView) -> Node:
    """怎么算的: the method, how it did, and what cannot be shown."""
    check = view.check
    lines = [text("plan.how_method"), text("plan.how_chance"), text("plan.how_limits"), text("plan.how_dates")]
    if check.foretold_count:
        lines.append(
            text(
                "plan.how_check",
                count=check.foretold_count,
                inside=check.inside_count,
                claimed=round(check.claimed_share * check.foretold_count),
            )
        )
    return h(
        "details",
        {"className": "how"},
        h("summary", {}, text("plan.how")),
        *[h("p", {"key": str(n)}, line) for n, line in enumerate(lines)],
    )
