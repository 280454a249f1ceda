"""Row types of the tables that say which map is shown, and where names stand on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class MapLabel:
    """Where a district's name stands on the map, in map units, with the nudge of a designer."""

    geometry_code: str
    vintage: str
    x: Decimal
    y: Decimal
    nudge_x: Decimal
    nudge_y: Decimal
    is_in_inset: bool
    inset_nudge_x: Decimal
    inset_nudge_y: Decimal


@dataclass(frozen=True)
class MapVintage:
    """Which boundary file shows the units of a day."""

    vintage: str
    valid_from: date
    valid_to: date | None
    note: str
