"""Size, class size and special rooms of one school (G3–G5), from its own return."""

from data.rows.school import LimitRow
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell, file_column, headless_table, verdict_cell
from layouts.components.data_table import Cell, Column, Kind, cell
from layouts.markup import Node
from layouts.pages.school.rows import LEVELS, SchoolView
from layouts.parts.frame import section


def limits(view: SchoolView) -> list[Node]:
    """The section: one line per limit with what the school has."""
    columns: list[Column[LimitRow]] = [
        file_column("file_head.item", lambda limit: f"{limit.item_code} {_name(limit.kind)}"),
        file_column("file_head.amount", lambda limit: count_cell(limit.amount, look="b"), Kind.COUNT),
        file_column("file_head.standard", _line, Kind.COUNT),
        file_column("file_head.verdict", lambda limit: verdict_cell(LEVELS[limit.is_met]), Kind.VERDICT),
    ]
    table = headless_table(columns, view.limits, name=text("sheet.limits"), key=lambda limit: _name(limit.kind))
    return [section(text("school.limits_title"), table)]


def _line(limit: LimitRow) -> Cell:
    if limit.line is None:
        return cell("", look="mut")
    bound = "at_least" if limit.item_code == "G3" else "at_most"
    return cell(text(f"school.{bound}", limit=formatting.count(limit.line)), look="mut")


def _name(kind: str) -> str:
    if kind == "size":
        return text("school.size")
    if kind in ("music", "art"):
        return text(f"school.{kind}_rooms")
    return text("school.largest_class", stage=text(f"stage.{kind}"))
