"""Records of batches as they were written: which there are, which count, and whether they are whole."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.atomic_files import DamagedFileError, read_signed, sha256_of
from data.importing.prepare import PreparedReturn
from data.importing.register import BATCH_FILE, RECORDED, Entry, batch_folders, read_register, taken_over, withdrawals
from data.importing.stored_rows import hash_rows


@dataclass(frozen=True)
class Batch:
    """The record of one return; one with a `submission_id` counts once the city took that over.

    `files` names each file with its hash where there are several; `content_sha256` then is of all.
    """

    batch_id: str
    sequence: int
    file_name: str
    content_sha256: str
    rows_sha256: str
    imported_at: str
    imported_by: str
    is_demonstration: bool
    reason: str
    tables: list[dict[str, Any]]
    supersedes: list[str]
    notes: list[dict[str, Any]]
    submission_id: int | None = None
    files: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


def list_batches(folder: Path) -> list[Batch]:
    """All batches that were ever recorded, oldest first, also those that do not count.

    Raises:
        DamagedFileError: a record was changed or lost since the import.
    """
    return [Batch(**read_signed(p / BATCH_FILE)) for p in batch_folders(folder)]


def valid_batches(folder: Path) -> list[Batch]:
    """The batches that count: recorded here, taken over where a return needs it, not withdrawn.

    Raises:
        DamagedFileError: a record was changed or lost since the import.
    """
    return counting(list_batches(folder), read_register(folder))


def counting(batches: Iterable[Batch], entries: Sequence[Entry]) -> list[Batch]:
    """Of these, the batches that count by the entries of the register."""
    recorded = {e.batch_id for e in entries if e.action == RECORDED} - withdrawals(entries).keys()
    accepted = taken_over(entries)
    return [b for b in batches if b.batch_id in recorded and (b.submission_id is None or b.batch_id in accepted)]


def undecided_batches(folder: Path) -> list[Batch]:
    """Batches of returns that were recorded, and neither taken over yet nor withdrawn."""
    return undecided(list_batches(folder), read_register(folder))


def undecided(batches: Iterable[Batch], entries: Sequence[Entry]) -> list[Batch]:
    """Of these, the batches of returns that wait for a decision."""
    settled = taken_over(entries) | withdrawals(entries).keys()
    return [b for b in batches if b.submission_id is not None and b.batch_id not in settled]


def table_path(folder: Path, batch: Batch, position: int) -> Path:
    """The stored rows of one table of a batch."""
    return folder / batch.batch_id / f"table_{position}.parquet"


def check_batch(folder: Path, batch_id: str) -> None:
    """Compare a batch's files with the hashes of its record.

    Raises:
        DamagedFileError: one is missing, cut or changed.
    """
    batch_folder = folder / batch_id
    batch = Batch(**read_signed(batch_folder / BATCH_FILE))
    hashes = {batch_folder / name: sha256 for name, sha256 in sources_of(batch).items()}
    for position, table in enumerate(batch.tables):
        hashes[table_path(folder, batch, position)] = table["sha256"]
    for path, sha256 in hashes.items():
        if not path.is_file() or sha256_of(path) != sha256:
            raise DamagedFileError(str(path))


def find_same(prepared: PreparedReturn, known: Sequence[Batch]) -> Batch | None:
    """The batch that holds the same bytes, or the same rows saved anew and not superseded since."""
    content, rows = content_of(prepared.paths), hash_rows(prepared)
    superseded = {batch_id for b in known for batch_id in b.supersedes}
    standing = (b for b in known if b.batch_id not in superseded)
    return next((b for b in standing if content == b.content_sha256 or rows == b.rows_sha256), None)


def sources_of(batch: Batch) -> dict[str, str]:
    """The hash of every file as received, by its name in the folder of the batch."""
    if not batch.files:
        return {f"source{Path(batch.file_name).suffix}": batch.content_sha256}
    return {f"source_{n}{Path(source['name']).suffix}": source["sha256"] for n, source in enumerate(batch.files)}


def content_of(paths: Sequence[Path]) -> str:
    """The hash of a file; of several, that of their hashes in any order."""
    hashes = sorted(sha256_of(path) for path in paths)
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
