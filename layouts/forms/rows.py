"""What the official forms are written from, and what one sheet consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from data.rows.common_dimensions import IndicatorRow
from data.rows.district import SectionRow
from data.rows.forms import FormSectionRow, FormStageRow
from data.rows.overview import UnitCvRow
from data.rows.proof import DistrictItemRow
from data.rows.publication import SnapshotInfo
from layouts import formatting

# As many decimals as the import accepts. Lines have fewer, so cutting moves nothing across a line.
ACCEPTED = Decimal("0.0001")


@dataclass(frozen=True)
class FormsView:
    """One unit in one period; `values` are its sections on every indicator, `items` its items.

    `partial` says why schools are missing: a scope, or boundaries that cannot be recast; it stands on
    every sheet.
    """

    district_name: str
    snapshot_date: date
    basis: str
    snapshot: SnapshotInfo
    indicators: Sequence[IndicatorRow]
    sections: Sequence[FormSectionRow]
    values: Sequence[SectionRow]
    stages: Sequence[FormStageRow]
    cvs: Sequence[UnitCvRow]
    items: Sequence[DistrictItemRow]
    thresholds: dict[tuple[str, str], Decimal]
    operators: Sequence[str]
    partial: str = ""


@dataclass(frozen=True)
class Number:
    """A number kept whole and shown with the official decimals."""

    number: float
    decimals: int


Cell = str | Number


@dataclass(frozen=True)
class FormSheet:
    """A form: number, title, heads with widths in characters, lines, kinds of input it draws."""

    number: str
    title: str
    heads: Sequence[tuple[str, int]]
    lines: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    kinds: Sequence[str] = ("school_return",)


def value_cell(number: float | Decimal | None, line: float | Decimal | None = None) -> Cell:
    """A value shown with 2 decimals, or what it takes to see on which side of the line it is."""
    if number is None:
        return formatting.NONE
    accepted = Decimal(repr(float(number))).quantize(ACCEPTED, ROUND_DOWN)
    return Number(float(accepted), _decimals(formatting.value(number, line)))


def cv_cell(number: float | None, limit: float | None) -> Cell:
    """A CV with 3 decimals, more where they would hide on which side of the limit it is."""
    if number is None:
        return formatting.NONE
    return Number(number, _decimals(formatting.cv(number, limit)))


def count_cell(number: float | Decimal | None) -> Cell:
    """A whole number."""
    return formatting.NONE if number is None else Number(float(number), 0)


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])
