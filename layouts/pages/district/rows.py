"""The rows the district page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from layouts.pages.league.ranking import order_key
from layouts.pages.overview.rows import OverviewRows

SIMILAR = 8


@dataclass(frozen=True)
class Anatomy:
    """Who makes one CV large: sections by share of S², and the CV if the first reached the mean."""

    stage: str
    indicator_code: str
    indicator_name: str
    unit: str
    cv: float
    cv_limit: float
    district_mean: float
    shares: Sequence[Any]
    filled: int
    cv_filled: float | None


@dataclass(frozen=True)
class DistrictView:
    """Everything of one unit in one period."""

    rows: OverviewRows
    unit: Any
    items: Sequence[Any]
    sections: Sequence[Any]
    anatomy: Anatomy | None
    history: Sequence[Any]
    peer_history: Sequence[Any]
    is_partial: bool = False
    """Whether the viewer sees some schools of the unit only."""

    def items_of(self, dimension: str) -> list[Any]:
        """The items of one dimension."""
        return [i for i in self.items if i.dimension == dimension]

    @cached_property
    def peers(self) -> list[Any]:
        """The other members of the group and the unit itself, in league order."""
        members = [u for u in self.rows.units if u.group_code == self.unit.group_code]
        return sorted(members, key=order_key)

    @cached_property
    def similar(self) -> list[Any]:
        """The units nearest in number of pupils, with the unit itself, in league order."""
        if not self.unit.pupils:
            return []
        reported = [u for u in self.rows.units if u.pupils]
        nearest = sorted(reported, key=lambda u: abs(u.pupils - self.unit.pupils))
        return sorted(nearest[: SIMILAR + 1], key=order_key)

    def place(self, units: list[Any]) -> int:
        """Place of the unit among others, from 1."""
        return 1 + [u.district_code for u in units].index(self.unit.district_code)
