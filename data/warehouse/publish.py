"""Build one immutable snapshot file from the batches in force, and point readers to it."""

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.access import NOBODY, Actor
from data.atomic_files import (
    DamagedFileError,
    file_lock,
    fsync_path,
    require_space,
    sha256_of,
    sign_record,
    write_synced,
)
from data.catalogue.loader import load_catalogue
from data.importing.batch_records import Batch, check_batch, list_batches, valid_batches
from data.importing.batches import check_set
from data.settings import Settings
from data.warehouse.holding import held_back, missing_of_publications
from data.warehouse.integrity import problems_of
from data.warehouse.published_cases import load_published_cases
from data.warehouse.rules import Rule, load_rules, rules_version, run_rules
from data.warehouse.snapshots import TO_FOLLOW, in_force, path_of, point_to
from data.warehouse.spelling import known_spellings, write_spellings
from data.warehouse.staging import load_catalogue_tables, stage_batches

log = logging.getLogger("oversight.publish")
ROW_GROUP = 16384  # small row groups let two threads share relations of fifty thousand rows
SAFE_PLANS = "build_side_probe_side"
"""Optimizer passes left off: on joins that this one turns round duckdb 2.0 fails (issue 24807)."""
PLAINEST_PLANS = "build_side_probe_side,cte_inlining,join_order,compressed_materialization"
LOST = "确已无法恢复的批次，可用 python -m data withdraw 批次 --reason 原因 撤回后再发布。"
Progress = Callable[[str], None]
Compute = Callable[[duckdb.DuckDBPyConnection, list[Rule]], None]


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
    file_sha256: str
    published_by: str = ""
    published_by_id: str = ""


def publish(  # noqa: PLR0913  each is an option of the command
    settings: Settings,
    now: datetime,
    progress: Progress = lambda _: None,
    compute: Compute = run_rules,
    *,
    only: Collection[str] | None = None,
    again: bool = False,
    after: str | None = None,
    by: Actor = NOBODY,
) -> Publication:
    """Publish all batches that count; readers move to the new file at their next request.

    Args:
        settings: Folders, threads and memory.
        now: When it is published.
        progress: Told each step.
        compute: Makes the rule relations from the staged ones; by default DuckDB does it here.
        only: The batches of an earlier publication, to compute that one anew.
        again: Publish although what was taken back with a rollback would come again.
        after: The publication that was in force when it was asked for; another one ends it.
        by: Who publishes; the command line has no account.

    Raises:
        PublicationError: nothing to publish, a missing or damaged batch, what was taken back would
            come again, a full disk, or a failed check.
    """
    folder = settings.snapshots_folder
    with file_lock(folder):
        _sweep(folder)
        try:
            require_space(folder)
            if after is not None and in_force(folder) != after:
                raise PublicationError(f"已有人在此期间发布（数据版本 {in_force(folder)}），没有再发布")
            batches = _whole_set(settings, only)
            held = "" if again or only is not None else hold_of(settings)
            if held:
                raise PublicationError(f"{held}确要照此发布请用 python -m data publish --again。")
            return _publish(settings, now, progress, compute, batches, by)
        except DamagedFileError as error:
            raise PublicationError(f"批次文件已损坏，请先从备份恢复：{error}。{LOST}") from error
        except (OSError, duckdb.Error) as error:
            raise PublicationError(f"写入数据版本失败，原数据版本继续有效：{error}") from error


def _whole_set(settings: Settings, only: Collection[str] | None) -> list[Batch]:
    """The batches to publish, each with its files, and none missing that a publication held."""
    folder = settings.batches_folder
    batches = check_set(folder)
    missing = missing_of_publications(folder, settings.snapshots_folder)
    if only is not None:
        batches = [b for b in list_batches(folder) if b.batch_id in only]
        missing += sorted(set(only) - {b.batch_id for b in batches})
    if missing:
        raise DamagedFileError("；".join(f"批次 {batch_id} 不见了" for batch_id in missing))
    if not batches:
        raise PublicationError("没有已导入的批次，无法发布")
    for batch in batches:
        check_batch(folder, batch.batch_id)
    return batches


def hold_of(settings: Settings) -> str:
    """Why the next publication has to wait after a rollback, in words; empty where it has not to.

    Raises:
        DamagedFileError: batches, moves or the record of a publication cannot be read.
    """
    now = (catalogue_version(), rules_version(load_rules(settings.rules_folder)))
    return held_back(settings.snapshots_folder, valid_batches(settings.batches_folder), now)


