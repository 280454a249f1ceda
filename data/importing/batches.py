"""Immutable batches: the file as received, its rows, and who sent it when in place of what.

A batch is a folder `var/batches/<sequence>-<hash>/`, written under a temporary name and renamed.
Its record holds the hash of each of its files and of itself.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.durable import (
    DamagedFileError,
    exclusive,
    require_space,
    sealed,
    sha256_of,
    sync,
    unsealed,
    write_synced,
)
from data.importing.cell_checks import NOT_APPLICABLE
from data.importing.prepare import PreparedFile, PreparedTable
from data.importing.recognise import amount_columns, field_name

BATCH_FILE = "batch.json"


@dataclass(frozen=True)
class Batch:
    """The record of one accepted file."""

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


def list_batches(folder: Path) -> list[Batch]:
    """All accepted batches, oldest first.

    Raises:
        DamagedFileError: a record was changed or lost since the import.
    """
    if not folder.is_dir():
        return []
    paths = sorted(p for p in folder.iterdir() if p.is_dir() and p.name[0] != ".")
    return [Batch(**unsealed(p / BATCH_FILE)) for p in paths]


def table_path(folder: Path, batch: Batch, position: int) -> Path:
    """The stored rows of one table of a batch."""
    return folder / batch.batch_id / f"table_{position}.parquet"


def check_batch(folder: Path, batch_id: str) -> None:
    """Compare a batch's files with the hashes of its record.

    Raises:
        DamagedFileError: one is missing, cut or changed.
    """
    own = folder / batch_id
    batch = Batch(**unsealed(own / BATCH_FILE))
    source = own / f"source{Path(batch.file_name).suffix}"
    wanted = {source: batch.content_sha256}
    for position, table in enumerate(batch.tables):
        wanted[table_path(folder, batch, position)] = table["sha256"]
    for path, sha256 in wanted.items():
        if not path.is_file() or sha256_of(path) != sha256:
            raise DamagedFileError(str(path))


def find_same(prepared: PreparedFile, known: Iterable[Batch]) -> Batch | None:
    """The batch that holds the same bytes, or the same rows saved anew and not superseded since."""
    content, rows = sha256_of(prepared.path), _hash_rows(prepared)
    batches = list(known)
    superseded = {batch_id for b in batches for batch_id in b.supersedes}
    for batch in batches:
        if batch.batch_id in superseded:
            continue
        if content == batch.content_sha256 or rows == batch.rows_sha256:
            return batch
    return None


def record_batch(
    folder: Path,
    prepared: PreparedFile,
    *,
    imported_at: datetime,
    imported_by: str,
    is_demonstration: bool = False,
    reason: str = "",
) -> Batch:
    """Store a file without blocking findings; returns its record, or that which holds its rows.

    Two who hand in the same at once get one batch: the look and the writing are one step.

    Raises:
        ValueError: the file has blocking findings.
        NoSpaceError: the disk is full.
        DamagedFileError: an earlier batch is damaged.
    """
    if prepared.is_blocked:
        raise ValueError(f"{prepared.path.name} has blocking findings")
    with exclusive(folder):
        require_space(folder)
        for leftover in folder.glob(".*.tmp"):
            shutil.rmtree(leftover)
        known = list_batches(folder)
        same = find_same(prepared, known)
        if same is not None:
            return same
        batch = _batch_of(prepared, known, imported_at, imported_by, reason)
        return _write(folder, replace(batch, is_demonstration=is_demonstration), prepared)


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
    with exclusive(folder):
        require_space(folder)
        known = list_batches(folder)
        temporary = folder / f".{file_name}.tmp"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        table = temporary / "table_0.parquet"
        write(table)
        os.link(table, temporary / f"source{Path(file_name).suffix}")
        sync(table)
        sha256 = sha256_of(table)
        sequence = known[-1].sequence + 1 if known else 1
        batch = Batch(
            batch_id=f"{sequence:06d}-{sha256[:12]}", sequence=sequence, file_name=file_name,
            content_sha256=sha256, rows_sha256=sha256,
            imported_at=imported_at.isoformat(timespec="seconds"), imported_by=imported_by,
            is_demonstration=True, reason="", supersedes=[], notes=[],
            tables=[{"input_kind": input_kind, "sheet": Path(file_name).stem, "scopes": [],
                     "row_count": _row_count(table), "sha256": sha256}],
        )  # fmt: skip
        write_synced(temporary / BATCH_FILE, sealed(asdict(batch)))
        temporary.rename(folder / batch.batch_id)
        sync(folder)
    return batch


def _row_count(path: Path) -> int:
    """Number of rows of a Parquet file."""
    with duckdb.connect() as connection:
        counted = connection.execute("select count(*) from read_parquet(?)", [str(path)])
        return int((counted.fetchone() or (0,))[0])


def _batch_of(
    prepared: PreparedFile, known: list[Batch], imported_at: datetime, imported_by: str, reason: str
) -> Batch:
    sequence = known[-1].sequence + 1 if known else 1
    content_sha256 = sha256_of(prepared.path)
    batch_id = f"{sequence:06d}-{content_sha256[:12]}"
    tables = [
        {
            "input_kind": t.input_kind,
            "sheet": t.sheet,
            "row_count": len(t.rows),
            "scopes": _scopes(t.input_kind, t.rows),
        }
        for t in prepared.tables
    ]
    return Batch(
        batch_id=batch_id,
        sequence=sequence,
        file_name=prepared.path.name,
        content_sha256=content_sha256,
        rows_sha256=_hash_rows(prepared),
        imported_at=imported_at.isoformat(timespec="seconds"),
        imported_by=imported_by,
        is_demonstration=False,
        reason=reason,
        tables=tables,
        supersedes=_superseded_by(tables, known),
        notes=[f.as_dict() for f in prepared.findings],
    )


def _write(folder: Path, batch: Batch, prepared: PreparedFile) -> Batch:
    """Everything reaches the disk before the folder gets its name."""
    temporary = folder / f".{batch.batch_id}.tmp"
    temporary.mkdir()
    source = temporary / f"source{prepared.path.suffix}"
    shutil.copy2(prepared.path, source)
    sync(source)
    tables: list[dict[str, Any]] = []
    for position, table in enumerate(prepared.tables):
        path = temporary / f"table_{position}.parquet"
        _write_rows(path, table)
        sync(path)
        tables.append({**batch.tables[position], "sha256": sha256_of(path)})
    batch = replace(batch, tables=tables)
    write_synced(temporary / BATCH_FILE, sealed(asdict(batch)))
    temporary.rename(folder / batch.batch_id)
    sync(folder)
    return batch


def _write_rows(path: Path, table: PreparedTable) -> None:
    """Amounts of school returns as exact decimals, all else as text; 不适用 cells are listed."""
    stored = table.rows.reset_index(names="source_row").astype({"source_row": "int64"})
    amounts: set[str] = set()
    if table.input_kind == "school_return":
        amounts = {field_name(c) for c in amount_columns(table.input_kind)}
    columns = ", ".join(
        f'try_cast("{c}" as decimal(18, 6)) as "{c}"' if c in amounts
        else f'cast("{c}" as varchar) as "{c}"'
        for c in table.rows.columns
    )  # fmt: skip
    marks = ", ".join(
        f"case when cast(\"{c}\" as varchar) = '{NOT_APPLICABLE}' then '{c}' end"
        for c in table.rows.columns if c in amounts
    )  # fmt: skip
    not_applicable = f"concat_ws('|', {marks})" if marks else "''"
    with duckdb.connect() as connection:
        connection.register("stored", stored)
        connection.execute(
            f"copy (select source_row, {columns}, {not_applicable} as not_applicable from stored)"  # noqa: S608
            f" to '{path}' (format parquet)"
        )


def _hash_rows(prepared: PreparedFile) -> str:
    digest = hashlib.sha256()
    for table in prepared.tables:
        columns = sorted(table.rows.columns)
        digest.update(f"{table.input_kind}:{columns}".encode())
        digest.update(table.rows[columns].to_csv(index=False).encode())
    return digest.hexdigest()


def replacement_fields(input_kind: str) -> list[str]:
    """The fields whose values a later file replaces as a whole."""
    kinds = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    return kinds[input_kind].replaces_by.split("|")


def _scopes(input_kind: str, rows: pd.DataFrame) -> list[list[str]]:
    wanted = [f for f in replacement_fields(input_kind) if f in rows.columns]
    unique = rows[wanted].fillna("").drop_duplicates()
    return sorted([str(v) for v in values] for values in unique.itertuples(index=False, name=None))


def _superseded_by(tables: list[dict[str, Any]], known: list[Batch]) -> list[str]:
    """Earlier batches all or part of whose rows the new tables replace."""
    new = {(t["input_kind"], tuple(scope)) for t in tables for scope in t["scopes"]}
    return [
        batch.batch_id
        for batch in known
        if new & {(t["input_kind"], tuple(s)) for t in batch.tables for s in t["scopes"]}
    ]
