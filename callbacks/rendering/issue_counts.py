"""The ledger as the viewer may see it, counted today."""

from callbacks.dependencies import Dependencies
from data.rows.issue_board import IssueFilter
from queries.issue_board import IssueBoard
from queries.reader import Snapshot


def issue_board(
    deps: Dependencies, snapshot: Snapshot, units: frozenset[str] | None = None, school: str = ""
) -> IssueBoard:
    """The issues of the viewer's scope, all of them or those of some units or a school."""
    today = deps.today()
    return IssueBoard(snapshot, deps.store, IssueFilter(today, today, (0, 0), units, school))