def _publish(
    settings: Settings, now: datetime, progress: Progress, compute: Compute, batches: list[Batch], by: Actor
) -> Publication:
    started = time.perf_counter()
    folder = settings.snapshots_folder
    temporary = folder / f".building-{os.getpid()}.duckdb"
    rules = load_rules(settings.rules_folder)
    table_rows = _build(settings, temporary, (batches, rules), progress, compute)
    progress("读回核对")
    _read_back(temporary, table_rows)
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
        file_sha256=sha256_of(temporary),
        published_by=by.name,
        published_by_id=by.account_id,
    )
    _activate(folder, temporary, publication)
    return publication


def _build(
    settings: Settings, path: Path, given: tuple[list[Batch], list[Rule]], progress: Progress, compute: Compute
) -> dict[str, int]:
    """Write the whole file, once more with the plainest plans if the engine fails within itself; rows per table."""
    try:
        return _write(settings, path, given, progress, compute, SAFE_PLANS)
    except duckdb.InternalException as error:
        log.warning("the engine failed within itself: %s", str(error).splitlines()[0])
        _sweep(path.parent)
        return _write(settings, path, given, progress, compute, PLAINEST_PLANS)


def _sweep(folder: Path) -> None:
    """Remove what an interrupted publication left."""
    for leftover in folder.glob(".building-*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _write(
    settings: Settings,
    path: Path,
    given: tuple[list[Batch], list[Rule]],
    progress: Progress,
    compute: Compute,
    left_off: str,
) -> dict[str, int]:
    batches, rules = given
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {int(settings.publish_threads)}")
        connection.execute("set memory_limit = $limit", {"limit": settings.publish_memory})
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set checkpoint_threshold = '1TB'")  # the file is written down once
        connection.execute(f"set disabled_optimizers = '{left_off}'")
        connection.execute(f"set temp_directory = '{path.with_suffix('.spill')}'")
        connection.execute(f"attach '{path}' as snapshot (row_group_size {ROW_GROUP})")
        connection.execute("use snapshot")
        progress("载入指标目录和批次")
        load_catalogue_tables(connection, load_catalogue())
        stage_batches(connection, settings.batches_folder, batches)
        progress("计算规则")
        compute(connection, rules)
        load_published_cases(connection)
        write_spellings(connection, known_spellings(settings.snapshots_folder))
        _record_provenance(connection, rules_version(rules))
        progress("写入数据版本")
        rows = _row_counts(connection)
        connection.execute("use memory")
        connection.execute("detach snapshot")
    return rows


def _read_back(path: Path, table_rows: dict[str, int]) -> None:
    """Read the file as readers will: every table has its rows, and the checks hold on what it says.

    Raises:
        PublicationError: the file does not say what was written.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        rows_read = _row_counts(connection)
        if rows_read != table_rows:
            wrong = sorted({k for k, _ in rows_read.items() ^ table_rows.items()})
            raise PublicationError("读回的数据版本与写入的不同：" + "、".join(wrong))
        if problems := problems_of(connection):
            raise PublicationError("发布前核对未通过：" + "".join(problems))


def catalogue_version() -> str:
    """Twelve hex digits that change with any row of the catalogue in use."""
    return load_catalogue().version


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = connection.execute(
        "select table_name from duckdb_tables() where not temporary"
        " and database_name = current_database() order by table_name"
    ).fetchall()
    counts = " union all ".join(
        f"select '{name}', count(*) from {name}"  # noqa: S608
        for (name,) in tables
    )
    return {str(name): int(rows) for name, rows in connection.execute(counts).fetchall()}


def _input_hash(batches: list[Batch], version: str) -> str:
    """Hash of everything that decides the content: rows, catalogue and rules."""
    parts = [b.rows_sha256 for b in batches] + [catalogue_version(), version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def content_hash(path: Path) -> str:
    """Hash of every row of every table of a snapshot file, independent of their order."""
    digest = hashlib.sha256()
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute("select table_name from duckdb_tables() order by table_name").fetchall():
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
    """Make read-only, on disk under a new name with its record, then replace the pointer."""
    final = path_of(folder, publication.snapshot_id)
    temporary.chmod(0o400)
    fsync_path(temporary)
    write_synced(final.with_suffix(".json"), sign_record(asdict(publication)))
    temporary.rename(final)
    fsync_path(folder)
    write_synced(folder / TO_FOLLOW, publication.snapshot_id)
    point_to(folder, publication.snapshot_id)
