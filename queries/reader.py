"""Read a published snapshot: one cursor per question, and a move to a new file without restart."""

import dataclasses
import hashlib
import json
import threading
from collections.abc import Callable, Hashable
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb

from data.access import EVERYTHING, Scope
from data.atomic_files import DamagedFileError
from data.rows.publication import SnapshotInfo
from data.warehouse.snapshots import read_record
from queries.loader import load_query, parent_scoped_sql
from queries.memo import LruCache
from queries.publication import demonstration_kinds
from queries.row_security import filter_rows

Row = TypeVar("Row")
T = TypeVar("T")
QUERY_SECONDS = 5.0
HARDENED = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
DAMAGE = (
    duckdb.Error,
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
)
"""What the engine raises on blocks it cannot read; a checksum that differs is a bare `Error`."""
Scalar = str | int | float | bool | None


class NoSnapshotError(RuntimeError):
    """Nothing has been published yet."""


class OutdatedSnapshotError(RuntimeError):
    """The snapshot was published by an earlier version and lacks a relation or column."""


class TooSlowError(RuntimeError):
    """A question took longer than a viewer should wait, or more memory than a process has."""


class OpenFile:
    """A snapshot file that was found whole, and is open for reading.

    It is closed when the last snapshot of it goes: a question that runs meanwhile holds one. So
    that this is at once, nothing that an open file or a snapshot refers to may refer back to it.
    """

    def __init__(self, path: Path, memory_limit: str) -> None:
        self.record = read_record(path)
        self.path = path
        self.is_damaged = False
        self.connection = duckdb.connect(
            str(path), read_only=True, config={"threads": "1", "memory_limit": memory_limit, **HARDENED}
        )


class Snapshot:
    """One immutable snapshot file; answers are kept, since the file never changes.

    Raises:
        DamagedFileError: the file is not as it was published.
        OutdatedSnapshotError: an earlier version of the program published it.
    """

    def __init__(
        self, path: Path, memory_limit: str, answers: LruCache, pages: LruCache, *, is_fallback: bool = False
    ) -> None:
        self._file = OpenFile(path, memory_limit)
        record = self._file.record
        names = [f.name for f in dataclasses.fields(SnapshotInfo) if f.name in record]
        info = SnapshotInfo(**{name: record[name] for name in names})
        self.record = dataclasses.replace(info, is_fallback=is_fallback)
        self.scope = EVERYTHING
        self.narrowed_to = frozenset[str]()
        self._answers, self._pages = answers, pages
        self._whole: Snapshot | None = None
        self._of = f"{info.snapshot_id}{' as fallback' * is_fallback}"
        self._part = ""

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def is_damaged(self) -> bool:
        """Whether a question found the file not as it was published."""
        return self._file.is_damaged

    @property
    def is_trusted(self) -> bool:
        """Whether it is whole, and not there in the place of a newer one."""
        return not self.is_damaged and not self.record.is_fallback

    @property
    def info(self) -> SnapshotInfo:
        """What was recorded at publication, and which kinds of its rows are invented."""
        return dataclasses.replace(self.record, demonstration_kinds=demonstration_kinds(self))

    @property
    def is_of_parent(self) -> bool:
        """Whether the reader chose a parent, and its units go beyond those that the viewer's role gives."""
        districts = self.scope.districts
        return bool(self.narrowed_to) and not (districts is not None and self.narrowed_to <= districts)

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of this snapshot within this scope before; `make` makes it otherwise.

        Only for what depends on nothing but the rows of the snapshot and `key`; it is made of
        rows, texts and numbers, and does not refer to the snapshot.
        """
        return self._pages.get((self._of, self._part, key), make)

    def forget(self) -> None:
        """Give up what was kept of the file, within every scope."""
        self._answers.drop_all_of(self._of)
        self._pages.drop_all_of(self._of)

    def for_scope(self, scope: Scope) -> "Snapshot":
        """The same file, but only the rows that `scope` allows."""
        if scope in (EVERYTHING, self.scope):
            return self
        bounded = copy(self)
        bounded.scope = scope
        bounded._whole = self
        bounded._part = f"{self._part}/{_digest(scope.districts, scope.schools)}"
        return bounded

    @property
    def whole(self) -> "Snapshot":
        """The same file without bounds: for what is kept of all rows, and bounded when it is asked."""
        every = copy(self)
        every.scope, every.narrowed_to = EVERYTHING, frozenset[str]()
        every._whole, every._part = None, ""
        return every

    def narrowed(self, districts: frozenset[str]) -> "Snapshot":
        """The same file and scope, but only the rows of some units; the file is asked for these."""
        if self._whole is not None:
            return self._whole.narrowed(districts).for_scope(self.scope)
        few = copy(self)
        few.narrowed_to = districts
        few._part = _digest(districts)
        return few

    def ask(self, name: str, row_type: type[Row], **parameters: Scalar) -> tuple[Row, ...]:
        """The rows of `queries/<name>.sql` as `row_type`, in the order of the query.

        Every question passes here, so that no path to the rows forgets the scope.
        """
        whole, arguments = self._whole, tuple(sorted(parameters.items()))
        if whole is not None and load_query(name).scope == "open":
            return whole.ask(name, row_type, **parameters)

        def find() -> tuple[Row, ...]:
            if whole is None:
                return self.answer(name, row_type, arguments)
            return filter_rows(whole, self.scope, name, row_type, arguments)

        return self._answers.get((self._of, self._part, name, row_type, arguments), find)

    def answers(self) -> bool:
        """Whether the open file answers now: asked anew, whatever was kept.

        Raises:
            DamagedFileError: it does not.
        """
        return bool(self._rows("common_dimensions/periods", ())[1])

    def answer(self, name: str, row_type: type[Row], parameters: tuple[tuple[str, Scalar], ...]) -> tuple[Row, ...]:
        """The rows as `ask` gives them to who may see all of them, asked anew."""
        return as_rows(row_type, *self._rows(name, parameters))

    def _rows(self, name: str, parameters: tuple[tuple[str, Scalar], ...]) -> tuple[list[str], list[tuple[Any, ...]]]:
        query = load_query(name)
        sql, arguments = query.sql, dict[str, Any](parameters)
        if self.narrowed_to and (sql := parent_scoped_sql(query)) != query.sql:
            arguments["narrowed_to"] = sorted(self.narrowed_to)
        cursor = self._file.connection.cursor()
        limit = threading.Timer(QUERY_SECONDS, cursor.interrupt)
        limit.start()
        try:
            cursor.execute(sql, arguments or None)
            columns = [str(column[0]) for column in cursor.description or []]
            rows = cursor.fetchall()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OutdatedSnapshotError(f"{self.record.snapshot_id}: {error}") from error
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise TooSlowError(name) from error
        except duckdb.Error as error:
            if type(error) not in DAMAGE:
                raise
            self._file.is_damaged = True
            raise DamagedFileError(f"{self.path}: {error}") from error
        finally:
            limit.cancel()
            cursor.close()
        return columns, rows


@lru_cache(maxsize=64)  # at most 64 digests, and the codes that accounts and parents name anyway
def _digest(*parts: frozenset[str] | None) -> str:
    """A word for the units and schools of a part, the same for equal ones."""
    listed = [None if part is None else sorted(part) for part in parts]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def as_rows(row_type: type[Row], columns: list[str], rows: list[tuple[Any, ...]]) -> tuple[Row, ...]:
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
