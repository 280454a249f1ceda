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
from data.importing.batches import list_batches
from data.settings import Settings
from data.warehouse.published_cases import load_published_cases
from data.warehouse.rules import load_rules, rules_version, run_rules
from data.warehouse.snapshots import POINTER
from data.warehouse.staging import load_catalogue_tables, stage_batches

CHECKS = Path(__file__).with_name("integrity_checks.sql")
KEPT_STAGING = ("stg_snapshot", "stg_school", "stg_school_amount", "stg_plan", "stg_visit",
                "stg_issue", "stg_fund", "stg_policy", "stg_district_item")  # fmt: skip
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
    content_hash: str


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
        progress("载入指标目录和批次")
        load_catalogue_tables(connection, load_catalogue())
        stage_batches(connection, settings.batches_folder, batches)
        progress("计算规则")
        run_rules(connection, rules)
        load_published_cases(connection)
        progress("核对")
        _check(connection)
        progress("写入快照")
        tables = _tables(connection)
        _record_provenance(connection, rules_version(rules))
        table_rows, content_hash = _write(connection, temporary, [*tables, "publication"])
    snapshot_id = f"{now:%Y%m%d-%H%M%S}-{content_hash[:8]}"
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
        content_hash=content_hash,
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


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    names = [
        str(row[0])
        for row in connection.execute(
            "select table_name from duckdb_tables() order by table_name"
        ).fetchall()
    ]
    return [
        n
        for n in names
        if not n.startswith("current_") and (not n.startswith("stg_") or n in KEPT_STAGING)
    ]


def _record_provenance(connection: duckdb.DuckDBPyConnection, version: str) -> None:
    connection.execute(
        "create or replace table publication as select $version as rules_version,"
        " $catalogue as catalogue_version, (select coalesce(bool_or(is_demonstration), false)"
        " from stg_school) as has_demonstration",
        {"version": version, "catalogue": catalogue_version()},
    )


def _write(
    connection: duckdb.DuckDBPyConnection, path: Path, tables: list[str]
) -> tuple[dict[str, int], str]:
    """Copy the tables to the file; returns row counts and one order-independent content hash."""
    connection.execute(f"attach '{path}' as snapshot")
    digest = hashlib.sha256()
    counts: dict[str, int] = {}
    for table in tables:
        connection.execute(f"create table snapshot.{table} as from {table}")
        row = connection.execute(
            f"select count(*), bit_xor(hash(t)), sum(hash(t)::hugeint) from snapshot.{table} as t"  # noqa: S608
        ).fetchone()
        counts[table] = int(row[0]) if row else 0
        digest.update(f"{table}:{row}".encode())
    connection.execute("detach snapshot")
    return counts, digest.hexdigest()


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
