"""Row types of the tables that say what an input file holds and what can be wrong with it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class DataPeriod:
    """A period for which offices hand in, and the first day on which they can."""

    period: str
    opens_on: date
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class InputKind:
    """A kind of input file: what makes a row unique, and what a later file replaces as a whole.

    `permission` is what a person needs to hand it in.
    """

    input_kind: str
    name: str
    key_fields: str
    replaces_by: str
    permission: str
    display_order: int


@dataclass(frozen=True)
class InputColumn:
    """A column of an input file: header text, aliases and what a cell may hold."""

    input_kind: str = refers_to("input_kinds.input_kind")
    field_code: str = field(kw_only=True)
    stage: str = field(kw_only=True)
    header: str = field(kw_only=True)
    aliases: str = field(kw_only=True)
    value_type: str = field(kw_only=True)
    is_required: bool = field(kw_only=True)
    unit: str = field(kw_only=True)
    allowed: str = field(kw_only=True)
    display_order: int = field(kw_only=True)


@dataclass(frozen=True)
class InputExample:
    """What a cell of a column may look like, for the example that a template carries."""

    input_kind: str = refers_to("input_kinds.input_kind")
    field_code: str = field(kw_only=True)
    stage: str = field(kw_only=True)
    example: str = field(kw_only=True)


@dataclass(frozen=True)
class SchoolDeparture:
    """Why a school of the time before is not in a return; one that was forgotten is no explanation."""

    departure_code: str
    name: str
    is_explained: bool
    display_order: int


@dataclass(frozen=True)
class InputUnit:
    """A unit that a header may name: what it measures, and how many of the plainest one it is."""

    unit: str
    dimension: str
    factor: Decimal


@dataclass(frozen=True)
class FindingRule:
    """A thing that can be wrong with an input file, in words, with its fix.

    `rank` is the order it is told in: 0 what is lost, 1 the whole table, 2 single cells.
    """

    finding_code: str
    severity: str
    rank: int
    message: str
    suggested_fix: str
    source_code: str = refers_to("sources.source_code")


@dataclass(frozen=True)
class ReturnCheck:
    """A plausibility check of school returns; `kind` says how `low`, `high`, `least_size` act.

    `ratio` field ÷ against lies within low and high; `at_most` field ≤ against; `at_least_average`
    field ≥ pupils ÷ classes; `both_or_none` neither is zero alone; `unit` field per pupil is no
    power of ten away from its peers; `jump` this ÷ last period lies within low and high, where
    one of them reaches `least_size`; `year_range` low ≤ field ≤ the period's year; `copies` no two
    schools share `least_size` amounts and all others; `repeats` less than the share `low` of at
    least `least_size` amounts stands as last period; `register` the school was there last period.
    """

    check_code: str
    kind: str
    finding_code: str = refers_to("finding_rules.finding_code")
    field_code: str = field(kw_only=True)
    against: str = field(kw_only=True)
    low: Decimal | None = field(kw_only=True)
    high: Decimal | None = field(kw_only=True)
    least_size: int | None = field(kw_only=True)
    valid_from: date = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
