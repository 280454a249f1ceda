"""The rows the plan page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from layouts.pages.overview.outlook import Outlook, plan_outlook
from layouts.pages.overview.rows import OverviewRows

MONTHS = 12
NEVER = 9999.0


@dataclass(frozen=True)
class Forecast:
    """Years of the line's zero with its 80 % interval (None: not within sight), and the chance."""

    middle: float | None
    low: float | None
    high: float | None
    chance: float | None


@dataclass(frozen=True)
class PartForecast:
    """A part of an item over its line: how far, and when it would be met (None: 数据不足)."""

    part: str
    distance: float
    forecast: Forecast | None


@dataclass(frozen=True)
class ItemForecast:
    """An unmet item with the parts that keep it open; none where it is judged."""

    item_code: str
    name: str
    parts: Sequence[PartForecast]


@dataclass(frozen=True)
class Pace:
    """How fast a unit's worst CV shrinks a year, and how fast it would have to."""

    unit: Any
    name: str
    achieved: float
    needed: float

    @property
    def ratio(self) -> float | None:
        """Needed by achieved; None where it does not shrink."""
        return self.needed / self.achieved if self.achieved > 0 else None


@dataclass(frozen=True)
class SinceMeeting:
    """The last meeting, the day of the figures it saw, and what happened since."""

    title: str
    held_on: date
    seen_on: date
    snapshot_id: str
    met: Sequence[str]
    unmet: Sequence[str]
    overdue: Sequence[str]
    closed_issue_count: int
    overdue_issue_count: int


@dataclass(frozen=True)
class PlanView:
    """Every unit's target and forecast; `met_since` is the autumn since which it complies."""

    rows: OverviewRows
    forecasts: dict[str, Forecast]
    met_since: dict[str, int]
    paces: Sequence[Pace]
    since: SinceMeeting | None = None
    items: Sequence[ItemForecast] = ()

    @property
    def now(self) -> float:
        """The period as a year with a fraction."""
        day = self.rows.period.snapshot_date
        return day.year + day.month / MONTHS

    @cached_property
    def outlook(self) -> Outlook:
        """Planned and expected units."""
        return plan_outlook(self.rows)

    def units_of(self, phase: Any) -> list[Any]:
        """The units of a phase: those that comply by date, then by forecast, unknown last."""
        own = [u for u in self.rows.scoped if u.phase_code == phase.phase_code]
        return sorted(own, key=self._order)

    @property
    def unplanned(self) -> list[Any]:
        """Units without a phase."""
        return [u for u in self.rows.scoped if u.phase_code is None]

    def _order(self, unit: Any) -> tuple[int, float, str]:
        code = unit.district_code
        if unit.progress == "met":
            return 0, float(self.met_since.get(code, 0)), code
        if unit.progress == "undecidable":
            return 2, NEVER, code
        found = self.forecasts.get(code)
        return 1, NEVER if found is None or found.middle is None else found.middle, code


def years_late(unit: Any, middle: float) -> float:
    """Years from the end of the target year to a forecast; negative where it is earlier."""
    return middle - (unit.target_year + 1)
