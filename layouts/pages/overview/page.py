"""总览: its panels, drawn alike in the first paint and live."""

from data.rows.context import UnitContext
from data.rows.plan import plan_outlook
from data.text import text
from layouts.charts.figure import figure_frame
from layouts.components.heads import page_head, page_title
from layouts.components.sections import heading, region
from layouts.ids import OverviewId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.overview.action_list import todo
from layouts.pages.overview.answer import headline_panel
from layouts.pages.overview.trend import trend
from layouts.pages.overview.unit_map import where
from layouts.pages.overview.unit_markers import unit_marks
from layouts.pages.overview.worst import missing, worst
from layouts.parts import recognition
from layouts.parts.chart_table import trend_table
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.routes import OVERVIEW


def panels(rows: UnitContext, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    chart = trend(rows)
    marks = unit_marks(rows)
    head = page_head(route=OVERVIEW, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(OverviewId.HEAD, "head", head),
        Panel(OverviewId.ANSWER, "answer", headline_panel(rows, marks)),
        Panel(OverviewId.MAP, "map-panel", where(rows, marks)),
        Panel(OverviewId.ACTIONS, "actions-panel", todo(rows)),
        Panel(OverviewId.TREND_TITLE, "trend-title", [region(heading(chart.title), trend_table(chart))]),
        Panel(OverviewId.TREND, "trend-figure", [figure_frame(chart)]),
        Panel(OverviewId.WORST, "worst-panel", worst(rows)),
        Panel(OverviewId.GAPS, "gaps-panel", missing(rows)),
        Panel(OverviewId.SOURCE, "source-panel", [_source(rows)]),
    ]


def document_title(rows: UnitContext) -> str:
    """Browser tab and history entry: scope and page."""
    return page_title(rows.scope_name, text("navigation.overview"))


def _source(rows: UnitContext) -> Node:
    more = recognition.public_words(rows)
    incomplete = [u.short_name for u in rows.units if not u.is_recast_complete]
    if incomplete:
        more.append(text("source.recast", names="、".join(incomplete)))
    method = text("trend.method", year=plan_outlook(rows).coming.target_year)
    return source_line(rows, OVERVIEW.draws, *more, method + text("sub.stop"))
