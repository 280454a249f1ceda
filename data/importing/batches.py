"""Immutable batches: the file as received, its rows, and who sent it when in place of what.

A batch is a folder `var/batches/<sequence>-<hash>/`, written under a temporary name, entered in the
register and renamed. Its record holds the hash of each of its files and of itself.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from data.atomic_files import (
    DamagedFileError,
    file_lock,
    fsync_path,
    read_sealed,
    require_space,
    seal_of,
    sha256_of,
    sign_record,
    write_synced,
)
from data.importing.batch_records import Batch, content_of, counting, find_same, sources_of, undecided
from data.importing.grouped import grouped
from data.importing.prepare import PreparedReturn
from data.importing.register import (
    BATCH_FILE,
    RECORDED,
    TAKEN_OVER,
    Entry,
    add_entry,
    batch_folders,
    now_words,
    open_register,
    problems_of,
    read_register,
    taken_over,
)
from data.importing.stored_rows import hash_rows, row_count, scopes_of, write_rows


def record_batch(
    folder: Path,
    prepared: PreparedReturn,
    *,
    imported_at: datetime,
    imported_by: str,
    is_demonstration: bool = False,
    reason: str = "",
    submission_id: int | None = None,
) -> Batch:
    """Store a file without blocking findings; returns its record, or that which holds its rows.

    Two who hand in the same at once get one batch: the look and the writing are one step. A batch
    of a submission does not count until `take_over` says that the city decided so.

    Raises:
        ValueError: the file has blocking findings.
        NoSpaceError: the disk is full.
        DamagedFileError: an earlier batch is damaged or missing.
    """
    if prepared.is_blocked:
        raise ValueError(f"{prepared.names} has blocking findings")
    with file_lock(folder):
        (batches, sequence), entries = _made_ready(folder), read_register(folder)
        known = counting(batches, entries)
        submission_batches = [b for b in undecided(batches, entries) if b.submission_id == submission_id]
        same = find_same(prepared, [*known, *submission_batches])
        if same is not None:
            return same
        batch = _batch_of(prepared, known, sequence, imported_at, imported_by, reason)
        batch = replace(batch, is_demonstration=is_demonstration, submission_id=submission_id)
        return _write(folder, batch, prepared)


def check_set(folder: Path) -> list[Batch]:
    """The batches that count, once the whole set was found to be as it was recorded.

    Signs the set where the key folder does not know it yet.

    Raises:
        DamagedFileError: batches are missing, changed or known to nobody; the message names them.
    """
    with file_lock(folder):
        batches = _checked(folder)
    return counting(batches, read_register(folder))


def _checked(folder: Path) -> list[Batch]:
    entries = open_register(folder)
    records = {p.name: read_sealed(p / BATCH_FILE) for p in batch_folders(folder)}
    if problems := problems_of(entries, {name: seal for name, (_, seal) in records.items()}):
        raise DamagedFileError("；".join(problems))
    return [Batch(**record) for record, _ in records.values()]


def _made_ready(folder: Path) -> tuple[list[Batch], int]:
    """All batches, and the number of the next, with room for it and nothing left over."""
    require_space(folder)
    batches = _checked(folder)
    for leftover in folder.glob(".*.tmp"):
        shutil.rmtree(leftover)
    numbers = [int(e.batch_id.partition("-")[0]) for e in read_register(folder)]
    return batches, max(numbers, default=0) + 1


def _give_name(folder: Path, temporary: Path, batch: Batch) -> None:
    """Seal and register a written batch, then let it appear under its name."""
    record = asdict(batch)
    write_synced(temporary / BATCH_FILE, sign_record(record))
    fsync_path(temporary)
    add_entry(
        folder, Entry(RECORDED, batch.batch_id, seal_of(record), batch.imported_at, batch.imported_by, batch.reason)
    )
    temporary.rename(folder / batch.batch_id)
    fsync_path(folder)


def take_over(folder: Path, batch: Batch, by: str) -> None:
    """Say in the register that the city took the return of this batch over; once."""
    with file_lock(folder):
        if batch.batch_id not in taken_over(open_register(folder)):
            add_entry(folder, Entry(TAKEN_OVER, batch.batch_id, "", now_words(), by, str(batch.submission_id)))


def record_table(
    folder: Path,
    file_name: str,
    input_kind: str,
    write: Callable[[Path], None],
    *,
    imported_at: datetime,
    imported_by: str,
) -> Batch:
    """Store rows that are Parquet already, as a demonstration; `write` writes them to a path.

    The table is its own source, and its hash stands for its rows.
    """
    with file_lock(folder):
        _, sequence = _made_ready(folder)
        temporary = folder / f".{sequence:06d}.tmp"
        temporary.mkdir()
        table = temporary / "table_0.parquet"
        write(table)
        os.link(table, temporary / f"source{Path(file_name).suffix}")
        fsync_path(table)
        sha256 = sha256_of(table)
        batch = Batch(
            batch_id=f"{sequence:06d}-{sha256[:12]}",
            sequence=sequence,
            file_name=file_name,
            content_sha256=sha256,
            rows_sha256=sha256,
            imported_at=imported_at.isoformat(timespec="seconds"),
            imported_by=imported_by,
            is_demonstration=True,
            reason="",
            supersedes=[],
            notes=[],
            tables=[
                {
                    "input_kind": input_kind,
                    "sheet": Path(file_name).stem,
                    "scopes": [],
                    "row_count": row_count(table),
                    "sha256": sha256,
                }
            ],
        )
        named = folder / f".{batch.batch_id}.tmp"
        temporary.rename(named)
        _give_name(folder, named, batch)
    return batch


def _batch_of(
    prepared: PreparedReturn, known: list[Batch], sequence: int, imported_at: datetime, imported_by: str, reason: str
) -> Batch:
    content_sha256 = content_of(prepared.paths)
    files = [{"name": p.name, "sha256": sha256_of(p)} for p in prepared.paths]
    tables = [
        {
            "input_kind": t.input_kind,
            "sheet": t.sheet,
            "row_count": len(t.rows),
            "scopes": scopes_of(t.input_kind, t.rows),
        }
        for t in prepared.tables
    ]
    return Batch(
        batch_id=f"{sequence:06d}-{content_sha256[:12]}",
        sequence=sequence,
        file_name=prepared.names,
        content_sha256=content_sha256,
        rows_sha256=hash_rows(prepared),
        imported_at=imported_at.isoformat(timespec="seconds"),
        imported_by=imported_by,
        is_demonstration=False,
        reason=reason,
        tables=tables,
        supersedes=_superseded_by(tables, known),
        notes=[f.as_dict() for f in grouped(prepared.findings)],
        files=files if len(files) > 1 else [],
    )


def _write(folder: Path, batch: Batch, prepared: PreparedReturn) -> Batch:
    """Everything reaches the disk before the folder gets its name."""
    temporary = folder / f".{batch.batch_id}.tmp"
    temporary.mkdir()
    for name, path in zip(sources_of(batch), prepared.paths, strict=True):
        shutil.copy2(path, temporary / name)
        fsync_path(temporary / name)
    tables: list[dict[str, Any]] = []
    for position, table in enumerate(prepared.tables):
        path = temporary / f"table_{position}.parquet"
        write_rows(path, table)
        fsync_path(path)
        tables.append({**batch.tables[position], "sha256": sha256_of(path)})
    batch = replace(batch, tables=tables)
    _give_name(folder, temporary, batch)
    return batch


def _superseded_by(tables: list[dict[str, Any]], known: list[Batch]) -> list[str]:
    """Earlier batches all or part of whose rows the new tables replace."""
    new = {(t["input_kind"], tuple(scope)) for t in tables for scope in t["scopes"]}
    return [b.batch_id for b in known if new & _scopes_of(b)]


def _scopes_of(batch: Batch) -> set[tuple[str, tuple[str, ...]]]:
    return {(t["input_kind"], tuple(scope)) for t in batch.tables for scope in t["scopes"]}
