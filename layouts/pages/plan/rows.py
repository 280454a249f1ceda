"""The rows the plan page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.rows.common_dimensions import PhaseRow
from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.rows.plan import CheckRow, ItemForecast, Outlook, Pace, PassiveRow, SinceMeeting, plan_outlook
from data.rows.task_books import UnitCoverage
from layouts.charts.specification import Scale
from layouts.parts.forecast import order

MONTHS = 12


@dataclass(frozen=True)
class PlanView:
    """Every unit's target and forecast.

    `check` says how the forecasts of earlier autumns did; `no_meeting` why there is no meeting to
    compare with: `none` was held, none `before` the period, its figures `unreadable` now, or empty.
    """

    rows: UnitContext
    paces: Sequence[Pace]
    unknown_paces: Sequence[str]
    """The names of units of which no pace is known."""
    check: CheckRow
    since: SinceMeeting | None = None
    items: Sequence[ItemForecast] = ()
    passive: PassiveRow | None = None
    no_meeting: str = ""
    coverage: Sequence[UnitCoverage] = ()
    """What of the bill of each unit tasks cover; none of an older period, or where the store is down."""

    @cached_property
    def met_since(self) -> dict[str, int]:
        """The autumn since which a unit complies, for those that do."""
        return {code: change.met_since for code, change in self.rows.changes.items() if change.met_since is not None}

    @property
    def now(self) -> float:
        """The period as a year with a fraction."""
        day = self.rows.period.snapshot_date
        return day.year + day.month / MONTHS

    @cached_property
    def time(self) -> Scale:
        """The years that the board shows."""
        years = self.rows.parameters
        return Scale(years["plan_board_first_year"], years["plan_board_last_year"])

    def on_board(self, year: float) -> float:
        """A year, or the end of the board that is nearest to it."""
        return min(max(year, self.time.low), self.time.high)

    @cached_property
    def outlook(self) -> Outlook:
        """Planned and expected units."""
        return plan_outlook(self.rows)

    def units_of(self, phase: PhaseRow) -> list[UnitStatusRow]:
        """The units of a phase: those that comply by date, then by forecast, unknown last."""
        units = [u for u in self.rows.scoped if u.phase_code == phase.phase_code]
        return sorted(units, key=self._order)

    @property
    def unplanned(self) -> list[UnitStatusRow]:
        """Units without a phase."""
        return [u for u in self.rows.scoped if u.phase_code is None]

    def _order(self, unit: UnitStatusRow) -> tuple[int, int, int, int, str]:
        code = unit.district_code
        if unit.progress == "met":
            return 0, 0, self.met_since.get(code, 0), 0, code
        return 1, *order(unit)
