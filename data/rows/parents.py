"""Rows on the parents of units: what a province or a country sees before one is chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ParentRow:
    """The units of one parent by verdict, and their schools."""

    group_code: str
    name: str
    parent_name: str
    unit_count: int
    met_count: int
    near_count: int
    unmet_count: int
    undecidable_count: int
    not_reported_count: int
    overdue_count: int
    school_count: int
    compliant_school_count: int
