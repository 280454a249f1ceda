"""Files that survive a crash whole, and that say so when they were damaged since."""

import errno
import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

SEAL = "record_sha256"
SMALLEST_FREE = 256 * 1024 * 1024
KEY_BYTES = 32
KEY = re.compile(r"[0-9a-f]{64}")
FEWEST_DIFFERENT = 12  # of 32 random bytes, fewer different ones happen in no lifetime


class DamagedFileError(RuntimeError):
    """A stored file is missing, cut or changed; the message names it."""


class NoSpaceError(OSError):
    """The disk has too little room to begin."""


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_synced(path: Path, content: str) -> None:
    """Write text for the owner alone and wait until the disk has it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def fsync_path(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sign_record(record: Mapping[str, Any]) -> str:
    """A record as JSON text that holds its own hash."""
    plain = {k: v for k, v in record.items() if k != SEAL}
    return json.dumps({**plain, SEAL: seal_of(plain)}, ensure_ascii=False, indent=1)


def read_sealed(path: Path) -> tuple[dict[str, Any], str]:
    """Read a sealed record, and its seal.

    Raises:
        DamagedFileError: unreadable, or changed since it was written.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        seal = record.pop(SEAL)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise DamagedFileError(str(path)) from error
    if seal != seal_of(record):
        raise DamagedFileError(str(path))
    return record, seal


def read_signed(path: Path) -> dict[str, Any]:
    """Read a sealed record.

    Raises:
        DamagedFileError: unreadable, or changed since it was written.
    """
    return read_sealed(path)[0]


def seal_of(record: Mapping[str, Any]) -> str:
    """The hash that a sealed record holds of itself."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def replace_synced(path: Path, content: str) -> None:
    """Put a text in the place of a file, whole or not at all."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    write_synced(temporary, content)
    temporary.replace(path)
    fsync_path(path.parent)


def owner_only(path: Path) -> None:
    """Let nobody but the owner read a file or enter a folder; what others own is left alone."""
    status = path.stat()
    if status.st_uid == os.getuid():
        path.chmod(status.st_mode & 0o700)


def private_folder(path: Path) -> None:
    """Make a folder, and those above it, that the owner alone may enter."""
    if not path.is_dir():
        private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def secret_key(path: Path) -> bytes:
    """A key outside the database, made at first use, readable by the owner alone.

    Raises:
        ValueError: the file holds no 32 random bytes.
    """
    if not path.is_file():
        private_folder(path.parent)
        temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        write_synced(temporary, secrets.token_hex(KEY_BYTES))
        with suppress(FileExistsError):  # two who begin at once take the key of the first
            os.link(temporary, path)
        temporary.unlink()
        fsync_path(path.parent)
    digits = path.read_text(encoding="ascii").strip()
    if not KEY.fullmatch(digits) or len(set(bytes.fromhex(digits))) < FEWEST_DIFFERENT:
        raise ValueError(f"{path} must hold {KEY_BYTES} random bytes as hex digits")
    return bytes.fromhex(digits)


@contextmanager
def file_lock(folder: Path, name: str = ".lock") -> Generator[None]:
    """One writer at a time in a folder, over all processes; freed when the process dies."""
    private_folder(folder)
    (folder / name).touch(mode=0o600)
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def exclusive_if_free(folder: Path) -> Generator[bool]:
    """The same without waiting: whether nobody else is at work there."""
    private_folder(folder)
    (folder / ".lock").touch(mode=0o600)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def is_full(error: OSError) -> bool:
    """Whether something failed for want of room on a disk."""
    return isinstance(error, NoSpaceError) or error.errno in (errno.ENOSPC, errno.EDQUOT)


def require_space(folder: Path, needed_bytes: int = SMALLEST_FREE) -> None:
    """Refuse before anything is written.

    Raises:
        NoSpaceError: fewer than `needed_bytes` bytes are free.
    """
    disk = os.statvfs(folder)
    if disk.f_bavail * disk.f_frsize < needed_bytes:
        raise NoSpaceError(str(folder))
