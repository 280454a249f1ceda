"""The rows the district page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.direction import Direction
from data.rows.context import UnitContext, worst_by_unit
from data.rows.district import SectionRow
from data.rows.overview import CvHistoryRow, UnitCvRow, UnitRankRow, UnitStatusRow, WorstCv
from data.rows.proof import CvPointRow, CvShareRow, DistrictItemRow
from data.rows.spread import Spread
from data.rows.task_books import UnitCoverage

SIMILAR = 8


@dataclass(frozen=True)
class CvBreakdown:
    """Who makes one CV large: sections by share of S², and what raising does."""

    stage: str
    indicator_code: str
    indicator_name: str
    unit: str
    cv: float
    cv_limit: float
    is_within_limit: bool | None
    district_mean: float
    shares: Sequence[CvShareRow]
    spread: Spread


def worst_in_view(rows: UnitContext, unit: UnitStatusRow) -> WorstCv | None:
    """A unit's worst CV of the stages in view; None where every one is undefined."""
    if not rows.has_stage:
        return unit.worst
    row = worst_by_unit(c for c in rows.cvs if c.stage == rows.state.stage).get(unit.district_code)
    if row is None or row.cv is None or row.limit_ratio is None or row.is_within_limit is None:
        return None
    return WorstCv(row.stage, row.indicator_code, row.cv, row.cv_limit, row.limit_ratio, row.is_within_limit)


@dataclass(frozen=True)
class DistrictView:
    """Everything of one unit in one period."""

    rows: UnitContext
    unit: UnitStatusRow
    items: Sequence[DistrictItemRow]
    sections: Sequence[SectionRow]
    anatomy: CvBreakdown | None
    history: Sequence[CvPointRow]
    peer_history: Sequence[CvHistoryRow]
    direction: Direction | None
    coverage: UnitCoverage | None = None
    """What of today's bill tasks cover; None of an older period, or where the store is down."""
    is_partial: bool = False
    """Whether the viewer sees some schools of the unit only."""

    def items_of(self, dimension: str) -> list[DistrictItemRow]:
        """The items of one dimension."""
        return [i for i in self.items if i.dimension == dimension]

    @cached_property
    def cvs(self) -> list[UnitCvRow]:
        """Its CVs of the stages in view."""
        stage, code = self.rows.state.stage, self.unit.district_code
        return [c for c in self.rows.cvs if c.district_code == code and stage in ("both", c.stage)]

    @property
    def worst(self) -> WorstCv | None:
        """The largest of them by its limit; None where none is defined."""
        return worst_in_view(self.rows, self.unit)

    @cached_property
    def unknown_count(self) -> int:
        """Its evaluated sections in view that lack a value; of a viewer of some schools, of these."""
        if self.is_partial:
            lacking = [s for s in self.sections if s.is_in_scope and s.section_value is None]
            return len({(s.school_code, s.stage) for s in lacking})
        return self.rows.unknown_sections().get(self.unit.district_code, 0)

    @property
    def rank(self) -> UnitRankRow:
        """The unit's published places."""
        return self.rows.ranks[self.unit.district_code]

    @cached_property
    def place_among_similar(self) -> tuple[int, int] | None:
        """Its place among the ranked units nearest in pupils, and how many; None where cut or none.

        The others' places are those among all units, so that a scope that shows few says nothing.
        """
        place, ranks = self.rank.city_place, self.rows.ranks
        if place is None or not self.rows.sees_all:
            return None
        places = [(u, ranks[u.district_code].city_place) for u in self.rows.units]
        ranked = [(abs(u.pupils - self.unit.pupils), other) for u, other in places if other is not None]
        nearest = sorted(ranked, key=lambda pair: pair[0])[: SIMILAR + 1]
        ahead = sum(1 for _, other in nearest if other < place)
        return 1 + ahead, len(nearest)
