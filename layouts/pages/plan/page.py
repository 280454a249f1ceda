"""规划进度 as a list of panels."""

from typing import Any

from data.text import text
from layouts import formatting
from layouts.ids import PlanId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.overview.outlook import in_time_words
from layouts.pages.plan.board import board
from layouts.pages.plan.items import item_table
from layouts.pages.plan.rows import PlanView
from layouts.pages.plan.side import side
from layouts.parts.frame import Filter, filter_bar, header
from layouts.parts.source import source_line
from layouts.routes import PLAN

EVEN_CHANCE = 0.5


def panels(view: PlanView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(PLAN, rows.state),
            filter_bar(filters, rows.snapshot, PLAN.draws)]  # fmt: skip
    method = text("plan.method", window=int(rows.parameters["projection_window"]),
                  points=int(rows.parameters["projection_points"]))  # fmt: skip
    return [
        Panel(PlanId.HEAD, "head", head),
        Panel(PlanId.ANSWER, "answer", _answer(view)),
        Panel(PlanId.BOARD, "board-panel", [*board(view), *item_table(view)]),
        Panel(PlanId.SIDE, "side-panel", side(view)),
        Panel(PlanId.SOURCE, "source-panel", [source_line(rows, PLAN.draws, method)]),
    ]


def document_title(view: PlanView) -> str:
    """Browser tab and history entry."""
    return " · ".join(
        w for w in (view.rows.scope_name, text("navigation.plan"), text("app.name")) if w
    )


def _answer(view: PlanView) -> list[Node]:
    rows, outlook = view.rows, view.outlook
    if rows.chosen is not None:
        return _unit_answer(view, rows.chosen)
    planned = outlook.planned[outlook.coming.target_year]
    is_short = outlook.expected < planned
    heading: list[Node] = [
        rows.scope_name,
        text("plan.title", year=outlook.coming.target_year, planned=planned),
        h("span", {"className": "c-fail" if is_short else "c-ok"},
          text(f"plan.expected_{'short' if is_short else 'enough'}", expected=outlook.expected)),
    ]  # fmt: skip
    return [h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
            h("p", {"className": "sub"}, text("plan.stop").join(_facts(view)))]  # fmt: skip


def _unit_answer(view: PlanView, unit: Any) -> list[Node]:
    found = view.forecasts.get(unit.district_code)
    words = [text("plan.status_words", status=text(f"level.{unit.progress}"),
                  met=unit.met_count, total=unit.item_count)]  # fmt: skip
    if found is not None and found.chance is not None and unit.progress != "met":
        words.append(text("plan.unit_chance", year=unit.target_year,
                          chance=formatting.share(found.chance)))  # fmt: skip
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, unit.name,
          h("span", {"className": f"t-{unit.progress}"}, text(f"level.{unit.verdict}")),
          in_time_words(unit, view.rows.parameters["projection_horizon"])),
        h("p", {"className": "sub"}, text("plan.stop").join(words)),
    ]  # fmt: skip


def _facts(view: PlanView) -> list[str]:
    facts: list[str] = []
    for phase in view.rows.phases:
        units = view.units_of(phase)
        overdue = sum(1 for u in units if u.progress == "overdue")
        if overdue:
            facts.append(text("plan.overdue", phase=phase.short_name, count=overdue))
        late = [u for u in units if u.progress == "late"]
        if late:
            known = [
                f.middle
                for u in late
                if (f := view.forecasts.get(u.district_code)) and f.middle is not None
            ]
            facts.append(text("plan.late", phase=phase.short_name, count=len(late),
                              year=phase.target_year, unseen=len(late) - len(known)))  # fmt: skip
    uncertain = [u for u in view.rows.scoped if u.progress in ("on_plan", "late")
                 and (f := view.forecasts.get(u.district_code)) and f.chance is not None
                 and f.chance < EVEN_CHANCE]  # fmt: skip
    facts.append(text("plan.uncertain", count=len(uncertain)))
    horizon = int(view.rows.parameters["projection_horizon"])
    beyond = sum(1 for u in view.rows.scoped if u.progress in ("late", "overdue")
                 and (f := view.forecasts.get(u.district_code))
                 and f.middle is not None and f.middle >= horizon + 1)  # fmt: skip
    if beyond:
        facts.append(text("plan.beyond_count", count=beyond, year=horizon))
    return facts
