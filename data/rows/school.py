"""Rows on one school: where and when it reported, how its sections stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class SchoolPeriodRow:
    """The school in one period; pupils are None where the stage does not exist.

    `is_in_scope` where a section of it is judged; `complies` is None of a school that is not, or cannot be.
    """

    period: str
    snapshot_date: date
    school_name: str
    school_type: str
    school_type_name: str
    district_code: str
    district_name: str
    operator_name: str
    area_type: str
    primary_pupils: Decimal | None
    junior_pupils: Decimal | None
    senior_pupils: Decimal | None
    is_in_scope: bool
    complies: bool | None


@dataclass(frozen=True)
class SchoolSectionRow:
    """One section on one indicator; `section_total` is the section's part of a shared resource.

    `threshold_gap` is what the school must add until this section reaches the threshold, owed or not.
    What must be supplied is 0 where nothing is owed: `required_gap` for this section, `school_gap`
    by the school in all, `binding_gap` the same counted once on the section that drives it,
    `received_gap` the section's share of the supply.
    """

    stage: str
    pupils: Decimal | None
    is_in_scope: bool
    reason_code: str
    met_count: int
    complies: bool | None
    indicator_code: str
    indicator_name: str
    unit: str
    gap_unit: str
    is_split: bool
    total: Decimal | None
    stage_weight: Decimal
    weighted_pupils: Decimal | None
    section_total: float | None
    section_value: float | None
    threshold: Decimal | None
    floor_share: Decimal | None
    is_met: bool | None
    is_floor_met: bool | None
    is_exempt: bool
    threshold_gap: float
    required_gap: float
    school_gap: float
    binding_gap: float
    driving_stage: str
    received_gap: float


@dataclass(frozen=True)
class SchoolValueRow:
    """What one section had of one indicator in one period."""

    stage: str
    indicator_code: str
    period: str
    section_value: float | None


@dataclass(frozen=True)
class LimitRow:
    """What a school has beside the most it may have, or the least it must (G3 to G5).

    `kind` is size, a stage (largest class), music or art (rooms); None where it did not report.
    """

    item_code: str
    kind: str
    amount: float | None
    line: float | None
    is_met: bool | None


@dataclass(frozen=True)
class ColumnRow:
    """A column of the template; `stage` is empty where it is about the whole school."""

    header: str
    unit: str
    stage: str
    input_name: str
