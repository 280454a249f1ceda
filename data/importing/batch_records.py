"""Records of batches as they were written: which there are, which count, and whether they are whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.atomic_files import DamagedFileError, read_signed, sha256_of
from data.importing.prepare import PreparedFile
from data.importing.register import BATCH_FILE, RECORDED, Entry, batch_folders, read_register, taken_over, withdrawals
from data.importing.stored_rows import hash_rows


@dataclass(frozen=True)
class Batch:
    """The record of one file; one with a `submission_id` counts once the city took that over."""

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
    own = folder / batch_id
    batch = Batch(**read_signed(own / BATCH_FILE))
    source = own / f"source{Path(batch.file_name).suffix}"
    wanted = {source: batch.content_sha256}
    for position, table in enumerate(batch.tables):
        wanted[table_path(folder, batch, position)] = table["sha256"]
    for path, sha256 in wanted.items():
        if not path.is_file() or sha256_of(path) != sha256:
            raise DamagedFileError(str(path))


def find_same(prepared: PreparedFile, known: Sequence[Batch]) -> Batch | None:
    """The batch that holds the same bytes, or the same rows saved anew and not superseded since."""
    content, rows = sha256_of(prepared.path), hash_rows(prepared)
    superseded = {batch_id for b in known for batch_id in b.supersedes}
    standing = (b for b in known if b.batch_id not in superseded)
    return next((b for b in standing if content == b.content_sha256 or rows == b.rows_sha256), None)
