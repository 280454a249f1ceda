"""Files that survive a crash whole, and that say so when they were damaged since."""

import fcntl
import hashlib
import json
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SEAL = "record_sha256"
SMALLEST_FREE = 256 * 1024 * 1024


class DamagedFileError(RuntimeError):
    """A stored file is missing, cut or changed; the message names it."""


class NoSpaceError(OSError):
    """The disk has too little room to begin."""


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_synced(path: Path, content: str) -> None:
    """Write text and wait until the disk has it."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sealed(record: Mapping[str, Any]) -> str:
    """A record as JSON text that holds its own hash."""
    plain = {k: v for k, v in record.items() if k != SEAL}
    return json.dumps({**plain, SEAL: _seal(plain)}, ensure_ascii=False, indent=1)


def unsealed(path: Path) -> dict[str, Any]:
    """Read a sealed record.

    Raises:
        DamagedFileError: unreadable, or changed since it was written.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        seal = record.pop(SEAL)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise DamagedFileError(str(path)) from error
    if seal != _seal(record):
        raise DamagedFileError(str(path))
    return record


def _seal(record: Mapping[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def exclusive(folder: Path) -> Generator[None]:
    """One writer at a time in a folder, over all processes; freed when the process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def require_space(folder: Path, wanted: int = SMALLEST_FREE) -> None:
    """Refuse before anything is written.

    Raises:
        NoSpaceError: fewer than `wanted` bytes are free.
    """
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize < wanted:
        raise NoSpaceError(str(folder))
