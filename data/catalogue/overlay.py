"""An installation's own rows, laid over the project's tables: dated rows cut those before them, others replace them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data.atomic_files import private_folder, read_sealed, replace_synced, sign_record

Line = tuple[int | str, Any]
"""Where a row stands (line of its file, or the change that it came by), and the row."""
REPLACED_WHOLE = frozenset({"districts", "plan_phases", "indicators", "map_vintages"})
"""Tables whose dates say how long the thing itself is there; one row for each key, whatever its dates."""
CHANGE = "change {}"


@dataclass(frozen=True)
class OverlayRow:
    """One released row of the installation's own; cells as in a file, by column."""

    number: int
    table: str
    cells: tuple[tuple[str, str], ...]

    @property
    def place(self) -> str:
        """Where the row stands, for messages."""
        return CHANGE.format(self.number)


@dataclass(frozen=True)
class Overridden:
    """A row of the project that an own row cuts short or takes the place of: table, line of its file, change."""

    table: str
    line: int | str
    change: int


Overlay = tuple[OverlayRow, ...]


def is_spliced(table: str, row: Any) -> bool:
    """Whether rows like this one, or of this type, follow one another in time under one key."""
    return table not in REPLACED_WHOLE and any(f.name == "valid_from" for f in fields(row))


def fitted(
    row: OverlayRow, columns: Mapping[str, bool], known: Iterable[Mapping[str, str]], key: Sequence[str]
) -> dict[str, str]:
    """The cells of an own row under the columns that the table has now.

    A column that came with an upgrade is taken from the project's row of the same key; one that may be empty is
    else empty; one that is gone is left out.

    Args:
        row: The own row, as it was released.
        columns: Names of the table's columns, and whether a cell may be empty.
        known: The project's rows as cells.
        key: The columns that name what a row is about.
    """
    cells = dict(row.cells)
    nothing: Mapping[str, str] = {}
    like = next((k for k in known if all(k.get(c) == cells.get(c) for c in key)), nothing)
    return {
        name: cells.get(name, like.get(name, ""))
        for name, may_be_empty in columns.items()
        if name in cells or name in like or may_be_empty
    }


def laid_over(
    table: str, lines: Sequence[Line], key: Sequence[str], added: Line, number: int
) -> tuple[list[Line], list[Overridden]]:
    """The rows of a table with one more, and which rows it overrides."""
    row = added[1]

    def key_of(other: Any) -> tuple[Any, ...]:
        return tuple(getattr(other, k) for k in key)

    is_dated, left, overridden, place = is_spliced(table, row), list[Line](), list[Overridden](), 0
    for line, other in lines:
        if key_of(other) != key_of(row):
            left.append((line, other))
            continue
        parts = _without(other, row.valid_from, row.valid_to) if is_dated else []
        if parts != [other]:
            overridden.append(Overridden(table, line, number))
        left += [(line, part) for part in parts]
        place = len(left)
    left.insert(place or len(left), added)
    return left, overridden


def _without(row: Any, begin: date, end: date | None) -> list[Any]:
    """What is left of a dated row outside the days from `begin` to `end`."""
    parts: list[Any] = []
    last = row.valid_to or date.max
    if row.valid_from < begin:
        parts.append(row if last < begin else replace(row, valid_to=begin - timedelta(days=1)))
    if end is not None and last > end:
        parts.append(row if row.valid_from > end else replace(row, valid_from=end + timedelta(days=1)))
    return parts


def write_overlay(path: Path, rows: Overlay) -> None:
    """Put the released rows where every process of the installation reads them."""
    record = {"rows": [{"number": r.number, "table": r.table, "cells": dict(r.cells)} for r in rows]}
    private_folder(path.parent)
    replace_synced(path, sign_record(record))


def read_overlay(path: Path) -> Overlay:
    """The released rows in the order of their release; none where there is no file.

    Raises:
        DamagedFileError: the file is not as it was written.
    """
    if not path.is_file():
        return ()
    record, _ = read_sealed(path)
    return tuple(OverlayRow(r["number"], r["table"], tuple(sorted(r["cells"].items()))) for r in record["rows"])


def as_words(rows: Overlay) -> str:
    """The rows as one text, for a version."""
    return json.dumps([(r.table, r.cells) for r in rows], ensure_ascii=False)
