"""Row types of what the state recognised: batches, and the units named in them."""

from dataclasses import dataclass, field
from datetime import date

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class RecognitionBatch:
    """A batch of state recognitions (国家认定), with how many units of this area it holds.

    Pages speak of it from `known_from`; a `document_number` that is empty is not at hand. As long
    as fewer units than `unit_count` stand in recognitions.csv, pages say that names are missing.
    """

    batch_code: str
    name: str
    document_number: str
    document_on: date | None
    published_on: date | None
    known_from: date
    unit_count: int
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
    note: str = field(kw_only=True)


@dataclass(frozen=True)
class Recognition:
    """A unit that a batch names: the unit of that day, not what a boundary change made of it."""

    district_code: str = refers_to("districts.district_code")
    batch_code: str = refers_to("recognition_batches.batch_code")
    note: str = field(kw_only=True)
