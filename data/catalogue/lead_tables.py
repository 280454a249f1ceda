"""Row types of the tables that say when a pattern in the returns is a lead (线索)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from data.catalogue.amounts import check_in_unit
from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class LeadLimit:
    """A line, or a least number of cases, of a test for leads."""

    limit_code: str
    value: Decimal
    unit: str
    name: str
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        check_in_unit(self.value, self.unit)


@dataclass(frozen=True)
class LeadCount:
    """A count whose last digit is free: the standard does not make it round, and it spans hundreds.

    A count that seldom reaches three digits (teachers) is none: just above 100 the digit 0 is
    naturally more frequent than 9.
    """

    field_code: str = refers_to("input_columns.field_code")
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
