"""Questions about one school: where and when it reported, how its sections stand."""

from data.rows.school import ColumnRow, LimitRow, SchoolPeriodRow, SchoolSectionRow, SchoolValueRow
from queries.reader import Snapshot


def periods(snapshot: Snapshot, school: str) -> tuple[SchoolPeriodRow, ...]:
    """Every period in which the school reported, oldest first."""
    return snapshot.ask("school/periods", SchoolPeriodRow, school=school)


def sections(snapshot: Snapshot, return_id: int) -> tuple[SchoolSectionRow, ...]:
    """The sections of one return on every indicator."""
    return snapshot.ask("school/sections", SchoolSectionRow, return_id=return_id)


def values_over_time(snapshot: Snapshot, school: str) -> tuple[SchoolValueRow, ...]:
    """Every value of the school's sections in every period in which it reported."""
    return snapshot.ask("school/values_over_time", SchoolValueRow, school=school)


def limits(snapshot: Snapshot, return_id: int) -> tuple[LimitRow, ...]:
    """The school against the limits of size, class size and special rooms."""
    return snapshot.ask("school/limits", LimitRow, return_id=return_id)


def columns(snapshot: Snapshot) -> tuple[ColumnRow, ...]:
    """The columns of the school return."""
    return snapshot.ask("school/columns", ColumnRow)
