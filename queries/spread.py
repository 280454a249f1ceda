"""Who makes a CV large, what raising the low ones would do, and whether one figure stands alone."""

import math
from collections.abc import Collection, Sequence
from datetime import date

from data.catalogue.lead_tables import LeadLimit
from data.catalogue.loader import Catalogue
from data.rows.proof import CvShareRow
from data.rows.spread import Outlier, OutlierLimits, Spread

FIRST = 3
"""How many sections are named as those that make a CV large."""


def outlier_limits_on(catalogue: Catalogue, day: date) -> OutlierLimits:
    """The limits in force on a day."""
    values = {r.limit_code: float(r.value) for r in catalogue.in_force(LeadLimit, day)}
    return OutlierLimits(values["outlier_share"], values["outlier_times"], values["outlier_sections"])


def spread_of(shares: Sequence[CvShareRow], mean: float | None, limits: OutlierLimits) -> Spread | None:
    """What makes a CV large, of its sections by their shares; None where the CV is undefined."""
    if not mean or not shares or any(s.section_value is None for s in shares):
        return None
    first = shares[:FIRST]
    above = [s for s in first if s.is_above(mean)]
    below = [s for s in shares if (s.section_value or 0.0) < mean][:FIRST]
    raised = tuple(s.school_code for s in below)
    return Spread(
        len(first),
        len(above),
        math.fsum(s.contribution or 0.0 for s in above),
        raised,
        cv_with_values(shares, raised_values(shares, mean, raised)) if raised else None,
        _outlier(shares, mean, limits),
    )


def _outlier(shares: Sequence[CvShareRow], mean: float, limits: OutlierLimits) -> Outlier | None:
    most = shares[0]
    if (
        most.section_value is None
        or most.contribution is None
        or not limits.asks_about(most.contribution, most.section_value, mean, len(shares))
    ):
        return None
    return Outlier(most.school_name, most.contribution, most.section_value / mean)


def raised_values(shares: Sequence[CvShareRow], mean: float, schools: Collection[str]) -> dict[str, float]:
    """The values of these schools at the mean, or as they are where that is more."""
    return {
        s.school_code: max(s.section_value, mean)
        for s in shares
        if s.school_code in schools and s.section_value is not None
    }


def cv_with_values(shares: Sequence[CvShareRow], values: dict[str, float]) -> float | None:
    """The weighted CV (standard.md 1.3) if the sections of `values` had these values per pupil.

    None where a value is missing, or the mean would be 0.
    """
    weighted = [(float(s.pupils), values.get(s.school_code, s.section_value)) for s in shares]
    known = [(pupils, value) for pupils, value in weighted if value is not None]
    total = math.fsum(pupils for pupils, _ in known)
    if len(known) < len(weighted) or total == 0:
        return None
    mean = math.fsum(p * v for p, v in known) / total
    if mean == 0:
        return None
    return math.sqrt(math.fsum(p * (v - mean) ** 2 for p, v in known) / total) / mean


def unweighted_cv(shares: Sequence[CvShareRow]) -> tuple[float | None, float | None]:
    """The two common mistakes, each school counted once: population CV and sample CV.

    Shown only to explain why they are not used (standard.md 1.3).
    """
    values = [s.section_value for s in shares if s.section_value is not None]
    if len(values) < len(shares) or not values or math.fsum(values) == 0:
        return None, None
    mean = math.fsum(values) / len(values)
    squares = math.fsum((v - mean) ** 2 for v in values)
    sample = math.sqrt(squares / (len(values) - 1)) / mean if len(values) > 1 else None
    return math.sqrt(squares / len(values)) / mean, sample
