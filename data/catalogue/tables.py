"""One frozen row type per catalogue table; a field's metadata names the column it refers to.

A dated row is in force from `valid_from` to `valid_to`, both inclusive; empty = open.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from data.catalogue.amounts import check_in_unit


def refers_to(column: str) -> Any:
    """Mark a foreign key: `refers_to("sources.source_code")`."""
    return field(metadata={"refers_to": column})


@dataclass(frozen=True)
class Source:
    """A document that a rule or fact is taken from."""

    source_code: str
    title: str
    document_number: str
    issued_on: date | None
    note: str


@dataclass(frozen=True)
class Indicator:
    """A resource indicator computed per school section (L1–L7, B1–B8)."""

    indicator_code: str
    regime: str
    name: str
    short_name: str
    unit: str
    gap_unit: str = refers_to("gap_units.gap_unit")
    factor: int = field(kw_only=True)
    is_split: bool = field(kw_only=True)
    is_whole_unit: bool = field(kw_only=True)
    display_order: int = field(kw_only=True)
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class IndicatorInput:
    """A column of the school return that enters an indicator's numerator."""

    indicator_code: str = refers_to("indicators.indicator_code")
    field_code: str = refers_to("input_columns.field_code")
    coefficient: int = field(kw_only=True)


@dataclass(frozen=True)
class Threshold:
    """The least value a section must reach."""

    indicator_code: str = refers_to("indicators.indicator_code")
    stage: str = field(kw_only=True)
    threshold: Decimal = field(kw_only=True)
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class CvLimit:
    """The greatest coefficient of variation allowed; `composite` is the mean of a regime's CVs."""

    regime: str
    indicator_code: str
    stage: str
    cv_limit: Decimal
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class SchoolRule:
    """How many indicators a section may miss (none or one), and how low the missed one may be."""

    regime: str
    allowed_shortfalls: int
    floor_share: Decimal
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        if self.allowed_shortfalls not in (0, 1):
            raise ValueError("allowed_shortfalls must be 0 or 1 (docs/standard.md 6)")


@dataclass(frozen=True)
class SchoolType:
    """A kind of school and the sections it has: never, always, or where there are pupils."""

    school_type: str
    name: str
    primary_section: str
    junior_section: str
    senior_section: str
    display_order: int


@dataclass(frozen=True)
class ScopeRule:
    """A kind of school left out of the evaluation, wholly or below a number of pupils."""

    school_type: str = refers_to("school_types.school_type")
    minimum_pupils: int | None = field(kw_only=True)
    reason_code: str = field(kw_only=True)
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class SplitWeight:
    """The weight of one pupil of a stage when a mixed school's resources are split."""

    stage: str
    weight: Decimal
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class Dimension:
    """A part of the standard; only counted dimensions enter the 32 items."""

    dimension: str
    name: str
    display_order: int
    is_counted: bool


@dataclass(frozen=True)
class Item:
    """A district-level item: G, Q, S, vetoes V and the prerequisite P."""

    item_code: str
    dimension: str = refers_to("dimensions.dimension")
    name: str = field(kw_only=True)
    short_name: str = field(kw_only=True)
    rule_kind: str = field(kw_only=True)
    threshold: Decimal | None = field(kw_only=True)
    unit: str = field(kw_only=True)
    display_order: int = field(kw_only=True)
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class DistrictGroup:
    """一区两群 group."""

    group_code: str
    name: str
    short_name: str
    parent_name: str
    display_order: int
    source_code: str = refers_to("sources.source_code")


@dataclass(frozen=True)
class District:
    """A reporting unit for a period; same-name units differ by `district_code`."""

    district_code: str
    name: str
    short_name: str
    kind: str
    group_code: str = refers_to("district_groups.group_code")
    valid_from: date = field(kw_only=True)
    valid_to: date | None = field(kw_only=True)
    is_expected: bool = field(kw_only=True)
    code_status: str = field(kw_only=True)
    geometry_code: str = field(kw_only=True)
    tile_column: Decimal | None = field(kw_only=True)
    tile_row: Decimal | None = field(kw_only=True)
    tile_width: Decimal = field(kw_only=True)
    tile_height: Decimal = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
    note: str = field(kw_only=True)


@dataclass(frozen=True)
class DistrictSuccession:
    """Where a unit's schools went at a boundary change; whole, or school by school."""

    predecessor_code: str = refers_to("districts.district_code")
    successor_code: str = refers_to("districts.district_code")
    effective_on: date = field(kw_only=True)
    is_whole: bool = field(kw_only=True)
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
    note: str = field(kw_only=True)


@dataclass(frozen=True)
class PlanPhase:
    """A phase of the rollout plan."""

    phase_code: str
    name: str
    short_name: str
    target_year: int
    band_label: str
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class PlanStatus:
    """A step of the procedure from 未启动 to 国家认定."""

    status_code: str
    name: str
    display_order: int


@dataclass(frozen=True)
class OperatorType:
    """举办者类型 of the official forms."""

    operator_type: int
    name: str


@dataclass(frozen=True)
class Parameter:
    """A number the supervision office may set."""

    parameter_code: str
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
class Word:
    """Words on screen that stand in the place of the project's, by their key there."""

    word_key: str
    words: str


@dataclass(frozen=True)
class GlossaryTerm:
    """An identifier of the code and the standard's own word for it."""

    identifier: str
    name: str
