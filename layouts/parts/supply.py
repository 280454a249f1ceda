"""Words for what must be supplied: by the school, for one section, or nothing."""

from collections.abc import Sequence
from typing import Protocol

from data.text import text
from data.view_state import STAGES
from layouts import formatting


class Cell(Protocol):
    """One indicator of one section, and what it and its school owe in natural units."""

    @property
    def stage(self) -> str:
        """`primary` or `junior`."""
        ...

    @property
    def is_met(self) -> bool | None:
        """Whether it reaches the threshold; None where that cannot be judged."""
        ...

    @property
    def required_gap(self) -> float:
        """What this section requires."""
        ...

    @property
    def school_gap(self) -> float:
        """What the school owes in all."""
        ...

    @property
    def driving_stage(self) -> str:
        """The section that drives it."""
        ...


class SharedCell(Cell, Protocol):
    """The same with what the section receives of the school's supply."""

    @property
    def received_gap(self) -> float:
        """Its share."""
        ...


class BilledCell(Protocol):
    """A cell's part of a bill."""

    @property
    def required_gap(self) -> float:
        """What this section requires."""
        ...

    @property
    def binding_gap(self) -> float:
        """What the school owes, counted once on the section that drives it."""
        ...


def unmet_elsewhere(stage: str) -> str:
    """Why a resource item fails of which nothing in view is short: with one stage in view, the other alone."""
    if stage == STAGES[0]:
        return text("level.unmet")
    other = next(s for s in STAGES[1:] if s != stage)
    return text("matrix.level_elsewhere", stage=text(f"stage.{other}"))


def is_spare(cell: Cell) -> bool:
    """Short of the threshold, but the section's exempt item: nothing is owed."""
    return cell.is_met is False and not cell.required_gap


def owed(cell: Cell, unit: str, stage: str = "both") -> str:
    """What the school owes for a section's failing indicator; with one stage in view, what that requires."""
    if is_spare(cell):
        return text("supply.spare")
    if stage != "both":
        return text("proof.lacks", gap=formatting.gap(cell.required_gap, unit))
    amount = formatting.gap(cell.school_gap, unit)
    if cell.driving_stage != cell.stage:
        return text("supply.with", stage=text(f"stage.{cell.driving_stage}"), gap=amount)
    return text("proof.lacks", gap=amount)


def owed_by_school(cell: SharedCell, unit: str) -> str:
    """The same in full: the school's amount, which section drives it, what this one receives."""
    amount = formatting.gap(cell.school_gap, unit)
    if is_spare(cell) or not cell.received_gap < cell.school_gap:
        return owed(cell, unit)
    received = formatting.received(cell.received_gap, unit)
    key = "school" if cell.driving_stage == cell.stage else "school_with"
    return text(
        f"supply.{key}",
        gap=amount,
        stage=text(f"stage.{cell.stage}"),
        received=received,
        driver=text(f"stage.{cell.driving_stage}"),
    )


def total(cells: Sequence[BilledCell], unit: str, stage: str = "both") -> str:
    """The sum of what schools owe, each supply counted once; for one stage, what it requires."""
    owed_of = (c.binding_gap if stage == "both" else c.required_gap for c in cells)
    return formatting.gap(sum(owed_of), unit)


def most_named(counted: Sequence[tuple[str, float]], shown: int, kind: str) -> str:
    """The first few, most first; where further ones lack as much as the last named, how many they are in all."""
    named = counted[:shown]
    as_many = sum(lacks == named[-1][1] for _, lacks in counted[shown:]) if named else 0
    listing = "、".join(name for name, _ in named)
    return listing + text(f"supply.more_{kind}", count=len(named) + as_many) if as_many else listing
