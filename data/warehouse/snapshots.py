"""Where published snapshots lie, which of them can be trusted, and which were taken back.

The pointer file names the one in force; a snapshot's record holds the hash of its file and its own.
A move of the readers to an earlier one is a signed line in `moves.jsonl`.
"""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from data.atomic_files import DamagedFileError, read_signed, replace_synced, sha256_of
from data.settings import AUDIT_KEY, KEYS
from data.signed_log import SignedLog

POINTER = "current"
MOVES_FILE = "moves.jsonl"
TO_FOLLOW = "to_follow"
"""Names the publication that the ledger has still to follow; gone once it did."""


@dataclass(frozen=True)
class Move:
    """Readers were moved to an earlier publication: between which, when (UTC), by whom and why."""

    left: str
    to: str
    at: str
    by: str
    reason: str
    by_id: str = ""
    """The account of whom `by` names; lines from before, and of the command line, have none."""


def read_record(path: Path) -> dict[str, Any]:
    """The record of a snapshot file, once the file was found to be as it was published.

    Raises:
        DamagedFileError: file or record is missing, cut or changed.
    """
    record = read_signed(path.with_suffix(".json"))
    if not path.is_file() or sha256_of(path) != record.get("file_sha256"):
        raise DamagedFileError(str(path))
    return record


def newest_first(folder: Path) -> list[Path]:
    """All published snapshot files; names begin with the time of publication."""
    return sorted(folder.glob("snapshot_*.duckdb"), reverse=True)


def path_of(folder: Path, snapshot_id: str) -> Path:
    """Where the file of a publication lies."""
    return folder / f"snapshot_{snapshot_id}.duckdb"


def id_of(path: Path) -> str:
    """The publication whose file this is."""
    return path.stem.removeprefix("snapshot_")


def in_force(folder: Path) -> str:
    """The publication that the pointer names; empty before the first."""
    pointer = folder / POINTER
    if not pointer.is_file():
        return ""
    return id_of(Path(pointer.read_text(encoding="utf-8", errors="replace").strip()))


def waits_to_follow(folder: Path) -> bool:
    """Whether the publication in force is one that the ledger did not follow."""
    mark = folder / TO_FOLLOW
    return mark.is_file() and mark.read_text(encoding="utf-8") == in_force(folder)


def point_to(folder: Path, snapshot_id: str) -> None:
    """Move the readers."""
    replace_synced(folder / POINTER, path_of(folder, snapshot_id).name)


def moves(folder: Path) -> list[Move]:
    """All moves to earlier publications, oldest first, unchecked.

    Raises:
        DamagedFileError: a line cannot be read.
    """
    return [_move(line) for line in moves_log(folder).lines()]


def moves_log(folder: Path) -> SignedLog:
    """The signed lines of the moves."""
    return SignedLog(folder / MOVES_FILE, folder.resolve().parent / KEYS / AUDIT_KEY)


def add_move(folder: Path, move: Move) -> None:
    """Write a move down; whoever does holds the lock of the folder of snapshots.

    Raises:
        DamagedFileError: the moves before are not as they were signed.
    """
    moves_log(folder).append(asdict(move))


def taken_back(folder: Path) -> dict[str, Move]:
    """The publications that were taken back, each with the move that did it."""
    known = sorted(id_of(p) for p in newest_first(folder))
    moves_by_snapshot: dict[str, Move] = {}
    for move in moves(folder):
        for snapshot_id in known:
            if move.to < snapshot_id <= move.left:
                moves_by_snapshot.setdefault(snapshot_id, move)
    return moves_by_snapshot


def standing_first(folder: Path) -> list[Path]:
    """The snapshot files that were not taken back, newest first."""
    gone = taken_back(folder)
    return [p for p in newest_first(folder) if id_of(p) not in gone]


def published_batches(folder: Path) -> dict[str, list[str]]:
    """The batches of each publication whose record can be read; a damaged file is `verify`'s."""
    batch_ids: dict[str, list[str]] = {}
    for path in newest_first(folder):
        try:
            batch_ids[id_of(path)] = list(read_signed(path.with_suffix(".json"))["batch_ids"])
        except DamagedFileError:
            continue
    return batch_ids


def _move(line: dict[str, str]) -> Move:
    known = {"by_id": "", **line}
    return Move(**{f.name: known[f.name] for f in fields(Move)})
