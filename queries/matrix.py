"""Questions of the indicator matrix: every unit on every item."""

from dataclasses import dataclass
from decimal import Decimal

from queries.reader import Snapshot


@dataclass(frozen=True)
class MatrixItemRow:
    """A column of the matrix."""

    item_code: str
    dimension: str
    dimension_name: str
    is_counted: bool
    short_name: str
    unit: str


@dataclass(frozen=True)
class MatrixCellRow:
    """A unit on an item, now and an autumn earlier; `missing_share` is the distance to the line."""

    district_code: str
    item_code: str
    dimension: str
    is_met: bool | None
    amount: Decimal | None
    threshold: Decimal | None
    missing_share: float | None
    was_met: bool | None
    earlier_missing_share: float | None
    has_earlier: bool
    is_reported: bool


def items(snapshot: Snapshot, period: str) -> tuple[MatrixItemRow, ...]:
    """The items in force."""
    return snapshot.ask("matrix/items", MatrixItemRow, period=period)


def cells(snapshot: Snapshot, period: str, previous: str, basis: str) -> tuple[MatrixCellRow, ...]:
    """Every unit on every item."""
    return snapshot.ask(
        "matrix/cells", MatrixCellRow, period=period, previous=previous, basis=basis
    )
