"""What is wrong with an input file, at which cell, by which rule, and how to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Protocol

from data.catalogue.input_tables import FindingRule
from data.catalogue.loader import load_catalogue
from data.text import text

ROWS_APART = 100_000
"""Row numbers of the sheets of one return, as one count: sheet × this + row."""


@dataclass(frozen=True)
class Finding:
    """One finding; `row` is the row number as a spreadsheet shows it, None for the whole table.

    `cells` are the A1 addresses that it is about, where they are known.
    """

    finding_code: str
    severity: str
    file_name: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str
    suggested_fix: str
    cells: tuple[str, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """Whether nothing may be imported while this stands."""
        return self.severity == "error"

    @property
    def rank(self) -> int:
        """What is lost comes first (0), then what is about the whole table (1), then cells (2)."""
        return _rules()[self.finding_code].rank

    def as_dict(self) -> dict[str, Any]:
        """For JSON output."""
        return {**asdict(self), "cells": list(self.cells)}


@cache
def _rules() -> dict[str, FindingRule]:
    return {rule.finding_code: rule for rule in load_catalogue().rows(FindingRule)}


class Told(Protocol):
    """Where findings are made: one sheet, or all sheets of a return as one."""

    def finding(self, finding_code: str, *, row: int | None = None, column: str = "", **placeholders: str) -> Finding:
        """Make a finding; `placeholders` fill `{header}`, `{value}` and `{detail}` of its message."""
        ...

    def where(self, row: int, beside: int | None = None, column: str = "") -> str:
        """A row or a cell in words; with its sheet where that is another than that of `beside`."""
        ...


@dataclass(frozen=True)
class Place:
    """The table that findings are about; `letters` names the column of each header."""

    file_name: str
    sheet: str
    letters: Mapping[str, str] = field(default_factory=dict[str, str])

    def finding(self, finding_code: str, *, row: int | None = None, column: str = "", **placeholders: str) -> Finding:
        """Make a finding; `placeholders` fill `{header}`, `{value}` and `{detail}` of its message."""
        rule = _rules()[finding_code]
        filled = {"header": column, "value": "", "detail": "", "more": "", **placeholders}
        cell = self.cell(row, column)
        return Finding(
            finding_code=finding_code,
            severity=rule.severity,
            file_name=self.file_name,
            sheet=self.sheet,
            row=row,
            column=column,
            value=filled["value"],
            message=rule.message.format(**filled),
            suggested_fix=rule.suggested_fix.format(**filled),
            cells=(cell,) if cell else (),
        )

    def cell(self, row: int | None, column: str) -> str:
        """The A1 address of a cell; empty where it is not known."""
        letters = self.letters.get(column, "")
        return f"{letters}{row}" if letters and row else ""

    def where(self, row: int, beside: int | None = None, column: str = "") -> str:
        """A row or a cell in words."""
        del beside
        return self.cell(row, column) or text("reception.row", row=row)


class Whole:
    """All sheets of a return as one table, whose rows are counted through."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places

    def finding(self, finding_code: str, *, row: int | None = None, column: str = "", **placeholders: str) -> Finding:
        """Make a finding at the sheet of its row; without a row, at the only sheet or at none."""
        if row is not None:
            sheet, number = divmod(row, ROWS_APART)
            return self.places[sheet].finding(finding_code, row=number, column=column, **placeholders)
        files = "、".join(dict.fromkeys(p.file_name for p in self.places))
        only = self.places[0].sheet if len(self.places) == 1 else ""
        return Place(files, only).finding(finding_code, row=None, column=column, **placeholders)

    def where(self, row: int, beside: int | None = None, column: str = "") -> str:
        """A row or a cell in words; with its sheet where that is another than that of `beside`."""
        sheet, number = divmod(row, ROWS_APART)
        place = self.places[sheet]
        cell = place.where(number, column=column)
        if beside is None or beside // ROWS_APART == sheet:
            return cell
        is_same_file = self.places[beside // ROWS_APART].file_name == place.file_name
        key = "reception.place" if is_same_file else "reception.place_in_file"
        return text(key, file=place.file_name, sheet=place.sheet, cell=cell)
