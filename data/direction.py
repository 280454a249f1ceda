"""The published direction of a measure over the last three autumns."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Direction:
    """fell, rose, flat, mixed, or few (too few autumns); where it began and ended, and at what.

    `few_reason` is boundary_changed or first_years where there are few, else None; `is_recast`
    where the autumns are not those reported but recast to the present boundaries.
    """

    kind: str
    first_date: date | None = None
    first_value: float | None = None
    last_date: date | None = None
    last_value: float | None = None
    few_reason: str | None = None
    is_recast: bool = False
