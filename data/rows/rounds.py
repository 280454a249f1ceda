"""Rows of 过程督导: which schools were visited in which round, and by whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CoverageRow:
    """Visits to the schools that a unit has in the period, in one round."""

    district_code: str
    round_number: int
    visit_count: int
    visited_school_count: int
    finding_count: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class WeakSchoolRow:
    """A school that does not comply; `missed_count` items over its sections."""

    district_code: str
    school_code: str
    school_name: str
    missed_count: int
    below_floor_count: int
    visit_count: int
    last_visited_on: date | None


@dataclass(frozen=True)
class RoundTotalRow:
    """A round as reported: visits, districts, findings, inspectors and its days."""

    round_number: int
    visit_count: int
    district_count: int
    finding_count: int
    inspector_count: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class InspectorRow:
    """An inspector's visits in a unit; the kind is empty where it is not said."""

    inspector_kind: str
    inspector: str
    district_code: str
    visit_count: int
    finding_count: int
