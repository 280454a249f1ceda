"""The rows the district page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.direction import Direction
from data.rows.context import UnitContext

SIMILAR = 8


@dataclass(frozen=True)
class Anatomy:
    """Who makes one CV large: sections by share of S², and what raising does."""

    stage: str
    indicator_code: str
    indicator_name: str
    unit: str
    cv: float
    cv_limit: float
    district_mean: float
    shares: Sequence[Any]
    spread: Any


@dataclass(frozen=True)
class DistrictView:
    """Everything of one unit in one period."""

    rows: UnitContext
    unit: Any
    items: Sequence[Any]
    sections: Sequence[Any]
    anatomy: Anatomy | None
    history: Sequence[Any]
    peer_history: Sequence[Any]
    direction: Direction | None

    def items_of(self, dimension: str) -> list[Any]:
        """The items of one dimension."""
        return [i for i in self.items if i.dimension == dimension]

    @property
    def rank(self) -> Any:
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
        ranked = [u for u in self.rows.units if ranks[u.district_code].city_place is not None]
        nearest = sorted(ranked, key=lambda u: abs(u.pupils - self.unit.pupils))[: SIMILAR + 1]
        ahead = sum(1 for u in nearest if ranks[u.district_code].city_place < place)
        return 1 + ahead, len(nearest)
