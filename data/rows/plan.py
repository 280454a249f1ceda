"""Rows on the plan: forecasts of items, their distances, and how forecasts did."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.rows.common_dimensions import PhaseRow
from data.rows.context import UnitContext
from data.rows.overview import PlanTargetRow, UnitCvRow, UnitStatusRow


@dataclass(frozen=True)
class ItemForecastRow:
    """An unmet item: the autumns by which one, five and nine of ten futures have it met.

    Null lies beyond the horizon; `chance` is by the unit's target year.
    """

    item_code: str
    item_name: str
    low_year: int | None
    middle_year: int | None
    high_year: int | None
    chance: float | None


@dataclass(frozen=True)
class DistanceRow:
    """How far a part of an item is from its line now; above 0, for these keep it open."""

    item_code: str
    part: str
    distance: float


@dataclass(frozen=True)
class CheckRow:
    """Counts of unmet items foretold earlier that came since: how many, how many inside."""

    foretold_count: int
    inside_count: int
    claimed_share: float


@dataclass(frozen=True)
class PassiveRow:
    """Shortages of a unit's sections that closed, and those that fewer pupils alone closed."""

    closed_count: int
    passive_count: int


@dataclass(frozen=True)
class StandingRow:
    """Verdict and progress of a unit, in any publication."""

    district_code: str
    verdict: str
    progress: str


@dataclass(frozen=True)
class ItemForecast:
    """An unmet item, with the parts that keep it open (none if judged).

    `forecast` is None where the item has failed only since the last autumn.
    """

    item_code: str
    forecast: ItemForecastRow | None
    parts: Sequence[DistanceRow]


@dataclass(frozen=True)
class Pace:
    """How fast a unit's worst CV shrinks a year, and how fast it would have to."""

    unit: UnitStatusRow
    cv: UnitCvRow
    name: str
    achieved: float
    needed: float

    @property
    def ratio(self) -> float | None:
        """Needed by achieved; None where it does not shrink."""
        return self.needed / self.achieved if self.achieved > 0 else None


@dataclass(frozen=True)
class SinceMeeting:
    """The last meeting, the day of the figures it saw, and what happened since.

    `unknown` are the units without a verdict then or now: nothing is known of a change of theirs.
    """

    title: str
    held_on: date
    seen_on: date
    snapshot_id: str
    met: Sequence[str]
    unmet: Sequence[str]
    overdue: Sequence[str]
    unknown: Sequence[str]
    closed_issue_count: int
    overdue_issue_count: int


@dataclass(frozen=True)
class Outlook:
    """Units planned by target year (cumulative), and units expected by the coming phase's end.

    Expected are those met and the sum of the chances of the others; None where none is forecast.
    `unprojected` others have no chance and add nothing to it.
    """

    planned: dict[int, int]
    coming: PhaseRow
    expected: int | None
    unprojected: int

    @property
    def missing(self) -> int:
        """How many units fewer than planned are expected by the coming phase's end."""
        planned = self.planned[self.coming.target_year]
        return 0 if self.expected is None else max(0, planned - self.expected)


def plan_outlook(rows: UnitContext) -> Outlook:
    """For the planned units that the filter leaves; the last phase stands where none is to come."""
    targets = [t for t in rows.plan_targets if t.district_code in rows.scoped_codes and t.target_year is not None]
    target_years = [t.target_year for t in targets if t.target_year is not None]
    planned = {p.target_year: sum(1 for year in target_years if year <= p.target_year) for p in rows.phases}
    coming = next((p for p in rows.phases if p not in rows.ended_phases), rows.phases[-1])
    met = sum(1 for t in targets if t.progress == "met")
    chances = [_chance_by(t, coming.target_year) for t in targets if t.progress != "met"]
    known = [c for c in chances if c is not None]
    expected = None if chances and not known else met + math.floor(sum(known) + 0.5)
    return Outlook(planned, coming, expected, len(chances) - len(known))


def _chance_by(target: PlanTargetRow, year: int) -> float | None:
    """The chance of a unit to be met by the autumn of a year; None where none is published."""
    autumn, chances = target.forecast_autumn, target.chances
    if autumn is None or chances is None or target.progress in ("not_reported", "undecidable"):
        return None
    ahead = year - autumn
    return chances[min(ahead, len(chances) - 1)] if ahead >= 0 else 0.0
