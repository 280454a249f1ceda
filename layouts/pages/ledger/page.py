"""问题台账: answer, progress, who is late, warnings, the issues, one issue."""

from data.text import text
from data.view_state import AS_WAS
from layouts import formatting
from layouts.components.elements import run
from layouts.components.gloss import glossed
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import LedgerId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.ledger.decided import decided
from layouts.pages.ledger.issue import issue_drawer
from layouts.pages.ledger.opening import opening_drawer, ways_to_open
from layouts.pages.ledger.owners import owners
from layouts.pages.ledger.rows import LedgerView, total
from layouts.pages.ledger.summary import overdue_by_unit, progress
from layouts.pages.ledger.table import issue_table
from layouts.pages.warn.summary import warning_summary
from layouts.parts.frame import Filter, section
from layouts.parts.source import source_line
from layouts.routes import LEDGER


def panels(view: LedgerView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=LEDGER, state=rows.state, snapshot=rows.snapshot, filters=filters)
    unbegun = section(text("ledger.not_begun"))
    return [
        Panel(LedgerId.HEAD, "head", head),
        Panel(LedgerId.ANSWER, "answer", _headline(view)),
        Panel(LedgerId.PROGRESS, "progress-panel", [progress(view) if view.is_begun else unbegun]),
        Panel(LedgerId.OVERDUE, "overdue-panel", [overdue_by_unit(view), owners(view)] if view.is_begun else []),
        Panel(LedgerId.WARNINGS, "warnings-panel", [warning_summary(rows, view.warnings)]),
        Panel(LedgerId.TABLE, "table-panel", [_issues(view)]),
        Panel(LedgerId.DECIDED, "decided-panel", decided(view)),
        Panel(LedgerId.ISSUE, "drawer", opening_drawer(view) or issue_drawer(view)),
        Panel(LedgerId.SOURCE, "source-panel", [_source(view)]),
    ]


def _issues(view: LedgerView) -> Node:
    ways = ways_to_open(view)
    return issue_table(view, ways) if view.is_begun else section(text("ledger.not_begun"), *ways)


def _source(view: LedgerView) -> Node:
    count = total(g for g in view.groups if g.is_demonstration)
    invented = text("ledger.source_demo", count=count) if count else ""
    return source_line(view.rows, LEDGER.draws, invented, text("ledger.source"), basis=AS_WAS)


def document_title(view: LedgerView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.ledger"))


def _standing(standing: int, late: int) -> list[Node]:
    if not standing:
        return [text("ledger.title_none")]
    lateness = run(text("ledger.title_late", late=late), look="c-fail") if late else text("ledger.title_none_late")
    return [text("ledger.title", open=standing), lateness]


def _headline(view: LedgerView) -> list[Node]:
    late, long = view.count("overdue"), view.count("accountable")
    name = view.rows.scope_name
    if not view.is_begun:
        return headline(text("ledger.scope", name=name) if name else "", text("ledger.not_begun"), sub=[""])
    heading: list[Node] = [text("ledger.scope", name=name) if name else "", *_standing(view.count("open"), late)]
    if long:
        heading.append(text("ledger.title_long", long=long, days=view.ages[1]))
    new = total(g for g in view.groups if g.is_new)
    closed = total(g for g in view.groups if g.is_closed_since)
    back = total(g for g in view.groups if g.is_back_since)
    since = formatting.day(view.since)
    lead = text("ledger.since_meeting", day=since) if view.has_meeting else text("ledger.since_day", day=since)
    subtitle = lead + text("ledger.since", new=new, closed=closed, back=back)
    if view.count("paper"):
        subtitle += text("ledger.paper", count=view.count("paper"))
    return headline(*heading, sub=glossed(subtitle, "rebounded", "paper"))
