"""走访: what a school is looked at for, by its latest return."""

from data.rows.visits import FailingLimitRow, SchoolOfRoundRow
from queries.reader import Snapshot


def failing_limits(snapshot: Snapshot, district: str) -> tuple[FailingLimitRow, ...]:
    """The limits of size, class size and special rooms that a unit's schools do not keep now."""
    return snapshot.ask("visits/limits", FailingLimitRow, district=district)


def schools(snapshot: Snapshot, district: str) -> tuple[SchoolOfRoundRow, ...]:
    """The schools of a unit's latest return, each with what it misses and its last visit."""
    return snapshot.ask("visits/schools", SchoolOfRoundRow, district=district)
