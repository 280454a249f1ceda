"""Rows of the task books: the bill that they are made from, what tasks promise of it, a book with its measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.quarters import quarter_end
from data.store.audit import AuditRow
from data.store.matters import Matter
from data.store.task_books import BookOrigin, LeftOut
from data.store.task_lists import Standing
from data.store.task_measures import Progress


@dataclass(frozen=True)
class SchoolGapRow:
    """What a school owes of an indicator, in natural units."""

    district_code: str
    school_code: str
    school_name: str
    indicator_code: str
    gap_unit: str
    gap: int


@dataclass(frozen=True)
class GapBill:
    """What a unit owes by school, and what fails without an amount; not `is_reported` where nobody knows."""

    district_code: str
    period: str
    gaps: Sequence[SchoolGapRow]
    left_out: Sequence[LeftOut]
    is_reported: bool


@dataclass(frozen=True)
class Coverage:
    """What of today's bill of an indicator is covered by tasks: in time, too late, or by none; in natural units."""

    indicator_code: str
    unit: str
    owed: int
    in_time: int
    too_late: int

    @property
    def uncovered(self) -> int:
        """What no task is to supply."""
        return self.owed - self.in_time - self.too_late


@dataclass(frozen=True)
class UnitCoverage:
    """The coverage of a unit's bill by indicator; `target` is the day by which it is to comply, None where none is."""

    district_code: str
    target: date | None
    indicators: Sequence[Coverage]

    @property
    def in_time_count(self) -> int:
        """How many indicators tasks supply wholly and in time."""
        return sum(not c.uncovered and not c.too_late for c in self.indicators)

    @property
    def late_count(self) -> int:
        """How many they supply wholly, some of it too late."""
        return sum(not c.uncovered and bool(c.too_late) for c in self.indicators)

    @property
    def open_count(self) -> int:
        """How many they do not supply wholly."""
        return sum(bool(c.uncovered) for c in self.indicators)


@dataclass(frozen=True)
class BookRow:
    """A book under the name of its unit, with how many measures it has, are done, and missed a quarter."""

    book: Matter
    unit_name: str
    count: int
    done_count: int
    late_count: int
    money: int


@dataclass(frozen=True)
class BookDetail:
    """One book with everything in it; `schools` are what each measure was made for, by name of the school."""

    row: BookRow
    origin: BookOrigin
    standings: Sequence[Standing]
    left_out: Sequence[LeftOut]
    milestones: Mapping[str, Mapping[date, int]]
    progress: Mapping[str, Sequence[Progress]]
    schools: Mapping[str, Mapping[str, int]]
    history: Sequence[AuditRow]


@dataclass(frozen=True)
class QuarterRow:
    """A quarter of a measure: planned in it, planned and done in all by its end."""

    ends_on: date
    planned_in: int
    planned: int
    done: int
    is_over: bool
    has_begun: bool

    @property
    def missing(self) -> int:
        """How much less was done by its end than was planned."""
        return max(0, self.planned - self.done)


def quarter_rows(planned: Mapping[date, int], progress: Sequence[Progress], today: date) -> list[QuarterRow]:
    """The quarters of a measure in their order."""
    rows: list[QuarterRow] = []
    before = 0
    for end, total in sorted(planned.items()):
        done = sum(p.done for p in progress if p.month <= end)
        rows.append(QuarterRow(end, total - before, total, done, end < today, end <= quarter_end(today)))
        before = total
    return rows
