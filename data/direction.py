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

    def ended_before(self, shown_on: date) -> bool:
        """Whether its last autumn lies before the period shown, which is then none of its autumns."""
        return self.last_date is not None and self.last_date < shown_on
