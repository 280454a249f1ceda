"""Rows on one unit: its sections."""

from dataclasses import dataclass
from decimal import Decimal


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
