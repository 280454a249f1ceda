"""What rows and cells of the catalogue are called on the desk's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

from data.catalogue.all_tables import TABLES
from data.catalogue.desk import SEPARATOR, VALUE_WORDS, DeskTable
from data.catalogue.loader import Catalogue
from data.text import all_texts, text
from layouts import formatting

NAMES = ("short_name", "name", "document_number", "title", "words")
DAYS = ("valid_from", "valid_to")
ALSO_REFER = {"indicator_code": "indicators.indicator_code"}
"""Columns that may hold the code of another table's row, or something else."""


def table_name(desk: DeskTable) -> str:
    """The name of a page of the desk."""
    return text(f"catalogue.table.{desk.code}")


def column_name(table: str, column: str) -> str:
    """The head of a column; some mean another thing in one table."""
    if f"catalogue.column.of_{table}.{column}" in all_texts():
        return text(f"catalogue.column.of_{table}.{column}")
    return text(f"catalogue.column.{column}")


def cell_words(catalogue: Catalogue, table: str, column: str, value: str) -> str:
    """A cell as people read it: the name of what it refers to, the word of a code, 是 or 否."""
    if value == "":
        return formatting.NONE
    if value in ("true", "false"):
        return text(f"audit.is_{value}")
    target = _target(table, column)
    name = _name_in(catalogue, target, value) if target else ""
    if not name or name == value:
        return all_texts().get(VALUE_WORDS + value, value)
    return f"{name}（{value}）" if value.upper() == value else name


def row_words(catalogue: Catalogue, table: str, cells: Mapping[str, str]) -> str:
    """What a row is about: its name, or the words of its key."""
    if name := next((cells[n] for n in ("name", "title") if cells.get(n)), ""):
        return name
    if table == "words":
        return cells.get("words", "")
    return " ".join(_bare(catalogue, table, column, cells.get(column, "")) for column in TABLES[table][1])


def changed_columns(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The columns in which two rows differ, days last."""
    columns = [c for c in dict.fromkeys((*after, *before)) if before.get(c, "") != after.get(c, "")]
    return sorted(columns, key=lambda c: c in DAYS)


def change_in_short(catalogue: Catalogue, table: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """小学班额上限：数值由45改为40."""
    about = row_words(catalogue, table, after or before)
    if not before:
        return text("catalogue.added", row=about)
    if not after:
        return text("catalogue.removed", row=about)
    differing = changed_columns(before, after)
    columns = [c for c in differing if c not in DAYS] or differing
    said = "，".join(
        text(
            "catalogue.changed",
            column=column_name(table, c),
            before=cell_words(catalogue, table, c, before.get(c, "")),
            after=cell_words(catalogue, table, c, after.get(c, "")),
        )
        for c in columns
    )
    return text("catalogue.row_changed", row=about, said=said)


def choice_words(catalogue: Catalogue, table: str, column: str, choices: Sequence[str]) -> list[tuple[str, str]]:
    """The values that a cell may have, with their words."""
    return [(value, cell_words(catalogue, table, column, value)) for value in choices]


def recorded_row(cells: Mapping[str, object], names: Mapping[str, str]) -> str:
    """The cells of a row as the audit keeps them, in words."""
    return "，".join(
        f"{text(f'catalogue.column.{column}')} {recorded_code(str(value), names)}" for column, value in cells.items()
    )


def recorded_code(value: str, names: Mapping[str, str]) -> str:
    """The words of a code, or of several that name a row; what is no code stays."""

    def words(code: str) -> str:
        known = names.get(code) or all_texts().get(VALUE_WORDS + code) or all_texts().get(f"catalogue.table.{code}")
        return known or all_texts().get(code) or code

    return " ".join(words(code) for code in value.split(SEPARATOR)) or formatting.NONE


def _bare(catalogue: Catalogue, table: str, column: str, value: str) -> str:
    target = _target(table, column)
    name = _name_in(catalogue, target, value) if target else ""
    return name or all_texts().get(VALUE_WORDS + value, value)


def _target(table: str, column: str) -> str:
    row_field = next((f for f in fields(TABLES[table][0]) if f.name == column), None)
    target = row_field.metadata.get("refers_to") if row_field else None
    if target is None or target is MISSING:
        return ALSO_REFER.get(column, "")
    return str(target)


def _name_in(catalogue: Catalogue, target: str, value: str) -> str:
    table, _, column = target.partition(".")
    row: Any = next((r for r in catalogue.rows(TABLES[table][0]) if str(getattr(r, column)) == value), None)
    return next((str(getattr(row, n)) for n in NAMES if getattr(row, n, "")), "")
