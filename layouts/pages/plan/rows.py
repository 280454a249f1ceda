"""The rows the plan page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from layouts.pages.overview.outlook import Outlook, plan_outlook
from layouts.pages.overview.rows import OverviewRows
from layouts.parts.forecast import order

MONTHS = 12


@dataclass(frozen=True)
class ItemForecast:
    """An unmet item as it was forecast, with the parts that keep it open (none if judged)."""

    forecast: Any
    parts: Sequence[Any]


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
    """Every unit's target and forecast; `met_since` is the autumn since which it complies.

    `check` says how the forecasts of earlier autumns did.
    """

    rows: OverviewRows
    met_since: dict[str, int]
    paces: Sequence[Pace]
    check: Any
    since: SinceMeeting | None = None
    items: Sequence[ItemForecast] = ()
    passive: Any = None

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

    def _order(self, unit: Any) -> tuple[int, int, int, int, str]:
        code = unit.district_code
        if unit.progress == "met":
            return 0, 0, self.met_since.get(code, 0), 0, code
        return 1, *order(unit)
