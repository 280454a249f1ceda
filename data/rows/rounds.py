"""Rows of 过程督导: which schools were visited in which round, and by whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CoverageRow:
    """Visits in a unit in one round; `absent_count` to schools that the period has no more.

    `visited_school_count` are the schools of the period that were reached.
    """

    district_code: str
    round_number: int
    visit_count: int
    absent_count: int
    visited_school_count: int
    finding_count: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class WeakSchoolRow:
    """A school that does not comply: of its failing sections together `missed_count` items."""

    district_code: str
    school_code: str
    school_name: str
    section_count: int
    missed_count: int
    below_floor_count: int
    visit_count: int
    last_visited_on: date | None

    @property
    def has_several_sections(self) -> bool:
        """Whether both sections of the school fail, so that an item may count twice."""
        return self.section_count > 1


@dataclass(frozen=True)
class WeakCountRow:
    """How many schools of a unit do not comply, and how many of these were never visited."""

    district_code: str
    weak_count: int
    never_count: int


@dataclass(frozen=True)
class InspectorRow:
    """An inspector's visits in a unit in a round; the kind is empty where it is not said."""

    inspector_kind: str
    inspector: str
    district_code: str
    round_number: int
    visit_count: int
    finding_count: int
