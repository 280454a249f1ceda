"""Row type of the days that are not what their weekday says."""

from dataclasses import dataclass, field
from datetime import date

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class CalendarDay:
    """A day of the State Council's yearly arrangement: rest, or a weekend on which people work."""

    day: date
    is_working: bool
    name: str
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
