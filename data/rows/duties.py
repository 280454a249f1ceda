"""Rows of 督导履职: which schools were visited in a term as often as they are due, and what is past its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class SchoolTerm:
    """A term of schools: its first and its last day."""

    begins_on: date
    ends_on: date

    @property
    def previous_day(self) -> date:
        """The last day of the term before."""
        return self.begins_on - timedelta(days=1)


@dataclass(frozen=True)
class VisitedDayRow:
    """A day on which a return says that a school of a unit was visited."""

    district_code: str
    school_code: str
    visited_on: date


@dataclass(frozen=True)
class SchoolDutyRow:
    """A school with the days in the term on which it was visited, the last of any time, and who is responsible."""

    district_code: str
    school_code: str
    school_name: str
    visit_count: int
    last_visited_on: date | None
    inspectors: Sequence[str]


@dataclass(frozen=True)
class UnitDutyRow:
    """A unit: its schools, how many were visited less often than due, or never; what is past its day, by kind."""

    district_code: str
    school_count: int
    short_count: int
    never_count: int
    late_visits: int
    late_opinions: int
    late_complaints: int

    @property
    def late_count(self) -> int:
        """Everything that is past its day."""
        return self.late_visits + self.late_opinions + self.late_complaints


@dataclass(frozen=True)
class PersonDutyRow:
    """An inspector with an area: its schools, how many were visited less often than due, or never."""

    inspector_code: str
    name: str
    district_code: str
    area_name: str
    school_count: int
    short_count: int
    never_count: int


@dataclass(frozen=True)
class Duties:
    """A term, how many visits are due in it, and how far units, inspectors and schools are.

    `schools` are those visited less often than due.
    """

    term: SchoolTerm
    due: int
    units: Sequence[UnitDutyRow]
    people: Sequence[PersonDutyRow]
    schools: Sequence[SchoolDutyRow]


def term_of_day(day: date, autumn_month: int, spring_month: int) -> SchoolTerm:
    """The term that a day falls in; the year's two begin in these months."""
    starts = [
        date(year, month, 1) for year in range(day.year - 1, day.year + 2) for month in (spring_month, autumn_month)
    ]
    begins_on = max(start for start in starts if start <= day)
    following = min(start for start in starts if start > day)
    return SchoolTerm(begins_on, following - timedelta(days=1))
