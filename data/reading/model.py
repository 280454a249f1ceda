"""A sheet as every reader gives it: typed cells from A1 on, and what of it is hidden or merged."""

import re
from dataclasses import dataclass, field
from datetime import date

LETTERS = 26
DIGITS_KEPT = 12
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_TELLING = re.compile(r"0{2,}|0\.0+|@")
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True)
class Styled:
    """A number whose format says more than the number: percent, leading zeros, fixed decimals."""

    value: float
    format: str

    @property
    def is_percent(self) -> bool:
        """Whether it is shown a hundred times as large, with a percent sign."""
        return is_percent(self.format)


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error that the spreadsheet computed, such as #N/A."""

    code: str


@dataclass(frozen=True, slots=True)
class NoResult:
    """A formula that was stored without its result."""


CellValue = str | int | float | bool | date | Styled | ErrorValue | NoResult | None
Row = list[CellValue]


@dataclass(frozen=True)
class Merged:
    """A merged range by its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """All rows of one sheet from the first; row and column numbers count from 0.

    `knows_formats` is False where the reader cannot give number formats.
    """

    name: str
    rows: list[Row]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: list[Merged] = field(default_factory=list[Merged])
    knows_formats: bool = True
    are_formulas_zero: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not any(is_filled(value) for row in self.rows for value in row)


def is_filled(value: CellValue) -> bool:
    """Whether a cell holds something."""
    return value is not None and value != ""


def letter(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The A1 address of a cell; both count from 0."""
    return f"{letter(column)}{row + 1}"


def is_percent(number_format: str) -> bool:
    """Whether a number format shows percent; text in quotes, escapes and brackets does not count."""
    return number_format == "Percent" or "%" in _QUOTED.sub("", number_format)


def styled(value: float, number_format: str) -> CellValue:
    """A number, with its format where that says more than the number does."""
    if number_format in ("", "General") or not (is_percent(number_format) or _TELLING.fullmatch(number_format)):
        return value
    return Styled(float(value), number_format)


def plain_text_of(value: CellValue) -> CellValue:
    """The text of `="0012"`, by which exports without types keep codes from becoming numbers; others as they are."""
    match = _TEXT_FORMULA.fullmatch(value.strip()) if isinstance(value, str) else None
    return value if match is None else match[1].replace('""', '"') or None


def trimmed(rows: list[Row]) -> list[Row]:
    """The rows without empty cells at their ends and empty rows at the end."""
    for row in rows:
        while row and not is_filled(row[-1]):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
