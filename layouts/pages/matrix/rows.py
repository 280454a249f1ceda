"""The rows of the matrix, their level and direction, and the order they are shown in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.rows.context import UnitContext, largest_first
from data.rows.matrix import MatrixCellRow, MatrixItemRow
from data.rows.overview import UnitCvRow, UnitStatusRow
from layouts.parts.double_red import DOUBLE_RED

ELSEWHERE = "elsewhere"
CELL_LEVELS = ("met", "unmet", "veto", "undecidable", "unreported")
UNKNOWN = ("undecidable", "unreported")
RESOURCE = "resource_allocation"


@dataclass(frozen=True)
class MatrixView:
    """Units, items and cells of one period."""

    rows: UnitContext
    items: Sequence[MatrixItemRow]
    cells: dict[tuple[str, str], MatrixCellRow]

    @property
    def only(self) -> str:
        """What the cells are narrowed to; nothing by a word that narrows the sections of one unit."""
        only = self.rows.state.only
        return only if only in (*CELL_LEVELS, ELSEWHERE, DOUBLE_RED) else ""

    @cached_property
    def units(self) -> list[UnitStatusRow]:
        """Units in the chosen order; the group and administrative order is the default."""
        units = list(self.rows.scoped)
        kind, _, code = self.rows.state.sort.partition(".")
        if kind == "distance":
            return sorted(units, key=lambda u: self.rows.ranks[u.district_code].league_order)
        if kind == "item":
            return sorted(units, key=lambda u: self._severity(u.district_code, code))
        return units

    @cached_property
    def shown_items(self) -> list[MatrixItemRow]:
        """Items in official order, or the chosen unit's failing items first."""
        kind, _, code = self.rows.state.sort.partition(".")
        if kind != "row":
            return list(self.items)
        return sorted(self.items, key=lambda i: self._severity(code, i.item_code))

    def _severity(self, district_code: str, item_code: str) -> tuple[int, float]:
        cell = self.cells.get((district_code, item_code))
        if cell is None or cell.is_met is None:
            return 1, 0.0
        return (2, 0.0) if cell.is_met else (0, -(cell.missing_share or 0.0))

    def level(self, unit: UnitStatusRow, item: MatrixItemRow) -> str:
        """How a cell looks; with one stage in view an L item may be unmet for the other alone."""
        level = self._level_of_unit(unit, item)
        key = (unit.district_code, item.item_code)
        is_of_stage = item.dimension != RESOURCE or not self.rows.has_stage
        if level != "unmet" or is_of_stage or key in self._due:
            return level
        return ELSEWHERE

    @cached_property
    def _due(self) -> set[tuple[str, str]]:
        """Units and indicators that the stage in view itself keeps from being met."""
        short = {
            (g.district_code, g.indicator_code) for g in self.rows.gaps if g.section_count or g.spare_section_count
        }
        return short | set(self.over)

    @cached_property
    def over(self) -> dict[tuple[str, str], UnitCvRow]:
        """The largest CV over its limit of the stages in view, by unit and indicator."""
        largest: dict[tuple[str, str], UnitCvRow] = {}
        for cv in largest_first(c for c in self._cvs if c.is_within_limit is False):
            largest.setdefault((cv.district_code, cv.indicator_code), cv)
        return largest

    @property
    def _cvs(self) -> list[UnitCvRow]:
        return [c for c in self.rows.cvs if self.rows.state.stage in ("both", c.stage)]

    def _level_of_unit(self, unit: UnitStatusRow, item: MatrixItemRow) -> str:
        cell = self.cells.get((unit.district_code, item.item_code))
        if cell is None or (cell.is_met is None and not unit.is_reported):
            return "unreported"
        if cell.is_met is None:
            is_resource = item.dimension == RESOURCE
            return "undecidable" if is_resource or cell.is_reported else "unreported"
        if cell.is_met:
            return "met"
        return "veto" if item.dimension == "veto" else "unmet"

    def direction(self, unit: UnitStatusRow, item: MatrixItemRow) -> str:
        """`worse`, `better` or `` against a year earlier, for a cell that fails now.

        An L item moves with both stages: with one in view only its 双红 is said.
        """
        key = (unit.district_code, item.item_code)
        if item.dimension == RESOURCE and self.rows.has_stage:
            return "worse" if key in self.double_red else ""
        cell = self.cells.get(key)
        kind = cell.change_kind if cell is not None else None
        return kind if kind in ("worse", "better") else ""

    @cached_property
    def gap_units(self) -> list[str]:
        """The natural units in which something can be missing, in the order of the indicators."""
        return list(dict.fromkeys(i.gap_unit for i in self.rows.indicators))

    def gap_unit(self, item_code: str) -> str:
        """The natural unit of a resource item."""
        return next(i.gap_unit for i in self.rows.indicators if i.indicator_code == item_code)

    @cached_property
    def double_red(self) -> set[tuple[str, str]]:
        """双红: cells with a CV over its limit that is worse than a year before."""
        return {(c.district_code, c.indicator_code) for c in self.double_red_cvs}

    @cached_property
    def double_red_cvs(self) -> list[UnitCvRow]:
        """The CVs of the stages in view that are 双红."""
        return [c for c in self.rows.double_red if self.rows.state.stage in ("both", c.stage)]

    @cached_property
    def gap_of(self) -> dict[tuple[str, str], float]:
        """What must be supplied in natural units by unit and indicator, in the stages in view."""
        total: dict[tuple[str, str], float] = {}
        for gap in self.rows.gaps:
            key = (gap.district_code, gap.indicator_code)
            total[key] = total.get(key, 0.0) + gap.gap
        return total

    @cached_property
    def spare_of(self) -> dict[tuple[str, str], int]:
        """Failing sections whose exempt item an indicator is, by unit and indicator."""
        total: dict[tuple[str, str], int] = {}
        for gap in self.rows.gaps:
            key = (gap.district_code, gap.indicator_code)
            total[key] = total.get(key, 0) + gap.spare_section_count
        return total

    def unit_total(self, unit: UnitStatusRow) -> dict[str, float]:
        """A unit's gaps by natural unit."""
        total: dict[str, float] = {}
        for indicator in self.rows.indicators:
            amount = self.gap_of.get((unit.district_code, indicator.indicator_code), 0.0)
            total[indicator.gap_unit] = total.get(indicator.gap_unit, 0.0) + amount
        return total

    def lacks_values(self, unit: UnitStatusRow, gap_unit: str) -> bool:
        """Whether a section of a unit lacks the value of an indicator that is short in this natural unit."""
        return any(
            unit.district_code in self.rows.unknown_sections(i.indicator_code)
            for i in self.rows.indicators
            if i.gap_unit == gap_unit
        )

    def item_total(self, item: MatrixItemRow) -> tuple[int, float]:
        """Units that fail an item, and their gap in all."""
        failing = sum(self.level(u, item) in ("unmet", "veto") for u in self.units)
        gap = sum(self.gap_of.get((u.district_code, item.item_code), 0.0) for u in self.units)
        return failing, gap
