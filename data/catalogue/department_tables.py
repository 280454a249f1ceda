"""Row types of the departments that act together, and of what each is asked for where a unit falls short."""

from dataclasses import dataclass, field
from datetime import date

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class Department:
    """A department of the city or of its units that answers for measures and issues (齐抓共管)."""

    department_code: str
    name: str
    level_code: str = refers_to("supervision_levels.level_code")
    display_order: int = field(kw_only=True)
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class MeasureDefault:
    """What a task book proposes where a unit is short of an indicator: the measure, and who answers for it."""

    indicator_code: str = refers_to("indicators.indicator_code")
    measure: str = field(kw_only=True)
    department_code: str = refers_to("departments.department_code")
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
