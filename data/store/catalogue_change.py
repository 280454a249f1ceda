"""The acts on the catalogue as they are kept, and the own rows that hold now, for every process that reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from data.atomic_files import DamagedFileError, file_lock
from data.catalogue.loader import Catalogue, CatalogueInUse
from data.catalogue.overlay import Overlay, OverlayRow, read_overlay, write_overlay
from data.store.engine import LARGEST_NUMBER, Store
from data.store.refusals import RefusedError
from data.store.schema import catalogue_change as table

PROPOSED, RELEASED, WITHDRAWN, TAKEN_BACK = "proposed", "released", "withdrawn", "taken_back"


@dataclass(frozen=True)
class NewRow:
    """What is proposed: a row as cells of its table's columns, since when, by which document and why.

    `before` are the cells of the row that it is to follow or replace, empty where it is new.
    """

    table: str
    key: str
    cells: Mapping[str, str]
    before: Mapping[str, str]
    valid_from: date
    source: str
    reason: str


@dataclass(frozen=True)
class CatalogueChange:
    """One act on the catalogue as it is kept."""

    change_id: int
    table_name: str
    row_key: str
    takes_back: int | None
    cells: Mapping[str, str]
    before: Mapping[str, str]
    valid_from: date
    source: str
    reason: str
    state: str
    effect: str
    proposed_by: str
    proposed_by_id: str
    proposed_at: datetime
    released_by: str
    released_by_id: str
    released_at: datetime | None
    version: int


def changes(store: Store, table_name: str = "") -> list[CatalogueChange]:
    """Every act, newest first; of one table where asked."""
    asked = select(table).order_by(table.c.change_id.desc())
    if table_name:
        asked = asked.where(table.c.table_name == table_name)
    with store.read() as connection:
        return [_change(r) for r in connection.execute(asked)]


def find_change(store: Store, change_id: int) -> CatalogueChange | None:
    """One act by its number."""
    if change_id > LARGEST_NUMBER:
        return None
    with store.read() as connection:
        row = connection.execute(select(table).where(table.c.change_id == change_id)).one_or_none()
    return None if row is None else _change(row)


def released_rows(store: Store) -> Overlay:
    """The own rows that hold, in the order of their release."""
    with store.read() as connection:
        return rows_within(connection)


def with_change(rows: Overlay, change: CatalogueChange) -> Overlay:
    """The own rows as they would be once the act is released."""
    if change.takes_back is not None:
        return tuple(r for r in rows if r.number != change.takes_back)
    return (*rows, OverlayRow(change.change_id, change.table_name, cells_of(change.cells)))


def write_released(store: Store, path: Path) -> None:
    """Bring the file that every process reads up to what the store has released; a file that says it is left alone.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    with file_lock(path.parent):
        rows = released_rows(store)
        try:
            is_there = read_overlay(path) == rows
        except DamagedFileError:
            is_there = False
        if not is_there:
            write_overlay(path, rows)


def candidate_of(store: Store, in_use: CatalogueInUse, change: CatalogueChange) -> tuple[Catalogue, Overlay]:
    """The catalogue as it would be with an act, and its own rows.

    Raises:
        CatalogueError: the strict loader refuses it.
    """
    rows = with_change(released_rows(store), change)
    return in_use.candidate(rows), rows


def known_change(connection: Connection, change_id: int) -> CatalogueChange:
    """One act within a transaction that means to move it.

    Raises:
        RefusedError: there is none.
    """
    row = None
    if change_id <= LARGEST_NUMBER:
        row = connection.execute(select(table).where(table.c.change_id == change_id).with_for_update()).one_or_none()
    if row is None:
        raise RefusedError("no_change")
    return _change(row)


def rows_within(connection: Connection) -> Overlay:
    """The own rows that hold, within a transaction."""
    asked = select(table).where(table.c.state == RELEASED, table.c.takes_back.is_(None)).order_by(table.c.release_order)
    return tuple(
        OverlayRow(c.change_id, c.table_name, cells_of(c.cells)) for c in map(_change, connection.execute(asked))
    )


def _change(row: Any) -> CatalogueChange:
    kept = dict(row._mapping)
    kept.pop("release_order")
    cells, before = (json.loads(kept.pop(name)) for name in ("row_values", "row_before"))
    return CatalogueChange(cells=cells, before=before, **kept)


def cells_of(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The cells of a row as the overlay holds them."""
    return tuple(sorted(cells.items()))
