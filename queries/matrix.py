"""Questions of the indicator matrix: every unit on every item."""

from data.rows.matrix import MatrixCellRow, MatrixItemRow
from queries.reader import Snapshot


def items(snapshot: Snapshot, period: str) -> tuple[MatrixItemRow, ...]:
    """The items in force."""
    return snapshot.ask("matrix/items", MatrixItemRow, period=period)


def cells(snapshot: Snapshot, period: str, basis: str) -> tuple[MatrixCellRow, ...]:
    """Every unit on every item."""
    return snapshot.ask("matrix/cells", MatrixCellRow, period=period, basis=basis)
