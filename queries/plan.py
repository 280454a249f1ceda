"""Questions of the plan page: the forecasts of items, their distances, and how forecasts did."""

from dataclasses import dataclass

from queries.reader import Snapshot


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


def standings(snapshot: Snapshot, period: str, basis: str) -> tuple[StandingRow, ...]:
    """Verdict and progress of every unit; answered by publications of earlier versions, too."""
    return snapshot.ask("plan/standings", StandingRow, period=period, basis=basis)


def item_forecasts(
    snapshot: Snapshot, period: str, basis: str, district: str
) -> tuple[ItemForecastRow, ...]:
    """The unmet items of a unit that is forecast, the slowest first."""
    return snapshot.ask(
        "plan/item_forecasts", ItemForecastRow, period=period, basis=basis, district=district
    )


def item_distances(
    snapshot: Snapshot, period: str, basis: str, district: str
) -> tuple[DistanceRow, ...]:
    """The parts that keep the items of a unit open."""
    return snapshot.ask(
        "plan/item_distances", DistanceRow, period=period, basis=basis, district=district
    )


def passive_closings(snapshot: Snapshot, period: str, basis: str, district: str) -> PassiveRow:
    """What of the progress that is carried forward was passive, over the comparable autumns."""
    return snapshot.ask(
        "plan/passive_closings", PassiveRow, period=period, basis=basis, district=district
    )[0]


def forecast_check(snapshot: Snapshot, period: str) -> CheckRow:
    """How the forecasts of earlier autumns did up to a period."""
    return snapshot.ask("plan/forecast_check", CheckRow, period=period)[0]
