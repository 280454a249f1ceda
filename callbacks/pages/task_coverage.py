"""What of today's bill tasks cover, for the pages that show the bill or the forecast."""

from collections.abc import Sequence

from callbacks.dependencies import Dependencies
from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.rows.task_books import UnitCoverage
from data.store.engine import StoreDownError
from queries.reader import Snapshot
from queries.task_books import coverage


def covered_by_tasks(
    deps: Dependencies, snapshot: Snapshot, rows: UnitContext, units: Sequence[UnitStatusRow]
) -> list[UnitCoverage]:
    """The coverage of the newest bill; none of an older one, for a school, or where the store is down."""
    if not rows.is_newest or snapshot.scope.schools is not None:
        return []
    try:
        return coverage(snapshot, deps.store, rows.period, rows.state.basis, units)
    except StoreDownError:
        return []
