"""Read a published snapshot: one cursor per question, and a move to a new file without restart."""

import dataclasses
import logging
import re
import threading
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb

from data.access import EVERYTHING, Scope
from data.durable import DamagedFileError
from data.warehouse.snapshots import read_record
from queries.bounds import bounded_rows
from queries.loader import load_query, narrowed_sql
from queries.made import Made
from queries.publication import demonstration_kinds

log = logging.getLogger("oversight.reader")
Row = TypeVar("Row")
T = TypeVar("T")
SNAPSHOT_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
MOST_PINNED = 3
MOST_SCOPES = 64
MOST_MADE, MOST_MADE_WITHIN = 256, 16
QUERY_SECONDS = 5.0
HARDENED = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
DAMAGE = (duckdb.Error, duckdb.IOException, duckdb.FatalException, duckdb.InternalException,
          duckdb.SerializationException)  # fmt: skip
"""What the engine raises on blocks it cannot read; a checksum that differs is a bare `Error`."""
Scalar = str | int | float | bool | None


class NoSnapshotError(RuntimeError):
    """Nothing has been published yet."""


class OutdatedSnapshotError(RuntimeError):
    """The snapshot was published by an earlier version and lacks a relation or column."""


class TooSlowError(RuntimeError):
    """A question took longer than a viewer should wait, or more memory than a process has."""


@dataclass(frozen=True)
class SnapshotInfo:
    """The publication that answers, for footers and proofs."""

    snapshot_id: str
    created_at: str
    rules_version: str
    catalogue_version: str
    demonstration_kinds: frozenset[str] = frozenset()
    """The kinds of input with invented rows in force."""
    is_fallback: bool = False
    """A newer publication was found damaged, so this earlier one answers."""


class Snapshot:
    """One open, immutable snapshot file; answers are kept, since the file never changes.

    Raises:
        DamagedFileError: the file is not as it was published.
        OutdatedSnapshotError: an earlier version of the program published it.
    """

    def __init__(self, path: Path, memory_limit: str) -> None:
        record = read_record(path)
        self.path = path
        self.is_damaged = False
        self._connection = duckdb.connect(
            str(path),
            read_only=True,
            config={
                "threads": "1",
                "memory_limit": memory_limit,
                **HARDENED,
            },
        )
        names = [f.name for f in dataclasses.fields(SnapshotInfo) if f.name in record]
        self.record = SnapshotInfo(**{name: record[name] for name in names})
        self.scope = EVERYTHING
        self.narrowed_to = frozenset[str]()
        self._kept = lru_cache(maxsize=4096)(self._run)
        self._bounded = lru_cache(maxsize=MOST_SCOPES)(self._within)
        self._narrow = lru_cache(maxsize=MOST_SCOPES)(self._few)
        self._made = Made(MOST_MADE)

    @property
    def info(self) -> SnapshotInfo:
        """What was recorded at publication, and which kinds of its rows are invented."""
        return dataclasses.replace(self.record, demonstration_kinds=demonstration_kinds(self))

    @property
    def is_of_parent(self) -> bool:
        """Whether it holds the units of a parent that was chosen, not only the viewer's own."""
        own = self.scope.districts
        return bool(self.narrowed_to) and not (own is not None and self.narrowed_to <= own)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of this snapshot within this scope before; `make` makes it otherwise.

        Only for what depends on nothing but the rows of the snapshot and `key`.
        """
        return self._made.get(key, make)

    def within(self, scope: Scope) -> "Snapshot":
        """The same file, but only the rows that `scope` allows."""
        return self if scope == EVERYTHING else self._bounded(scope)

    def _within(self, scope: Scope) -> "Snapshot":
        bounded = copy(self)
        bounded.scope = scope
        bounded._kept = lru_cache(maxsize=512)(partial(bounded_rows, self, scope))
        bounded._made = Made(MOST_MADE_WITHIN)
        return bounded

    def narrowed(self, districts: frozenset[str]) -> "Snapshot":
        """The same file and scope, but only the rows of some units; the file is asked for these."""
        return self._narrow(districts).within(self.scope)

    def _few(self, districts: frozenset[str]) -> "Snapshot":
        few = copy(self)
        few.narrowed_to = districts
        few._kept = lru_cache(maxsize=512)(partial(self._run, districts=districts))
        few._bounded = lru_cache(maxsize=4)(few._within)
        few._made = Made(MOST_MADE_WITHIN)
        return few

    def ask(self, name: str, row_type: type[Row], **parameters: Scalar) -> tuple[Row, ...]:
        """The rows of `queries/<name>.sql` as `row_type`, in the order of the query.

        Every question passes here, so that no path to the rows forgets the scope.
        """
        return self._kept(name, row_type, tuple(sorted(parameters.items())))

    def answers(self) -> bool:
        """Whether the open file answers now: asked anew, whatever was kept.

        Raises:
            DamagedFileError: it does not.
        """
        return bool(self._rows("shell/periods", ())[1])

    def _run(
        self,
        name: str,
        row_type: type[Any],
        parameters: tuple[tuple[str, Scalar], ...],
        districts: frozenset[str] = frozenset(),
    ) -> tuple[Any, ...]:
        return _as_rows(row_type, *self._rows(name, parameters, districts))

    def _rows(
        self,
        name: str,
        parameters: tuple[tuple[str, Scalar], ...],
        districts: frozenset[str] = frozenset(),
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        query = load_query(name)
        sql, given = query.sql, dict[str, Any](parameters)
        if districts and (sql := narrowed_sql(query)) != query.sql:
            given["narrowed_to"] = sorted(districts)
        cursor = self._connection.cursor()
        limit = threading.Timer(QUERY_SECONDS, cursor.interrupt)
        limit.start()
        try:
            cursor.execute(sql, given or None)
            columns = [str(column[0]) for column in cursor.description or []]
            rows = cursor.fetchall()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OutdatedSnapshotError(f"{self.record.snapshot_id}: {error}") from error
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise TooSlowError(name) from error
        except duckdb.Error as error:
            if type(error) not in DAMAGE:
                raise
            self.is_damaged = True
            raise DamagedFileError(f"{self.path}: {error}") from error
        finally:
            limit.cancel()
            cursor.close()
        return columns, rows


def _as_rows(
    row_type: type[Row], columns: list[str], rows: list[tuple[Any, ...]]
) -> tuple[Row, ...]:
    """Rows as frozen dataclasses, checked once for all: their own `__init__` costs four times this.

    Raises:
        TypeError: the query's columns are not the fields of `row_type`.
    """
    fields = {f.name for f in dataclasses.fields(cast("Any", row_type))}
    if fields != set(columns):
        raise TypeError(f"{row_type.__name__}: {sorted(fields ^ set(columns))}")
    made: list[Row] = []
    for values in rows:
        row = object.__new__(row_type)
        row.__dict__.update(zip(columns, values, strict=True))
        made.append(row)
    return tuple(made)
