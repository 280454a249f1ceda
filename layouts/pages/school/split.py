"""How the shared resources of a mixed school are divided among its stages, step by step."""

from decimal import Decimal

from data.rows.school import SchoolSectionRow
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, column, data_table
from layouts.components.elements import list_item, numbered_list, scroll_region
from layouts.markup import Node
from layouts.pages.school.rows import SchoolView
from layouts.parts.frame import section
from layouts.proof.formula import exact, weighted_pupils


def split(view: SchoolView) -> list[Node]:
    """The section; nothing for a school of one stage."""
    shared = [c for c in view.sections if c.is_split and c.total is not None]
    if len(view.pupils) < 2 or not shared:  # noqa: PLR2004
        return []
    columns: list[Column[SchoolSectionRow]] = [
        column("school.split_", "stage", lambda c: text(f"stage.{c.stage}")),
        column("school.split_", "indicator", lambda c: c.indicator_name),
        column("school.split_", "whole", lambda c: _amount(c.total, c.gap_unit, 2), Kind.AMOUNT),
        column("school.split_", "part", lambda c: _amount(c.section_total, c.gap_unit, 3), Kind.AMOUNT),
        column("school.split_", "value", _value, Kind.NUMBER),
    ]
    table = data_table(columns, shared, name=text("sheet.split"), key=lambda c: c.stage + c.indicator_code)
    reached = scroll_region(table, label=text("sheet.split"), look="split-table")
    return [section(text("school.split_title"), numbered_list(_steps(view), look="steps"), reached)]


def _steps(view: SchoolView) -> list[Node]:
    """The weights, the weighted pupils in all, and each stage's share of them."""
    pupils, weights = view.pupils, view.weights
    weighted = {stage: weights[stage] * count for stage, count in pupils.items()}
    total = sum(weighted.values())
    weight_words = [
        text("school.split_weight", stage=text(f"stage.{stage}"), weight=exact(weights[stage]), pupils=exact(count))
        for stage, count in pupils.items()
    ]
    formula = weighted_pupils([(weights[stage], count) for stage, count in pupils.items()])
    shares = [
        text(
            "school.split_share",
            stage=text(f"stage.{stage}"),
            part=exact(weighted[stage]),
            total=exact(total),
            share=formatting.rounded(weighted[stage] / total * 100, 4),
        )
        for stage in view.stages
        if stage in pupils
    ]
    return [
        list_item(text("school.split_weights", weights="；".join(weight_words))),
        list_item(text("school.split_total", formula=formula, total=exact(total))),
        *[list_item(share, key=str(number)) for number, share in enumerate(shares)],
    ]


def _amount(amount: Decimal | float | None, unit: str, digits: int) -> Cell | str:
    """The resource in all, or the section's part of it."""
    if amount is None:
        return formatting.NONE
    return cell(formatting.rounded(amount, digits) + unit, value=amount, unit=unit)


def _value(row: SchoolSectionRow) -> Cell:
    return cell(formatting.value(row.section_value, row.threshold), value=row.section_value, look="b")
