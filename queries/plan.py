"""Will it be in time? The straight line through unmet items, its date, interval and chances.

The line is fitted at publication (rules/14_plan_progress.sql). How sure its zero is follows from
the line's own spread: at a moment t the fitted value divided by its standard error has Student's
distribution with n - 2 degrees of freedom, so the chance that the line is at zero by t is
P(T <= -fitted(t) / error(t)). The interval is where this chance passes 10 % and 90 %
(Fieller 1954).
"""

import math
from dataclasses import dataclass

from queries.reader import Snapshot

INTERVAL = (0.1, 0.9)
WHOLE_NUMBER_VARIANCE = 1 / 12  # a perfect line through whole numbers is not more certain
MONTHS = 12
FARTHEST_MONTHS = 40 * MONTHS


@dataclass(frozen=True)
class ProjectionRow:
    """A unit's line: means of year and unmet items, spread of the years, slope, residual sum."""

    district_code: str
    phase_code: str | None
    target_year: int | None
    progress: str
    point_count: int
    mean_year: float | None
    mean_unmet: float | None
    year_spread: float | None
    slope: float | None
    residual_sum: float | None


@dataclass(frozen=True)
class DistanceRow:
    """How far a part of an item was from its line in an autumn; 0 or less is met."""

    item_code: str
    part: str
    data_year: float
    distance: float


@dataclass(frozen=True)
class Line:
    """A least-squares line with what its uncertainty needs; `point_count` at least 3."""

    point_count: int
    mean_x: float
    mean_y: float
    spread_x: float
    slope: float
    residual_sum: float
    least_variance: float = WHOLE_NUMBER_VARIANCE

    def at(self, x: float) -> float:
        """The fitted value."""
        return self.mean_y + self.slope * (x - self.mean_x)

    def error(self, x: float) -> float:
        """The standard error of the fitted value."""
        degrees = self.point_count - 2
        variance = max(self.residual_sum / degrees, self.least_variance)
        return math.sqrt(variance * (1 / self.point_count + (x - self.mean_x) ** 2 / self.spread_x))

    def chance_by(self, x: float) -> float:
        """The chance that the line is at zero or below at `x`."""
        return student_t(-self.at(x) / self.error(x), self.point_count - 2)


@dataclass(frozen=True)
class Projection:
    """When the line reaches zero, in years; None where not within 40 years."""

    middle: float | None
    low: float | None
    high: float | None


def projections(snapshot: Snapshot, period: str, basis: str) -> tuple[ProjectionRow, ...]:
    """The line of every unit."""
    return snapshot.ask("plan/projections", ProjectionRow, period=period, basis=basis)


def line_of(row: ProjectionRow, least_points: float) -> Line | None:
    """The line of a unit; None with too few points (数据不足) or without any."""
    parts = (row.mean_year, row.mean_unmet, row.year_spread, row.slope, row.residual_sum)
    if row.point_count < least_points or None in parts:
        return None
    mean_x, mean_y, spread, slope, residual = (float(p) for p in parts if p is not None)
    return Line(row.point_count, mean_x, mean_y, spread, slope, residual) if spread else None


def item_distances(
    snapshot: Snapshot, period: str, basis: str, district: str
) -> tuple[DistanceRow, ...]:
    """The parts of every item of a unit over its comparable autumns."""
    return snapshot.ask(
        "plan/item_distances", DistanceRow, period=period, basis=basis, district=district
    )


def fit(
    points: list[tuple[float, float]], least_variance: float = WHOLE_NUMBER_VARIANCE
) -> Line | None:
    """The line through points (x, y); None with fewer than 3 or all at one x.

    `least_variance` is what the values' own rounding leaves open.
    """
    count = len(points)
    if count < 3:  # noqa: PLR2004
        return None
    mean_x = math.fsum(x for x, _ in points) / count
    mean_y = math.fsum(y for _, y in points) / count
    spread = math.fsum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        return None
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    residual = math.fsum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return Line(count, mean_x, mean_y, spread, slope, residual, least_variance)


def project(line: Line, now: float) -> Projection:
    """The date of zero and its 80 % interval, not before `now`, to the month."""
    middle = line.mean_x - line.mean_y / line.slope if line.slope < 0 else None
    bounds: list[float | None] = [None, None]
    for month in range(FARTHEST_MONTHS):
        chance = line.chance_by(now + month / MONTHS)
        for number, level in enumerate(INTERVAL):
            if bounds[number] is None and chance >= level:
                bounds[number] = now + month / MONTHS
        if bounds[1] is not None:
            break
    return Projection(middle, bounds[0], bounds[1])


def predictive_error(line: Line, x: float) -> float:
    """The standard error of one more observation at `x`, for the back-test."""
    variance = max(line.residual_sum / (line.point_count - 2), line.least_variance)
    return math.sqrt(variance + line.error(x) ** 2)


def student_t(value: float, degrees: int) -> float:
    """P(T <= value) for Student's distribution with a whole number of degrees of freedom.

    Closed form: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = math.atan2(value, math.sqrt(degrees))
    cosine = math.cos(angle)
    if degrees % 2:
        total, term = 0.0, cosine
        for k in range(1, degrees - 1, 2):
            total += term
            term *= cosine**2 * (k + 1) / (k + 2)
        inside = 2 / math.pi * (angle + math.sin(angle) * total)
    else:
        total, term = 0.0, 1.0
        for k in range(0, degrees, 2):
            total += term
            term *= cosine**2 * (k + 1) / (k + 2)
        inside = math.sin(angle) * total
    return (1 + inside) / 2
