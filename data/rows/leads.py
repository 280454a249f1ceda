"""Rows of 线索: what the returns show that a supervisor may want to look at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DigitRow:
    """A unit's counts with a free last digit, and how many end in 0 or 5."""

    district_code: str
    count_number: int
    round_number: int


@dataclass(frozen=True)
class NearLineRow:
    """A unit's values just below and just above one line of one indicator and stage."""

    district_code: str
    stage: str
    indicator_code: str
    line: str
    below_number: int
    above_number: int


@dataclass(frozen=True)
class RepeatedRow:
    """A section whose pupils changed, and how many continuous values per pupil did not."""

    district_code: str
    school_code: str
    school_name: str
    stage: str
    previous_pupils: int
    pupils: int
    value_number: int
    repeated_number: int


@dataclass(frozen=True)
class CountsRow:
    """A school's counts as one name; schools whose counts are all alike share it."""

    district_code: str
    school_code: str
    school_name: str
    counts: str
    count_number: int
    pupils: int
    is_as_before: bool


@dataclass(frozen=True)
class PupilsRow:
    """A school's pupils, type, scope and compliance in two periods."""

    district_code: str
    school_code: str
    school_name: str
    previous_type: str
    school_type: str
    previous_primary: int
    primary_pupils: int
    previous_junior: int
    junior_pupils: int
    was_in_scope: bool
    is_in_scope: bool
    did_comply: bool | None
    complies: bool | None

    @property
    def previous_pupils(self) -> int:
        """Pupils of compulsory education in the earlier period."""
        return self.previous_primary + self.previous_junior

    @property
    def pupils(self) -> int:
        """Pupils of compulsory education."""
        return self.primary_pupils + self.junior_pupils


@dataclass(frozen=True)
class OutlierRow:
    """The section with the largest share of S² of one CV; a lead where its figure stands alone."""

    district_code: str
    school_code: str
    school_name: str
    stage: str
    indicator_code: str
    section_count: int
    contribution: float
    section_value: float
    district_mean: float

    @property
    def kind(self) -> str:
        """The kind of lead."""
        return "outlier"

    @property
    def times(self) -> float:
        """The value in units of the mean."""
        return self.section_value / self.district_mean
