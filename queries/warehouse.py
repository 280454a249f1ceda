"""The snapshots of a folder, and as one viewer, one meeting or one parent sees them."""

import dataclasses
import logging
import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from data.access import Scope
from data.durable import DamagedFileError
from data.warehouse.snapshots import POINTER, standing_first
from queries.reader import NoSnapshotError, Snapshot

log = logging.getLogger("oversight.reader")
SNAPSHOT_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
MOST_PINNED = 3


class Bounded:
    """A warehouse for one viewer."""

    def __init__(self, warehouse: "Warehouse | Pinned | Bounded | Narrowed", scope: Scope) -> None:
        self._warehouse, self._scope = warehouse, scope

    def current(self) -> Snapshot:
        """The snapshot in force, within the viewer's scope."""
        return self._warehouse.current().within(self._scope)

    def pinned(self, snapshot_id: str) -> "Bounded | None":
        """An earlier publication within the viewer's scope."""
        found = self._warehouse.pinned(snapshot_id)
        return None if found is None else Bounded(found, self._scope)

    def before(self, snapshot_id: str) -> list[str]:
        """The publications before one."""
        return self._warehouse.before(snapshot_id)


class Pinned:
    """Hands out one snapshot, whatever has been published since: the figures of a meeting."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def current(self) -> Snapshot:
        """The pinned snapshot."""
        return self._snapshot

    def pinned(self, snapshot_id: str) -> "Pinned | None":
        """Itself, where it is the one asked for."""
        return self if self._snapshot.info.snapshot_id == snapshot_id else None

    def before(self, snapshot_id: str) -> list[str]:  # noqa: ARG002
        """None: it knows one publication."""
        return []


class Narrowed:
    """A warehouse of some units alone: those of one parent where there are thousands."""

    def __init__(
        self, warehouse: "Warehouse | Pinned | Bounded | Narrowed", districts: frozenset[str]
    ) -> None:
        self._warehouse, self._districts = warehouse, districts

    def current(self) -> Snapshot:
        """The snapshot in force, of these units."""
        return self._warehouse.current().narrowed(self._districts)

    def pinned(self, snapshot_id: str) -> "Narrowed | None":
        """An earlier publication, of these units."""
        found = self._warehouse.pinned(snapshot_id)
        return None if found is None else Narrowed(found, self._districts)

    def before(self, snapshot_id: str) -> list[str]:
        """The publications before one."""
        return self._warehouse.before(snapshot_id)


class Warehouse:
    """Hands out the current snapshot; looks at the pointer before each use."""

    def __init__(self, folder: Path, memory_limit: str) -> None:
        self._folder = folder
        self._memory_limit = memory_limit
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._asked = ""
        self._pointer: tuple[tuple[int, int, int], str] = ((0, 0, 0), "")
        self._kept = lru_cache(maxsize=MOST_PINNED)(self._open)

    def _open(self, path: Path) -> Snapshot:
        return Snapshot(path, self._memory_limit)

    def pinned(self, snapshot_id: str) -> Pinned | None:
        """An earlier publication by its id; None where there is none, or it is damaged."""
        path = self._folder / f"snapshot_{snapshot_id}.duckdb"
        if not SNAPSHOT_ID.fullmatch(snapshot_id) or not path.is_file():
            return None
        with self._lock:
            try:
                return Pinned(self._kept(path))
            except DamagedFileError:
                return None

    def before(self, snapshot_id: str) -> list[str]:
        """The publications before one, oldest first; ids begin with the time of publication."""
        names = [p.stem.removeprefix("snapshot_") for p in standing_first(self._folder)]
        return [name for name in reversed(names) if name < snapshot_id]

    def current(self) -> Snapshot:
        """The snapshot in force, or the newest earlier one that is whole.

        Raises:
            NoSnapshotError: nothing published yet, or nothing whole.
        """
        name = self._name_in_force()
        current = self._current
        if current is not None and self._asked == name and not current.is_damaged:
            return current
        with self._lock:
            if self._current is None or self._asked != name or self._current.is_damaged:
                self._current, self._asked = self._whole(name), name
            return self._current

    def _name_in_force(self) -> str:
        """What the pointer says; a new pointer is another file, so it is read once per file."""
        pointer = self._folder / POINTER
        try:
            found = pointer.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen != self._pointer[0]:
                name = pointer.read_text(encoding="utf-8", errors="replace").strip()
                self._pointer = (seen, name)
        except FileNotFoundError as error:
            raise NoSnapshotError(str(pointer)) from error
        return self._pointer[1]

    def _whole(self, name: str) -> Snapshot:
        for path in self._candidates(name):
            try:
                found = Snapshot(path, self._memory_limit)
            except (DamagedFileError, OSError, ValueError):
                log.error("snapshot is damaged: %s", path.name)
                continue
            if path.name != name:
                found.info = dataclasses.replace(found.info, is_fallback=True)
            return found
        raise NoSnapshotError(f"no whole snapshot in {self._folder}")

    def _candidates(self, name: str) -> Iterator[Path]:
        """What the pointer names, then the newest of those that nobody took back."""
        yield self._folder / name
        yield from standing_first(self._folder)
