"""What a publication means for the store: new ledger rows are taken over, new values noted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import insert, select

from data.access import IMPORTER, MONITORING
from data.atomic_files import file_lock
from data.catalogue.loader import Catalogue
from data.settings import Settings
from data.store.audit import append_head
from data.store.engine import Store, open_store
from data.store.ledger import ANEW, LOOK_BACK, NOT_LISTED, Done, Issue, look_back_record, save_change, touched
from data.store.ledger_file import adopt
from data.store.look_back_record import keep_look_back
from data.store.schema import adopted_batch
from data.store.schema import issue as issue_table
from data.warehouse.snapshots import TO_FOLLOW, in_force, path_of, waits_to_follow

FOLLOWING = ".following.lock"


def follow_publication(
    settings: Settings, catalogue: Catalogue, at: datetime, *, store: Store | None = None, heads: Path | None = None
) -> dict[str, int]:
    """Bring the ledger up to the snapshot in force; running it twice changes nothing.

    The head of the audit is noted in the file `heads` before the publication counts as followed.

    Returns counts: `added`, `described`, `state_kept`, `value_met`, `rebound`.
    """
    store = store or open_store(settings)
    with file_lock(settings.snapshots_folder, FOLLOWING):
        folder = settings.snapshots_folder
        followed = in_force(folder)
        counts = _follow(settings, catalogue, at, store)
        if heads is not None:
            append_head(store, heads)
        if waits_to_follow(settings.snapshots_folder) and in_force(settings.snapshots_folder) == followed:
            (settings.snapshots_folder / TO_FOLLOW).unlink()
    return counts


def _follow(settings: Settings, catalogue: Catalogue, at: datetime, store: Store) -> dict[str, int]:
    path = path_of(settings.snapshots_folder, in_force(settings.snapshots_folder))
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = _rows(connection, "select * from stg_issue order by issue_code")
        cells = connection.execute("select subject_code, stage, item_code, is_met from latest_cell").fetchall()
    counts = _adopt_new(store, catalogue, rows, at)
    return counts | note_values(store, {(s, g, i): met for s, g, i, met in cells}, at)


def note_values(store: Store, values: Mapping[tuple[str, str, str], bool | None], at: datetime) -> dict[str, int]:
    """What new values mean: a closed issue whose value met its line and fails again is 反弹.

    Args:
        store: The operational store.
        values: Verdict by cell (school or unit, stage, item).
        at: UTC time of the publication.

    Returns:
        Count by action (`value_met`, `rebound`).
    """
    counts = {"value_met": 0, "rebound": 0}
    with store.write() as connection:
        closed = select(issue_table).where(issue_table.c.status.in_(("closed", "look_back", "stable")))
        rows = connection.execute(closed.order_by(issue_table.c.issue_code)).mappings().all()
        for row in rows:
            before = Issue(**row)
            is_met = values.get(before.cell)
            if is_met is None or is_met == before.was_met or (not is_met and not before.was_met):
                continue
            action = "value_met" if is_met else "rebound"
            changes: dict[str, Any] = (
                {"was_met": True}
                if is_met
                else {"status": "rebounded", "was_met": False, "closed_on": None, **ANEW, **NOT_LISTED}
            )
            if not is_met and before.status == LOOK_BACK:
                keep_look_back(connection, None, look_back_record(before, "rebounded", "", MONITORING, at), {})
            after = replace(before, **changes, **touched(before, MONITORING, at))
            save_change(store, connection, before, after, Done(MONITORING.actor, action))
            counts[action] += 1
    return counts


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = connection.execute(sql)
    names = [str(c[0]) for c in result.description or []]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _adopt_new(store: Store, catalogue: Catalogue, rows: list[dict[str, Any]], at: datetime) -> dict[str, int]:
    with store.read() as connection:
        known = set(connection.execute(select(adopted_batch.c.batch_id)).scalars())
    new = [row for row in rows if row["batch_id"] not in known]
    counts = adopt(store, catalogue, new, at, IMPORTER)
    with store.write() as connection:
        for batch_id in sorted({row["batch_id"] for row in new}):
            connection.execute(insert(adopted_batch).values(batch_id=batch_id, adopted_at=at))
    return counts
