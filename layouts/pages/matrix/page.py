"""指标矩阵 as a list of panels: the city's table, or one district's."""

from data.rows.context import UnitContext
from data.text import text
from layouts.ids import MatrixId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.matrix import city, heatmap
from layouts.pages.matrix.heatmap_rows import HeatmapView
from layouts.pages.matrix.rows import MatrixView
from layouts.parts.frame import Filter, filter_bar, header
from layouts.parts.source import source_line
from layouts.routes import MATRIX


def city_panels(view: MatrixView, filters: list[Filter]) -> list[AnyPanel]:
    """Units by items."""
    rows = view.rows
    source = text(f"matrix.source{'_stage' if rows.has_stage else ''}", stage=text(f"stage.{rows.state.stage}"))
    return _panels(rows, filters, city.answer(view), city.table(view), source)


def district_panels(view: HeatmapView, filters: list[Filter]) -> list[AnyPanel]:
    """Sections by indicators."""
    return _panels(view.rows, filters, heatmap.answer(view), heatmap.table(view), text("heatmap.source"))


def _panels(
    rows: UnitContext, filters: list[Filter], answer: list[Node], table: list[Node], source: str
) -> list[AnyPanel]:
    head = [*header(MATRIX, rows.state), filter_bar(filters, rows.snapshot, MATRIX.draws)]
    return [
        Panel(MatrixId.HEAD, "head", head),
        Panel(MatrixId.ANSWER, "answer", answer),
        Panel(MatrixId.TABLE, "table-panel", table),
        Panel(MatrixId.SOURCE, "source-panel", [source_line(rows, MATRIX.draws, source)]),
    ]


def document_title(rows: UnitContext) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (rows.scope_name, text("navigation.matrix"), text("app.name")) if w)
