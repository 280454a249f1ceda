"""Rows of 表Ⅱ-1, 表Ⅱ-2 and 表Ⅲ beside the figures that pages already ask for."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class FormSectionRow:
    """One evaluated section; `classes` None where not reported."""

    school_code: str
    school_name: str
    stage: str
    operator_type: str
    pupils: Decimal
    classes: Decimal | None
    complies: bool | None


@dataclass(frozen=True)
class FormStageRow:
    """One stage of a unit: sections that comply, and the mean of its CVs."""

    stage: str
    section_count: int
    compliant_count: int
    undecidable_count: int
    composite_cv: float | None
