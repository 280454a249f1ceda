"""What a process keeps so as not to make it again; bounded in bytes, the longest unused goes."""

import dataclasses
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar, cast

T = TypeVar("T")
Key = tuple[Hashable, ...]
SAMPLE = 64
"""Of a longer collection so many members, evenly spread, are measured for all."""
BYTES_PER_ENTRY = 300
"""The place of one thing in the order of use, and the record of its size."""


@dataclass(frozen=True, slots=True)
class _Entry:
    thing: Any
    size: int


class LruCache:
    """Things by key, together at most `most_bytes` as `size_of` measures them, with their keys."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._lock = most_bytes, threading.Lock()
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes of everything that is kept now."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key, make: Callable[[], T]) -> T:
        """The thing of a key, made by `make` where it is new; failures are not kept.

        What is larger than all the room is handed out and not kept.
        """
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
                return entry.thing
        made = make()
        self.put(key, made)
        return made

    def put(self, key: Key, thing: object) -> None:
        """Keep a thing under a key, in the place of what was kept there."""
        size = size_of(key) + size_of(thing) + BYTES_PER_ENTRY
        with self._lock:
            self._remove(key)
            if size > self._most:
                return
            self._entries[key] = _Entry(thing, size)
            self._bytes += size
            while self._bytes > self._most:
                self._bytes -= self._entries.popitem(last=False)[1].size

    def find(self, key: Key) -> Any:
        """The thing of a key; None where it is not kept."""
        with self._lock:
            entry = self._entries.get(key)
            return None if entry is None else entry.thing

    def drop(self, key: Key) -> None:
        """Forget one thing, where it is kept."""
        with self._lock:
            self._remove(key)

    def drop_all_of(self, first: Hashable) -> None:
        """Forget every thing whose key begins so."""
        with self._lock:
            for key in [k for k in self._entries if k[0] == first]:
                self._remove(key)

    def _remove(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry.size


def size_of(thing: object) -> int:
    """Bytes of rows, texts, numbers and collections of them, with all that they hold.

    What two of them share is counted for each, and classes and enumerations, which are there
    anyway, for none: rather too much than too little. A thing that will hold more later says so
    in its `__sizeof__`.
    """
    if isinstance(thing, type | Enum):
        return 0
    size = sys.getsizeof(thing)
    if isinstance(thing, str | bytes):
        return size
    if isinstance(thing, dict):
        held = cast("dict[object, object]", thing)
        return size + _together(held.keys()) + _together(held.values())
    if isinstance(thing, tuple | list | set | frozenset):
        return size + _together(cast("Collection[object]", thing))
    if not dataclasses.is_dataclass(thing):
        return size
    held = getattr(thing, "__dict__", None)
    if held is None:
        return size + sum(size_of(getattr(thing, f.name)) for f in dataclasses.fields(thing))
    return size + sys.getsizeof(held) + sum(size_of(value) for value in held.values())


def _together(members: Collection[object]) -> int:
    if len(members) <= SAMPLE:
        return sum(map(size_of, members))
    chosen = list(members)[:: len(members) // SAMPLE]
    return sum(map(size_of, chosen)) * len(members) // len(chosen)
