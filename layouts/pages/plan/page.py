"""规划进度: the panels of the page and the title of its document."""

from data.rows.overview import UnitStatusRow
from data.rows.plan import Outlook
from data.text import text
from layouts.components.elements import disclosure, paragraph, run
from layouts.components.gloss import glossed
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import PlanId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.overview.plan_forecast import in_time_words
from layouts.pages.plan.board import board
from layouts.pages.plan.items import item_table
from layouts.pages.plan.rows import PlanView
from layouts.pages.plan.side import side
from layouts.parts.forecast import (
    date_sentence,
    dots,
    is_dated,
    missing_words,
    outlook_rest,
    progress_words,
    slowest_sentence,
    target_sentence,
)
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.parts.task_coverage import coverage_beside_forecast, unit_coverage
from layouts.routes import PLAN

COUNTED = ("overdue", "late", "uncertain")
"""What the sentence below the heading counts, by phase."""


def panels(view: PlanView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=PLAN, state=rows.state, snapshot=rows.snapshot, filters=filters)
    method = text("plan.method", years=int(rows.parameters["forecast_horizon"]))
    return [
        Panel(PlanId.HEAD, "head", head),
        Panel(PlanId.ANSWER, "answer", _headline(view)),
        Panel(PlanId.BOARD, "board-panel", [*board(view), *item_table(view), *_promised(view)]),
        Panel(PlanId.SIDE, "side-panel", side(view)),
        Panel(PlanId.SOURCE, "source-panel", [_how(view), source_line(rows, PLAN.draws, method)]),
    ]


def document_title(view: PlanView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.plan"))


def _headline(view: PlanView) -> list[Node]:
    rows, outlook = view.rows, view.outlook
    if rows.chosen is not None or (len(rows.scoped) == 1 and not rows.sees_all):
        return _unit_headline(view, rows.chosen or rows.scoped[0])
    year = outlook.coming.target_year
    return headline(
        rows.scope_name,
        text("plan.title", year=year, planned=outlook.planned[year]),
        _expected(outlook),
        "" if outlook.expected is None else outlook_rest(outlook),
        sub=glossed(text("plan.stop").join(_facts(view)), "late", "uncertain"),
    )


def _expected(outlook: Outlook) -> Node:
    if outlook.expected is None:
        return run(text("plan.expected_none"), look="mut")
    key = "short" if outlook.missing else "enough"
    sentence = text(f"plan.expected_{key}", expected=outlook.expected)
    return run(sentence, look="c-fail" if outlook.missing else "c-ok")


def _unit_headline(view: PlanView, unit: UnitStatusRow) -> list[Node]:
    """The state of one unit, its date and chance, and what the forecast leaves out."""
    sentences = [
        text("plan.status_words", status=progress_words(view.rows, unit), met=unit.met_count, total=unit.item_count)
        if unit.is_reported
        else text("sub.not_reported")
    ]
    if unit.progress != "met":
        sentences += [date_sentence(unit), slowest_sentence(view.rows, unit), target_sentence(unit)]
    chance = [] if unit.chance is None or unit.progress == "met" else [dots(view.rows, unit.chance)]
    small_print = text("forecast.small_print")
    if is_dated(unit) and view.passive is not None and view.passive.passive_count:
        small_print += text("forecast.passive", closed=view.passive.closed_count, passive=view.passive.passive_count)
    verdict = run(text(f"level.{unit.standing}"), look=f"t-{unit.progress}")
    sub = [*chance, text("plan.stop").join(w for w in sentences if w)]
    title = headline(unit.name, verdict, in_time_words(view.rows, unit), sub=sub)
    return [*title, paragraph(small_print, look="src")]


def _facts(view: PlanView) -> list[str]:
    facts: list[str] = []
    for phase in view.rows.phases:
        units = view.units_of(phase)
        for level in COUNTED:
            count = sum(1 for u in units if u.progress == level)
            if count:
                facts.append(text(f"plan.{level}", phase=phase.short_name, count=count, year=phase.target_year))
    return facts + missing_words(view.rows)


def _promised(view: PlanView) -> list[Node]:
    """What tasks promise of today's bill: of one unit by indicator, of several beside their forecasts."""
    if not view.coverage:
        return []
    if view.rows.chosen is not None:
        return [unit_coverage(view.coverage[0], {i.indicator_code: i.short_name for i in view.rows.indicators})]
    return [coverage_beside_forecast(view.coverage, view.rows.scoped)]


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
    return disclosure(text("plan.how"), *[paragraph(line, key=str(n)) for n, line in enumerate(lines)], look="how")
