"""Bytes that were handed in: kept once, under the hash of their content."""

import hashlib
import os
import threading
from pathlib import Path

from data.atomic_files import require_space


def keep_content(folder: Path, content: bytes) -> str:
    """Keep bytes so that they are on disk when this returns; gives their hash, which is their name.

    Raises:
        NoSpaceError: the disk is full.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = folder / digest
    if path.is_file():
        return digest
    folder.mkdir(parents=True, exist_ok=True)
    require_space(folder)
    temporary = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return digest
