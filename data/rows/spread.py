"""Who makes a CV large, what raising the low ones would do, and a figure that stands alone."""

from dataclasses import dataclass

from data.printing import ARITHMETIC_NOISE


@dataclass(frozen=True)
class OutlierLimits:
    """When one section's figure is asked about, as in force on a day (`lead_limits.csv`)."""

    outlier_share: float
    outlier_times: float
    outlier_sections: float

    def asks_about(self, share: float | None, value: float | None, mean: float | None, sections: int) -> bool:
        """Whether one of many sections has most of S² and is many times the mean, or a fraction."""
        if share is None or value is None or not mean or sections < self.outlier_sections:
            return False
        is_far = value >= self.outlier_times * mean or value * self.outlier_times <= mean
        return is_far and share >= self.outlier_share


@dataclass(frozen=True)
class Outlier:
    """A section whose one figure has most of S²: its share, and its value in units of the mean."""

    school_name: str
    share: float
    times: float


@dataclass(frozen=True)
class Spread:
    """The largest shares of S² of one CV, and the CV if low sections alone were raised.

    `first_count` sections have the largest shares; of those, `above_count` stand above the mean
    with `above_share` of S². `raised` are the sections below the mean with the largest shares, and
    `cv_raised` the CV if they had the unit's present mean (None where there is none to raise).
    """

    first_count: int
    above_count: int
    above_share: float
    raised: tuple[str, ...]
    cv_raised: float | None
    outlier: Outlier | None

    def is_raised_within(self, limit: float) -> bool | None:
        """Whether the CV would then be within its limit, at the 12 decimals of the rules."""
        return None if self.cv_raised is None else self.cv_raised <= limit + ARITHMETIC_NOISE
