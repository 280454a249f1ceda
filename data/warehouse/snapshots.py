"""Where published snapshots lie, and which of them can be trusted.

The pointer file names the one in force; a snapshot's record holds the hash of its file and its own.
"""

from pathlib import Path
from typing import Any

from data.durable import DamagedFileError, sha256_of, unsealed

POINTER = "current"


def read_record(path: Path) -> dict[str, Any]:
    """The record of a snapshot file, once the file was found to be as it was published.

    Raises:
        DamagedFileError: file or record is missing, cut or changed.
    """
    record = unsealed(path.with_suffix(".json"))
    if not path.is_file() or sha256_of(path) != record.get("file_sha256"):
        raise DamagedFileError(str(path))
    return record


def newest_first(folder: Path) -> list[Path]:
    """All published snapshot files; names begin with the time of publication."""
    return sorted(folder.glob("snapshot_*.duckdb"), reverse=True)
