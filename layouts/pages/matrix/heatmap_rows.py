"""The sections of one district in the chosen order, folded as chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.catalogue.tables import Threshold
from data.rows.context import UnitContext
from data.rows.district import SectionRow
from data.rows.overview import UnitStatusRow

ALL = "all"
FAILING = "failing"
FEW = 15
"""Rows that leave a third of a screen empty."""


@dataclass(frozen=True)
class HeatmapView:
    """One district's sections; each a list of cells in indicator order."""

    rows: UnitContext
    unit: UnitStatusRow
    sections: Sequence[SectionRow]
    thresholds: Sequence[Threshold]

    @cached_property
    def by_section(self) -> list[list[SectionRow]]:
        """Cells grouped by section, in the chosen order."""
        grouped: dict[tuple[str, str], list[SectionRow]] = {}
        for cell in self.sections:
            grouped.setdefault((cell.school_code, cell.stage), []).append(cell)
        groups = list(grouped.values())
        sort = self.rows.state.sort
        if sort == "pupils":
            return sorted(groups, key=lambda g: -(g[0].pupils or 0))
        if sort == "name":
            return sorted(groups, key=lambda g: g[0].school_code)
        if sort:
            return sorted(groups, key=lambda g: _severity(g, sort))
        return groups

    @cached_property
    def shown(self) -> list[list[SectionRow]]:
        """Sections in scope that fail, use an exemption or cannot be judged; all of them on request."""
        if self.rows.state.only == ALL:
            return self.by_section
        if self.rows.state.only == FAILING:
            return [g for g in self.by_section if g[0].complies is False and g[0].is_in_scope]
        return [g for g in self.by_section if g[0].is_in_scope and any(c.is_met is not True for c in g)]

    @cached_property
    def folded(self) -> list[list[SectionRow]]:
        """Sections that lack nothing, where the few that do leave room for their names."""
        if self.rows.state.only or len(self.shown) > FEW:
            return []
        shown = {(g[0].school_code, g[0].stage) for g in self.shown}
        return [g for g in self.by_section if g[0].is_in_scope and (g[0].school_code, g[0].stage) not in shown]


def _severity(group: Sequence[SectionRow], indicator: str) -> tuple[int, float]:
    cell = next((c for c in group if c.indicator_code == indicator), None)
    if cell is None or cell.is_met is None:
        return 1, 0.0
    return (2, 0.0) if cell.is_met else (0, -cell.school_gap)
