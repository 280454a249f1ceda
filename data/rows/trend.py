"""Rows of the trend page."""

from dataclasses import dataclass
from datetime import date

from data.direction import Direction


@dataclass(frozen=True)
class MeasureRow:
    """One unit in one period: CV, mean, share of sections that comply, what the rest require.

    Each is judged by its line: limit, threshold, all sections, nothing to supply; a mean that
    reaches the threshold judges no school. None where there is no value or no line.
    """

    district_code: str
    group_code: str
    period: str
    snapshot_date: date
    is_annual: bool
    row_basis: str
    cv: float | None
    cv_limit: float
    district_mean: float | None
    compliant_share: float | None
    gap: float | None
    threshold: float | None
    is_within_limit: bool | None
    is_mean_reached: bool | None
    is_all_compliant: bool | None
    is_nothing_owed: bool


@dataclass(frozen=True)
class DirectionRow:
    """The published direction of one measure of one unit."""

    district_code: str
    direction: str
    few_reason: str | None
    is_recast: bool
    first_date: date | None
    first_amount: float | None
    last_date: date | None
    last_amount: float | None

    @property
    def course(self) -> Direction:
        """The same as a direction."""
        return Direction(
            self.direction,
            self.first_date,
            self.first_amount,
            self.last_date,
            self.last_amount,
            self.few_reason,
            self.is_recast,
        )
