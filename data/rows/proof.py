"""Rows of a proof: inputs, rule, document, source cell, earlier values."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Lineage:
    """The file, sheet and row that a number was read from; None where nothing was reported."""

    file_name: str | None
    batch_id: str | None
    imported_at: datetime | None
    imported_by: str | None
    source_sheet: str | None
    source_row: int | None


@dataclass(frozen=True)
class RuleSource:
    """The document of a rule and the days from and to which it holds."""

    source_title: str | None
    document_number: str | None
    valid_from: date | None
    valid_to: date | None
    is_confirmed: bool | None


@dataclass(frozen=True)
class SectionCell(Lineage, RuleSource):
    """One indicator of one section; amounts in natural units, `contribution` a share of S².

    `threshold_gap` is what the school must add to reach the threshold; `required_gap` what it must
    add for this section, `school_gap` in all, `received_gap` the section's share of that.
    """

    return_id: int
    period: str
    school_code: str
    school_name: str
    district_code: str
    stage: str
    indicator_code: str
    indicator_name: str
    indicator_short_name: str
    unit: str
    gap_unit: str
    is_split: bool
    is_whole_unit: bool
    is_in_scope: bool
    reason_code: str | None
    factor: int
    total: Decimal | None
    stage_weight: Decimal
    weighted_pupils: Decimal | None
    pupils: Decimal | None
    section_value: float | None
    threshold: Decimal | None
    floor_share: Decimal | None
    is_met: bool | None
    is_floor_met: bool | None
    is_exempt: bool
    threshold_gap: float
    required_gap: float
    school_gap: float
    driving_stage: str
    received_gap: float
    met_count: int
    missed_count: int
    below_floor_count: int
    undecidable_count: int
    complies: bool | None
    contribution: float | None
    is_demonstration: bool


@dataclass(frozen=True)
class InputRow:
    """A column of the return that enters an indicator, times its coefficient."""

    header: str
    unit: str
    coefficient: int
    input_name: str


@dataclass(frozen=True)
class ReturnRow(Lineage):
    """One school's return as submitted; `record` is JSON of every column."""

    return_id: int
    district_code: str
    record: str

    @property
    def cells(self) -> dict[str, str | Decimal | None]:
        """The columns by name, numbers exact."""
        values = json.loads(self.record, parse_float=Decimal, parse_int=Decimal)
        return {k: v for k, v in values.items() if not isinstance(v, bool)}


@dataclass(frozen=True)
class SectionHistoryRow:
    """An earlier or later value of a section's indicator."""

    period: str
    snapshot_date: date
    section_value: float | None
    threshold: Decimal | None
    is_met: bool | None


@dataclass(frozen=True)
class DistrictCv(RuleSource):
    """One CV of one unit with what it was computed from."""

    district_code: str
    snapshot_date: date
    district_name: str
    stage: str
    indicator_code: str
    indicator_name: str
    indicator_short_name: str
    unit: str
    section_count: int
    missing_count: int
    pupils: Decimal
    district_mean: float | None
    standard_deviation: float | None
    cv: float | None
    cv_limit: Decimal
    is_within_limit: bool | None
    is_recast_complete: bool


@dataclass(frozen=True)
class CvShareRow:
    """One section's share of S², None where the CV is undefined."""

    school_code: str
    school_name: str
    pupils: Decimal
    section_value: float | None
    contribution: float | None
    is_met: bool | None

    def is_above(self, mean: float) -> bool:
        """Whether it has more for a pupil than the unit in the mean."""
        return self.section_value is not None and self.section_value > mean


@dataclass(frozen=True)
class CvPointRow:
    """One CV in one period."""

    period: str
    snapshot_date: date
    cv: float | None
    cv_limit: float
    is_within_limit: bool | None


@dataclass(frozen=True)
class DistrictItemRow(Lineage, RuleSource):
    """One of the items of a unit."""

    item_code: str
    dimension: str
    dimension_name: str
    is_counted: bool
    item_name: str
    item_short_name: str
    rule_kind: str
    unit: str
    amount: Decimal | None
    threshold: Decimal | None
    is_met: bool | None
    missing_share: float | None
    is_met_reported: bool | None
    is_reported: bool
    is_not_recast: bool
    note: str
