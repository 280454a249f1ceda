"""过程督导: which schools were visited in which round, and which weak ones never."""

from data.rows.rounds import CoverageRow, InspectorRow, RoundTotalRow, WeakSchoolRow
from queries.reader import Snapshot


def coverage(snapshot: Snapshot, period: str, basis: str) -> tuple[CoverageRow, ...]:
    """Visits by unit and round."""
    return snapshot.ask("rounds/coverage", CoverageRow, period=period, basis=basis)


def weak_schools(snapshot: Snapshot, period: str, basis: str) -> tuple[WeakSchoolRow, ...]:
    """Schools that do not comply, weakest first."""
    return snapshot.ask("rounds/schools", WeakSchoolRow, period=period, basis=basis)


def totals(snapshot: Snapshot, period: str) -> tuple[RoundTotalRow, ...]:
    """The rounds."""
    return snapshot.ask("rounds/totals", RoundTotalRow, period=period)


def inspectors(snapshot: Snapshot, period: str) -> tuple[InspectorRow, ...]:
    """Visits by inspector and unit."""
    return snapshot.ask("rounds/inspectors", InspectorRow, period=period)
