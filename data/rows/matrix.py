"""Rows of the indicator matrix: every unit on every item."""

from dataclasses import dataclass
from decimal import Decimal


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
    """A unit on an item; `missing_share` is the distance to the line.

    `change_kind` is that of an unmet item since the autumn before: worse, better, flat or None.
    """

    district_code: str
    item_code: str
    dimension: str
    is_met: bool | None
    amount: Decimal | None
    threshold: Decimal | None
    missing_share: float | None
    change_kind: str | None
    is_double_red: bool
    is_reported: bool
