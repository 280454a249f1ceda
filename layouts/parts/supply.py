"""Words for what must be supplied: by the school, for one section, or nothing."""

from collections.abc import Sequence
from typing import Any

from data.text import text
from layouts import formatting


def is_spare(cell: Any) -> bool:
    """Short of the threshold, but the section's exempt item: nothing is owed."""
    return cell.is_met is False and not cell.required_gap


def owed(cell: Any, unit: str) -> str:
    """What the school owes for a section's failing indicator."""
    if is_spare(cell):
        return text("supply.spare")
    amount = formatting.gap(cell.school_gap, unit)
    if cell.driving_stage != cell.stage:
        return text("supply.with", stage=text(f"stage.{cell.driving_stage}"), gap=amount)
    return text("proof.lacks", gap=amount)


def owed_by_school(cell: Any, unit: str) -> str:
    """The same in full: the school's amount, which section drives it, what this one receives."""
    amount = formatting.gap(cell.school_gap, unit)
    if is_spare(cell) or not cell.received_gap < cell.school_gap:
        return owed(cell, unit)
    received = formatting.received(cell.received_gap, unit)
    key = "school" if cell.driving_stage == cell.stage else "school_with"
    return text(f"supply.{key}", gap=amount, stage=text(f"stage.{cell.stage}"), received=received,
                driver=text(f"stage.{cell.driving_stage}"))  # fmt: skip


def total(cells: Sequence[Any], unit: str, stage: str = "both") -> str:
    """The sum of what schools owe, each supply counted once; for one stage, what it requires."""
    owed_of = (c.binding_gap if stage == "both" else c.required_gap for c in cells)
    return formatting.gap(sum(owed_of), unit)
