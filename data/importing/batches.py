"""Immutable batches: the file as received, its rows, and who sent it when in place of what.

A batch is a folder `var/batches/<sequence>-<hash>/`, written under a temporary name and renamed.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
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
    """All accepted batches, oldest first."""
    if not folder.is_dir():
        return []
    paths = sorted(p for p in folder.iterdir() if (p / BATCH_FILE).is_file() and p.name[0] != ".")
    return [Batch(**json.loads((p / BATCH_FILE).read_text(encoding="utf-8"))) for p in paths]


def table_path(folder: Path, batch: Batch, position: int) -> Path:
    """The stored rows of one table of a batch."""
    return folder / batch.batch_id / f"table_{position}.parquet"


def find_same(prepared: PreparedFile, known: Iterable[Batch]) -> Batch | None:
    """The batch that holds the same bytes, or the same rows saved anew and not superseded since."""
    content, rows = _hash_file(prepared.path), _hash_rows(prepared)
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
    """Store a file without blocking findings; returns its record.

    Raises:
        ValueError: the file has blocking findings.
    """
    if prepared.is_blocked:
        raise ValueError(f"{prepared.path.name} has blocking findings")
    folder.mkdir(parents=True, exist_ok=True)
    known = list_batches(folder)
    sequence = known[-1].sequence + 1 if known else 1
    content_sha256 = _hash_file(prepared.path)
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
    batch = Batch(
        batch_id=batch_id,
        sequence=sequence,
        file_name=prepared.path.name,
        content_sha256=content_sha256,
        rows_sha256=_hash_rows(prepared),
        imported_at=imported_at.isoformat(timespec="seconds"),
        imported_by=imported_by,
        is_demonstration=is_demonstration,
        reason=reason,
        tables=tables,
        supersedes=_superseded_by(tables, known),
        notes=[f.as_dict() for f in prepared.findings],
    )
    _write(folder, batch, prepared)
    return batch


def _write(folder: Path, batch: Batch, prepared: PreparedFile) -> None:
    temporary = folder / f".{batch.batch_id}.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    shutil.copy2(prepared.path, temporary / f"source{prepared.path.suffix}")
    for position, table in enumerate(prepared.tables):
        _write_rows(temporary / f"table_{position}.parquet", table)
    text = json.dumps(asdict(batch), ensure_ascii=False, indent=1)
    with (temporary / BATCH_FILE).open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.rename(folder / batch.batch_id)


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


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
