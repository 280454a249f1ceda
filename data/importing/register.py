"""The signed register of batches: what was recorded, taken over and withdrawn, by whom and why.

A batch's line is written before its folder gets its name, so that a folder that is missing is known
and one that nobody recorded is too. Whoever writes holds the lock of the folder of batches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from data.atomic_files import file_lock, fsync_path, read_sealed
from data.settings import AUDIT_KEY, KEYS
from data.signed_log import SignedLog

BATCH_FILE = "batch.json"
REGISTER_FILE = "batches.jsonl"
RECORDED, TAKEN_OVER, WITHDRAWN = "recorded", "taken_over", "withdrawn"
FIRST_SIGNING = "首次登记"


@dataclass(frozen=True)
class Entry:
    """One line: what was done with which batch, when (UTC), by whom and why."""

    action: str
    batch_id: str
    record_sha256: str
    at: str
    by: str
    reason: str = ""
    by_id: str = ""
    """The account of whom `by` names; lines from before, and of the command line, have none."""


def batch_folders(folder: Path) -> list[Path]:
    """The folder of every batch, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.is_dir() and p.name[0] != ".")


def read_register(folder: Path) -> list[Entry]:
    """The lines as they stand, unchecked; before the first signing, one for each folder there is.

    Raises:
        DamagedFileError: a line or a record cannot be read.
    """
    lines = _log(folder).lines()
    if lines:
        return [_entry(line) for line in lines]
    return [_first(path) for path in batch_folders(folder)]


def withdrawals(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The withdrawal of each batch that was withdrawn."""
    return {e.batch_id: e for e in entries if e.action == WITHDRAWN}


def taken_over(entries: Iterable[Entry]) -> set[str]:
    """The batches of returns that the city took over."""
    return {e.batch_id for e in entries if e.action == TAKEN_OVER}


def open_register(folder: Path) -> list[Entry]:
    """The lines, checked; signs them where this key never did, ends what was interrupted.

    Raises:
        DamagedFileError: the register is not as it was signed.
    """
    log = _log(folder)
    if not log.is_vouched_for:
        _sign_first(log, folder)
    entries = [_entry(line) for line in log.checked()]
    for entry in entries:
        unnamed = folder / f".{entry.batch_id}.tmp"
        if entry.action == RECORDED and (unnamed / BATCH_FILE).is_file():
            unnamed.rename(folder / entry.batch_id)
            fsync_path(folder)
    return entries


def end_interrupted(folder: Path) -> None:
    """Let a batch that was registered before a crash appear under its name.

    Raises:
        DamagedFileError: the register is not as it was signed.
    """
    with file_lock(folder):
        open_register(folder)


def is_signed(folder: Path) -> bool:
    """Whether the key folder vouches for the register."""
    return _log(folder).is_vouched_for


def add_entry(folder: Path, entry: Entry) -> None:
    """Add a line to a register that `open_register` found to be whole."""
    _log(folder).append(asdict(entry))


def now_words() -> str:
    """This moment (UTC) as registers and records write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def problems_of(entries: Sequence[Entry], seals: Mapping[str, str]) -> list[str]:
    """Every batch that is missing, changed or known to nobody, in words.

    `seals` holds the seal of each batch's record by its id, as found.
    """
    recorded = {e.batch_id: e.record_sha256 for e in entries if e.action == RECORDED}
    gone = withdrawals(entries)
    problems = [f"批次 {name} 不见了" for name in recorded if name not in seals and name not in gone]
    for name, seal in seals.items():
        if name not in recorded:
            problems.append(f"批次 {name} 没有登记，不是由本系统收下的")
        elif seal != recorded[name]:
            problems.append(f"批次 {name} 的记录与登记的不同")
    return problems


def _sign_first(log: SignedLog, folder: Path) -> None:
    """Vouch for what is there: lines of another key with what they say, then unlisted folders."""
    lines = log.lines()
    listed = {line["batch_id"] for line in lines if line["action"] == RECORDED}
    new = [asdict(_first(p)) for p in batch_folders(folder) if p.name not in listed]
    log.sign_anew([*lines, *new])


def _first(path: Path) -> Entry:
    record, seal = read_sealed(path / BATCH_FILE)
    return Entry(RECORDED, path.name, seal, str(record["imported_at"]), str(record["imported_by"]), FIRST_SIGNING)


def _log(folder: Path) -> SignedLog:
    keys = folder.resolve().parent / KEYS
    return SignedLog(folder / REGISTER_FILE, keys / AUDIT_KEY)


def _entry(line: dict[str, str]) -> Entry:
    known = {"by_id": "", **line}
    return Entry(**{f.name: known[f.name] for f in fields(Entry)})
