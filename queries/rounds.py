"""过程督导: which schools were visited in which round, and which weak ones never."""

from data.rows.rounds import CoverageRow, InspectorRow, WeakCountRow, WeakSchoolRow
from queries.reader import Snapshot


def coverage(snapshot: Snapshot, period: str, basis: str) -> tuple[CoverageRow, ...]:
    """Visits by unit and round."""
    return snapshot.ask("rounds/coverage", CoverageRow, period=period, basis=basis)


def weak_schools(snapshot: Snapshot, period: str, basis: str) -> tuple[WeakSchoolRow, ...]:
    """Schools that do not comply, weakest first."""
    return snapshot.ask("rounds/schools", WeakSchoolRow, period=period, basis=basis)


def weak_counts(snapshot: Snapshot, period: str, basis: str) -> tuple[WeakCountRow, ...]:
    """How many of them each unit has, visited or not."""
    return snapshot.ask("rounds/weak_counts", WeakCountRow, period=period, basis=basis)


def inspectors(snapshot: Snapshot, period: str, basis: str) -> tuple[InspectorRow, ...]:
    """Visits by inspector, unit and round."""
    return snapshot.ask("rounds/inspectors", InspectorRow, period=period, basis=basis)
