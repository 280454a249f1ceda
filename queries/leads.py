"""线索: what the returns show that a supervisor may want to look at; never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from queries.reader import Snapshot


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


def last_digits(
    snapshot: Snapshot, period: str, fields: Sequence[str], least: int
) -> tuple[DigitRow, ...]:
    """Round counts by unit, of the counts that are at least `least`; no field, no row."""
    if not fields:
        return ()
    return snapshot.ask("leads/last_digits", DigitRow, period=period, fields="|".join(fields),
                        digit_least=least)  # fmt: skip


def near_lines(snapshot: Snapshot, period: str, band: float) -> tuple[NearLineRow, ...]:
    """Values within `band` (a share of the line) of each line."""
    return snapshot.ask("leads/near_lines", NearLineRow, period=period, band=band)


def repeated_values(snapshot: Snapshot, period: str, previous: str) -> tuple[RepeatedRow, ...]:
    """Sections whose pupils changed between two periods."""
    return snapshot.ask("leads/repeated_values", RepeatedRow, period=period, previous=previous)


def count_vectors(snapshot: Snapshot, period: str, previous: str) -> tuple[CountsRow, ...]:
    """The counts of every school."""
    return snapshot.ask("leads/count_vectors", CountsRow, period=period, previous=previous)


def pupils_before(snapshot: Snapshot, period: str, previous: str) -> tuple[PupilsRow, ...]:
    """Every school that both periods know."""
    return snapshot.ask("leads/pupils_before", PupilsRow, period=period, previous=previous)


def largest_shares(snapshot: Snapshot, period: str) -> tuple[OutlierRow, ...]:
    """The section with the largest share of S² of every CV, largest first."""
    return snapshot.ask("leads/outliers", OutlierRow, period=period)
