"""What of the catalogue stands at the administrator's desk, and how a row of it is written in a form."""

import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.catalogue.all_tables import TABLES
from data.catalogue.loader import Catalogue
from data.catalogue.overlay import REPLACED_WHOLE, is_spliced
from data.catalogue.tables import Word
from data.text import all_texts

SEPARATOR = "|"
READ_BY_KEY = frozenset(
    {"thresholds", "items", "cv_limits", "school_rules", "split_weights", "parameters", "warning_rules", "lead_limits"}
)
"""Tables whose keys are named where they are read: nothing would read a row of another key."""
VALUE_WORDS = "catalogue.value."
"""Where the words of codes stand that rows may hold."""


@dataclass(frozen=True)
class DeskTable:
    """A page of the desk: its code, the table whose rows it shows, and of office parameters which units."""

    code: str
    table: str
    units: tuple[str, ...] = ()

    @property
    def row_type(self) -> type[Any]:
        """The type of its rows."""
        return TABLES[self.table][0]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name what a row is about."""
        return TABLES[self.table][1]

    @property
    def is_dated(self) -> bool:
        """Whether rows follow one another in time."""
        return is_spliced(self.table, self.row_type)

    @property
    def is_whole(self) -> bool:
        """Whether its dates say how long the thing itself is there."""
        return self.table in REPLACED_WHOLE

    @property
    def is_closed(self) -> bool:
        """Whether only what there is can be changed."""
        return self.table in READ_BY_KEY

    def rows(self, catalogue: Catalogue) -> list[Any]:
        """The rows that it shows."""
        return [r for r in catalogue.rows(self.row_type) if not self.units or r.unit in self.units]


DAYS, OBLIGATIONS = ("days", "working_days", "months"), ("hours", "visits", "schools", "decisions")
SIZES, KEPT_AND_ALLOWED = ("pupils", "classes"), ("times", "MB", "pages", "publications", "clock_hours")
OTHERS = ("units", "share", "cv", "points", "month", "year", "years", "draws", "number", "chance")
DESK_TABLES = (
    DeskTable("thresholds", "thresholds"),
    DeskTable("items", "items"),
    DeskTable("cv_limits", "cv_limits"),
    DeskTable("sizes", "parameters", SIZES),
    DeskTable("school_rules", "school_rules"),
    DeskTable("scope_rules", "scope_rules"),
    DeskTable("split_weights", "split_weights"),
    DeskTable("plan_phases", "plan_phases"),
    DeskTable("warning_rules", "warning_rules"),
    DeskTable("warning_escalations", "warning_escalations"),
    DeskTable("deadlines", "parameters", DAYS),
    DeskTable("calendar_days", "calendar_days"),
    DeskTable("data_periods", "data_periods"),
    DeskTable("districts", "districts"),
    DeskTable("district_groups", "district_groups"),
    DeskTable("district_successions", "district_successions"),
    DeskTable("supervision_levels", "supervision_levels"),
    DeskTable("inspector_kinds", "inspector_kinds"),
    DeskTable("departments", "departments"),
    DeskTable("measure_defaults", "measure_defaults"),
    DeskTable("inspection", "parameters", OBLIGATIONS),
    DeskTable("recognition_batches", "recognition_batches"),
    DeskTable("recognitions", "recognitions"),
    DeskTable("lead_limits", "lead_limits"),
    DeskTable("quotas", "parameters", KEPT_AND_ALLOWED),
    DeskTable("other_parameters", "parameters", OTHERS),
    DeskTable("sources", "sources"),
    DeskTable("words", "words"),
)
BY_CODE = {desk.code: desk for desk in DESK_TABLES}


def desk_of(table: str, cells: Mapping[str, str]) -> DeskTable:
    """The page on which a row of a table stands."""
    of_table = [d for d in DESK_TABLES if d.table == table]
    return next((d for d in of_table if cells.get("unit") in d.units), of_table[0])


class FieldKind(StrEnum):
    """How a cell is typed."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True)
class DeskField:
    """A column in the form: how it is typed, whether it may be left empty, whether it names the row.

    `choices` are the values that it may have; none where anything may be typed.
    """

    name: str
    kind: FieldKind
    is_optional: bool
    is_key: bool
    choices: tuple[str, ...] = ()


def fields_of(desk: DeskTable, catalogue: Catalogue) -> list[DeskField]:
    """The columns of a table as they are typed, in the order of the table."""
    hints = typing.get_type_hints(desk.row_type)
    rows = desk.rows(catalogue)
    return [_field_of(desk, column, hints[column.name], rows, catalogue) for column in fields(desk.row_type)]


def _field_of(desk: DeskTable, column: Field[Any], hint: Any, rows: Sequence[Any], catalogue: Catalogue) -> DeskField:
    types = set(typing.get_args(hint)) or {hint}
    held = [getattr(row, column.name) for row in rows]
    is_optional = type(None) in types or (str in types and "" in held)
    target = column.metadata.get("refers_to")
    choices: tuple[str, ...] = ()
    if target is not None and target is not MISSING:
        kind, choices = FieldKind.CHOICE, _targets(str(target), catalogue)
    elif bool in types:
        kind, choices = FieldKind.YES_NO, ("true", "false")
    elif date in types:
        kind = FieldKind.DAY
    elif types & {int, Decimal}:
        kind = FieldKind.NUMBER
    elif held and all(value == "" or VALUE_WORDS + str(value) in all_texts() for value in held):
        kind, choices = FieldKind.CHOICE, tuple(dict.fromkeys(str(value) for value in held if value != ""))
    else:
        kind = FieldKind.TEXT
    return DeskField(column.name, kind, is_optional, column.name in desk.key, choices)


def _targets(target: str, catalogue: Catalogue) -> tuple[str, ...]:
    table, _, column = target.partition(".")
    return tuple(dict.fromkeys(str(getattr(row, column)) for row in catalogue.rows(TABLES[table][0])))


def cells_of_row(row: Any) -> dict[str, str]:
    """A row as cells of a file."""
    return {column.name: _cell(getattr(row, column.name)) for column in fields(row)}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def key_of(desk: DeskTable, cells: Mapping[str, str]) -> str:
    """What a row is about, as one text."""
    return SEPARATOR.join(cells.get(column, "") for column in desk.key)


def identity_of(desk: DeskTable, row: Any) -> str:
    """One row among those of its key: the key, and of dated rows since when."""
    cells = cells_of_row(row)
    return SEPARATOR.join((key_of(desk, cells), *([cells["valid_from"]] if desk.is_dated else [])))


def row_of(desk: DeskTable, catalogue: Catalogue, identity: str) -> Any | None:
    """The row of an identity; None where there is none. Of words, those of the project where there are no own."""
    row = next((r for r in desk.rows(catalogue) if identity_of(desk, r) == identity), None)
    if row is None and desk.row_type is Word and identity in all_texts():
        return Word(identity, all_texts()[identity])
    return row


def standing_on(day: date, cells: Mapping[str, str]) -> str:
    """Whether a row is `in_force` on a day, `over` or `later`."""
    if cells.get("valid_from", "") > day.isoformat():
        return "later"
    ends = cells.get("valid_to", "")
    return "over" if ends and ends < day.isoformat() else "in_force"


def is_like(desk: DeskTable, row: Any, cells: Mapping[str, str]) -> bool:
    """Whether a row says the same as cells, but for the days on which it holds."""
    row_cells = cells_of_row(row)
    days = {"valid_from", "valid_to"} if desk.is_dated else set[str]()
    return all(cells.get(name) == value for name, value in row_cells.items() if name not in days)
