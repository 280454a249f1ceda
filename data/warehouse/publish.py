"""Build one immutable snapshot file from the batches in force, and point readers to it."""

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.catalogue.loader import FOLDER, load_catalogue
from data.importing.batches import Batch, list_batches
from data.settings import Settings
from data.warehouse.published_cases import load_published_cases
from data.warehouse.rules import load_rules, rules_version, run_rules
from data.warehouse.snapshots import POINTER
from data.warehouse.staging import load_catalogue_tables, stage_batches

CHECKS = Path(__file__).with_name("integrity_checks.sql")
ROW_GROUP = 16384  # small row groups let two threads share relations of fifty thousand rows
Progress = Callable[[str], None]


class PublicationError(RuntimeError):
    """The new snapshot failed its checks; the old one stays in force."""


@dataclass(frozen=True)
class Publication:
    """What was published, from what, by which rules."""

    snapshot_id: str
    created_at: str
    batch_ids: list[str]
    has_demonstration: bool
    rules_version: str
    catalogue_version: str
    duckdb_version: str
    seconds: float
    table_rows: dict[str, int]


def publish(settings: Settings, now: datetime, progress: Progress = lambda _: None) -> Publication:
    """Publish all batches; readers move to the new file at their next request.

    Raises:
        PublicationError: nothing to publish, or an integrity check found something.
    """
    started = time.perf_counter()
    batches = list_batches(settings.batches_folder)
    if not batches:
        raise PublicationError("没有已导入的批次，无法发布")
    folder = settings.snapshots_folder
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".building-{os.getpid()}.duckdb"
    for leftover in (temporary, Path(f"{temporary}.wal")):
        leftover.unlink(missing_ok=True)
    rules = load_rules(settings.rules_folder)
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {int(settings.publish_threads)}")
        connection.execute("set memory_limit = $limit", {"limit": settings.publish_memory})
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"attach '{temporary}' as snapshot (row_group_size {ROW_GROUP})")
        connection.execute("use snapshot")
        progress("载入指标目录和批次")
        load_catalogue_tables(connection, load_catalogue())
        stage_batches(connection, settings.batches_folder, batches)
        progress("计算规则")
        run_rules(connection, rules)
        load_published_cases(connection)
        _record_provenance(connection, rules_version(rules))
        progress("核对")
        _check(connection)
        progress("写入快照")
        table_rows = _row_counts(connection)
        connection.execute("use memory")
        connection.execute("detach snapshot")
    snapshot_id = f"{now:%Y%m%d-%H%M%S}-{_input_hash(batches, rules_version(rules))[:8]}"
    publication = Publication(
        snapshot_id=snapshot_id,
        created_at=now.isoformat(timespec="seconds"),
        batch_ids=[b.batch_id for b in batches],
        has_demonstration=any(b.is_demonstration for b in batches),
        rules_version=rules_version(rules),
        catalogue_version=catalogue_version(),
        duckdb_version=duckdb.__version__,
        seconds=round(time.perf_counter() - started, 3),
        table_rows=table_rows,
    )
    _activate(folder, temporary, publication)
    return publication


def catalogue_version() -> str:
    """Twelve hex digits that change with any catalogue file."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    problems: list[str] = []
    for statement in CHECKS.read_text(encoding="utf-8").split(";"):
        problems += [str(row[0]) for row in connection.execute(statement).fetchall()]
    if problems:
        raise PublicationError("发布前核对未通过：" + "；".join(problems[:20]))


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    found = connection.execute(
        "select table_name, estimated_size from duckdb_tables() where database_name = 'snapshot'"
        " order by table_name"
    ).fetchall()
    return {str(name): int(size) for name, size in found}


def _input_hash(batches: list[Batch], version: str) -> str:
    """Hash of everything that decides the content: rows, catalogue and rules."""
    parts = [b.rows_sha256 for b in batches] + [catalogue_version(), version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def content_hash(path: Path) -> str:
    """Hash of every row of every table of a snapshot file, independent of their order."""
    digest = hashlib.sha256()
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() order by table_name"
        ).fetchall():
            row = connection.execute(
                f"select count(*), bit_xor(hash(t)), sum(hash(t)::hugeint) from {table} as t"  # noqa: S608
            ).fetchone()
            digest.update(f"{table}:{row}".encode())
    return digest.hexdigest()


def _record_provenance(connection: duckdb.DuckDBPyConnection, version: str) -> None:
    connection.execute(
        "create or replace table publication as select $version as rules_version,"
        " $catalogue as catalogue_version, (select coalesce(bool_or(is_demonstration), false)"
        " from stg_school) as has_demonstration",
        {"version": version, "catalogue": catalogue_version()},
    )


def _activate(folder: Path, temporary: Path, publication: Publication) -> None:
    """fsync, make read-only, rename to a new name, then replace the pointer."""
    final = folder / f"snapshot_{publication.snapshot_id}.duckdb"
    with temporary.open("rb+") as stream:
        os.fsync(stream.fileno())
    temporary.chmod(0o444)
    temporary.rename(final)
    final.with_suffix(".json").write_text(
        json.dumps(asdict(publication), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    pointer = folder / f".{POINTER}-{os.getpid()}"
    with pointer.open("w", encoding="utf-8") as stream:
        stream.write(final.name)
        stream.flush()
        os.fsync(stream.fileno())
    pointer.replace(folder / POINTER)
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
