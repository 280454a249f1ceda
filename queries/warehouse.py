"""The snapshots of a folder, and as one viewer, one meeting or one parent sees them."""

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from data.access import Scope
from data.atomic_files import DamagedFileError
from data.settings import ANSWERS_MEMORY, PAGES_MEMORY
from data.warehouse.snapshots import POINTER, standing_first
from queries.memo import LruCache
from queries.reader import NoSnapshotError, Snapshot

log = logging.getLogger("oversight.reader")
SNAPSHOT_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
MOST_PINNED = 3


class ScopedWarehouse:
    """A warehouse for one viewer."""

    def __init__(
        self, warehouse: "Warehouse | PinnedWarehouse | ScopedWarehouse | ParentWarehouse", scope: Scope
    ) -> None:
        self._warehouse, self._scope = warehouse, scope

    def current(self) -> Snapshot:
        """The snapshot in force, within the viewer's scope."""
        return self._warehouse.current().for_scope(self._scope)

    def pinned(self, snapshot_id: str) -> "ScopedWarehouse | None":
        """An earlier publication within the viewer's scope."""
        publication = self._warehouse.pinned(snapshot_id)
        return None if publication is None else ScopedWarehouse(publication, self._scope)

    def before(self, snapshot_id: str) -> list[str]:
        """The publications before one."""
        return self._warehouse.before(snapshot_id)


class PinnedWarehouse:
    """Hands out one snapshot, whatever has been published since: the figures of a meeting."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def current(self) -> Snapshot:
        """The pinned snapshot."""
        return self._snapshot

    def pinned(self, snapshot_id: str) -> "PinnedWarehouse | None":
        """Itself, where it is the one asked for."""
        return self if self._snapshot.record.snapshot_id == snapshot_id else None

    def before(self, snapshot_id: str) -> list[str]:  # noqa: ARG002
        """None: it knows one publication."""
        return []


class ParentWarehouse:
    """A warehouse of some units alone: those of one parent where there are thousands."""

    def __init__(
        self, warehouse: "Warehouse | PinnedWarehouse | ScopedWarehouse | ParentWarehouse", districts: frozenset[str]
    ) -> None:
        self._warehouse, self._districts = warehouse, districts

    def current(self) -> Snapshot:
        """The snapshot in force, of these units."""
        return self._warehouse.current().narrowed(self._districts)

    def pinned(self, snapshot_id: str) -> "ParentWarehouse | None":
        """An earlier publication, of these units."""
        publication = self._warehouse.pinned(snapshot_id)
        return None if publication is None else ParentWarehouse(publication, self._districts)

    def before(self, snapshot_id: str) -> list[str]:
        """The publications before one."""
        return self._warehouse.before(snapshot_id)


class Warehouse:
    """Hands out the current snapshot; looks at the pointer before each use.

    At most one current and `MOST_PINNED` earlier files are held; a file that is left is closed as
    soon as nobody reads it. What is kept of all of them is bounded in bytes,
    answers apart from pages: one large answer would push many pages away.
    """

    def __init__(
        self, folder: Path, memory_limit: str, answers_memory: int = ANSWERS_MEMORY, pages_memory: int = PAGES_MEMORY
    ) -> None:
        self._folder = folder
        self._memory_limit = memory_limit
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._asked = ""
        self._pointer: tuple[tuple[int, int, int], str] = ((0, 0, 0), "")
        self._earlier: OrderedDict[str, Snapshot] = OrderedDict()
        self.answers, self.pages = LruCache(answers_memory), LruCache(pages_memory)

    def pinned(self, snapshot_id: str) -> PinnedWarehouse | None:
        """A publication by its id; None where there is none, or it is damaged."""
        path = self._folder / f"snapshot_{snapshot_id}.duckdb"
        if not SNAPSHOT_ID.fullmatch(snapshot_id) or not path.is_file():
            return None
        current = self._current
        if current is not None and current.is_trusted and current.record.snapshot_id == snapshot_id:
            return PinnedWarehouse(current)
        with self._lock:
            try:
                return PinnedWarehouse(self._earlier_one(snapshot_id, path))
            except DamagedFileError:
                return None

    def _open(self, path: Path, *, is_fallback: bool = False) -> Snapshot:
        return Snapshot(path, self._memory_limit, self.answers, self.pages, is_fallback=is_fallback)

    def _earlier_one(self, snapshot_id: str, path: Path) -> Snapshot:
        snapshot = self._earlier.pop(snapshot_id, None)
        if snapshot is None or snapshot.is_damaged:
            snapshot = self._open(path)
        self._earlier[snapshot_id] = snapshot
        if len(self._earlier) > MOST_PINNED:
            self._earlier.popitem(last=False)[1].forget()
        return snapshot

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
                left, self._current = self._current, self._whole(name)
                self._asked = name
                if left is not None:
                    left.forget()
            return self._current

    def _name_in_force(self) -> str:
        """What the pointer says; a new pointer is another file, so it is read once per file."""
        pointer = self._folder / POINTER
        try:
            status = pointer.stat()
            seen = (status.st_ino, status.st_mtime_ns, status.st_size)
            if seen != self._pointer[0]:
                name = pointer.read_text(encoding="utf-8", errors="replace").strip()
                self._pointer = (seen, name)
        except FileNotFoundError as error:
            raise NoSnapshotError(str(pointer)) from error
        return self._pointer[1]

    def _whole(self, name: str) -> Snapshot:
        for path in self._candidates(name):
            try:
                return self._open(path, is_fallback=path.name != name)
            except (DamagedFileError, OSError, ValueError):
                log.error("snapshot is damaged: %s", path.name)
        raise NoSnapshotError(f"no whole snapshot in {self._folder}")

    def _candidates(self, name: str) -> Iterator[Path]:
        """What the pointer names, then the newest of those that nobody took back."""
        yield self._folder / name
        yield from standing_first(self._folder)
