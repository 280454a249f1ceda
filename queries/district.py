"""Questions about one unit: its sections, and what one CV would be if some sections changed."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from queries.proof import CvShareRow
from queries.reader import Snapshot


@dataclass(frozen=True)
class SectionRow:
    """One section on one indicator, and what must be supplied, in natural units (0 = nothing).

    `required_gap` for this section, `school_gap` by the school in all, `binding_gap` the same
    counted once on the section that drives it, `driving_stage`.
    """

    school_code: str
    school_name: str
    stage: str
    pupils: Decimal | None
    is_in_scope: bool
    reason_code: str
    met_count: int
    complies: bool | None
    indicator_code: str
    section_value: float | None
    is_met: bool | None
    is_floor_met: bool | None
    is_exempt: bool
    required_gap: float
    school_gap: float
    binding_gap: float
    driving_stage: str
    is_not_applicable: bool


def sections(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[SectionRow, ...]:
    """Every section of a unit on every indicator, worst schools first."""
    return snapshot.ask("district/sections", SectionRow, period=period, basis=basis,
                        district=district)  # fmt: skip


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


def cv_at_mean(shares: Sequence[CvShareRow], mean: float, schools: Collection[str]) -> float | None:
    """The CV if these schools reached the unit's present mean."""
    return cv_with_values(shares, dict.fromkeys(schools, mean))


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
