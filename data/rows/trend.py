"""Rows of the trend page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MeasureRow:
    """One unit in one period: CV, mean, share of sections that comply, what the rest require."""

    district_code: str
    period: str
    snapshot_date: date
    is_annual: bool
    is_recast_complete: bool
    row_basis: str
    cv: float | None
    cv_limit: float
    district_mean: float | None
    compliant_share: float | None
    gap: float
