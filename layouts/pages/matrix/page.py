"""指标矩阵: the city's table, or one district's."""

from data.rows.context import UnitContext
from data.text import text
from layouts.components.heads import page_head, page_title
from layouts.ids import MatrixId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.matrix import city, heatmap
from layouts.pages.matrix.heatmap_rows import HeatmapView
from layouts.pages.matrix.rows import MatrixView
from layouts.parts.frame import Filter
from layouts.parts.left_out import left_out
from layouts.parts.source import source_line
from layouts.routes import MATRIX


def city_panels(view: MatrixView, filters: list[Filter]) -> list[AnyPanel]:
    """Units by items."""
    rows = view.rows
    source = text(f"matrix.source{'_stage' if rows.has_stage else ''}", stage=text(f"stage.{rows.state.stage}"))
    source += "".join(note + text("sub.stop") for note in left_out(rows))
    return _panels(rows, filters, city.headline_panel(view), city.table(view), source)


def district_panels(view: HeatmapView, filters: list[Filter]) -> list[AnyPanel]:
    """Sections by indicators."""
    return _panels(view.rows, filters, heatmap.headline_panel(view), heatmap.table(view), text("heatmap.source"))


def _panels(
    rows: UnitContext, filters: list[Filter], headline: list[Node], table: list[Node], source: str
) -> list[AnyPanel]:
    head = page_head(route=MATRIX, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(MatrixId.HEAD, "head", head),
        Panel(MatrixId.ANSWER, "answer", headline),
        Panel(MatrixId.TABLE, "table-panel", table),
        Panel(MatrixId.SOURCE, "source-panel", [source_line(rows, MATRIX.draws, source)]),
    ]


def document_title(rows: UnitContext) -> str:
    """Browser tab and history entry."""
    return page_title(rows.scope_name, text("navigation.matrix"))
