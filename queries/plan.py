"""Questions of the plan page: the forecasts of items, their distances, and how forecasts did."""

from data.rows.plan import CheckRow, DistanceRow, ItemForecastRow, PassiveRow, StandingRow
from queries.reader import Snapshot


def standings(snapshot: Snapshot, period: str, basis: str) -> tuple[StandingRow, ...]:
    """Verdict and progress of every unit; answered by publications of earlier versions, too."""
    return snapshot.ask("plan/standings", StandingRow, period=period, basis=basis)


def item_forecasts(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[ItemForecastRow, ...]:
    """The unmet items of a unit that is forecast, the slowest first."""
    return snapshot.ask("plan/item_forecasts", ItemForecastRow, period=period, basis=basis, district=district)


def item_distances(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[DistanceRow, ...]:
    """The parts that keep the items of a unit open."""
    return snapshot.ask("plan/item_distances", DistanceRow, period=period, basis=basis, district=district)


def passive_closings(snapshot: Snapshot, period: str, basis: str, district: str) -> PassiveRow:
    """What of the progress that is carried forward was passive, over the comparable autumns."""
    return snapshot.ask("plan/passive_closings", PassiveRow, period=period, basis=basis, district=district)[0]


def forecast_check(snapshot: Snapshot, period: str) -> CheckRow:
    """How the forecasts of earlier autumns did up to a period."""
    return snapshot.ask("plan/forecast_check", CheckRow, period=period)[0]
