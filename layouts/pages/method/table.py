"""The tables of the 口径 page: of the catalogue, and of its dated rules."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from data.catalogue.recognition_tables import RecognitionBatch
from data.catalogue.tables import (
    CvLimit,
    DistrictSuccession,
    Item,
    Parameter,
    PlanPhase,
    SchoolRule,
    ScopeRule,
    SplitWeight,
    Threshold,
)
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Kind, TableLook, cell, column, data_table
from layouts.components.elements import paragraph, scroll_region
from layouts.markup import Node
from layouts.pages.method.rows import MethodView
from layouts.parts.frame import section

SHORT = 24  # characters that stay on one line
KINDS = {"day": Kind.DATE, "line": Kind.NUMBER, "units": Kind.COUNT}
"""Columns that hold no words."""


Rule = CvLimit | Item | Parameter | PlanPhase | SchoolRule | ScopeRule | SplitWeight | Threshold
"""A row that holds from a day on, until another unless it is open, and says where it stands."""
Row = TypeVar("Row")
RuleRow = TypeVar("RuleRow", bound=Rule)
Show = Callable[[Row], str | date | Cell]


def line_cell(sign: str, line: Decimal, unit: str = "") -> Cell:
    """A line that is to be reached, or not to be passed."""
    return cell(f"{sign} {formatting.plain(line)}{unit}", value=line, look="tight")


def catalogue_table(title: str, rows: Sequence[Row], /, *, lead: str = "", **columns: Show[Row]) -> Node:
    """A section of the page: its title, a sentence before it, and one line per row."""
    caption = text(f"method.{title}")
    table = data_table(
        [
            column("method.col_", name, partial(_cell, show), KINDS.get(name, Kind.TEXT))
            for name, show in columns.items()
        ],
        rows,
        name=caption,
        look=TableLook(table="mini method-table", is_aligned=False),
    )
    return section(
        caption,
        paragraph(lead, look="d") if lead else None,
        scroll_region(table, label=caption, look="scroll-table"),
        identity=f"method-{title}",
    )


def rule_table(
    view: MethodView, title: str, rows: Sequence[RuleRow], /, *, lead: str = "", **columns: Show[RuleRow]
) -> Node:
    """A table of dated rules: since when, by which document, and whether that confirms it."""
    validity: dict[str, Show[RuleRow]] = {
        "span": _span,
        "source": lambda rule: view.document(rule.source_code),
        "state": confirmed,
    }
    return catalogue_table(title, rows, lead=lead, **columns, **validity)


def _cell(show: Show[Row], row: Row) -> Cell:
    """What a column shows of a row; what is short stays on one line."""
    shown = show(row)
    if isinstance(shown, Cell):
        return shown
    printed, day = (shown, None) if isinstance(shown, str) else (formatting.day(shown), shown)
    return cell(printed, value=day, look="tight" if len(printed) < SHORT else "")


def _span(rule: Rule) -> str:
    since = formatting.day(rule.valid_from)
    until = text("method.open") if rule.valid_to is None else formatting.day(rule.valid_to)
    return f"{since}–{until}"


def confirmed(row: Rule | DistrictSuccession | RecognitionBatch) -> str:
    """Whether a row is confirmed by its source."""
    return text("method.confirmed" if row.is_confirmed else "method.unconfirmed")
