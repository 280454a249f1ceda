"""What the installation says of itself at the moment it is asked: a number by name, for Prometheus and its alarms."""

import math
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import text as sql

from callbacks.dependencies import Dependencies
from data.atomic_files import DamagedFileError
from data.backups import last_backup
from data.disk_use import LONGEST_DAYS, disk_use
from data.settings import Settings
from data.store.engine import StoreDownError
from data.store.watch import waiting
from data.warehouse.snapshots import waits_to_follow
from queries.reader import NoSnapshotError, OutdatedSnapshotError

MEASURES: Mapping[str, str] = {
    "oversight_snapshot_age_seconds": "Age of the snapshot in force",
    "oversight_snapshot_fallback": "1 where a damaged publication was passed over",
    "oversight_publication_to_follow": "1 where the ledger has still to follow the publication in force",
    "oversight_returns_waiting": "Returns that wait for a decision",
    "oversight_returns_oldest_seconds": "How long the first of them has waited",
    "oversight_issues_overdue": "Open issues beyond their deadline",
    "oversight_store_up": "1 where the store answers",
    "oversight_store_seconds": "Time of a question to the store",
    "oversight_disk_free_bytes": "Free bytes of the runtime folder's disk",
    "oversight_disk_days_left": "Days until it is full at the present growth",
    "oversight_backup_age_seconds": "Age of the last good backup; infinite where there is none",
}


def measure(deps: Dependencies, settings: Settings) -> dict[str, float]:
    """Every measure that can be told now, by its name; what cannot is left out."""
    now = deps.now().replace(tzinfo=UTC)
    last = last_backup(settings)
    growth_days = int(deps.catalogue.parameter("disk_growth_days", deps.today()))
    use = disk_use(settings, growth_days, deps.now())
    return {
        **_publication(deps, settings, now),
        **_store(deps, now),
        "oversight_disk_free_bytes": use.free_bytes,
        "oversight_disk_days_left": LONGEST_DAYS if use.days_left is None else use.days_left,
        "oversight_backup_age_seconds": math.inf if last is None else last.age_seconds(now),
    }


def _publication(deps: Dependencies, settings: Settings, now: datetime) -> dict[str, float]:
    to_follow = {"oversight_publication_to_follow": float(waits_to_follow(settings.snapshots_folder))}
    try:
        record = deps.warehouse.current().record
    except (NoSnapshotError, OutdatedSnapshotError, DamagedFileError):
        return to_follow
    made = datetime.fromisoformat(record.created_at).astimezone(UTC)
    return to_follow | {
        "oversight_snapshot_age_seconds": max(0.0, (now - made).total_seconds()),
        "oversight_snapshot_fallback": float(record.is_fallback),
    }


def _store(deps: Dependencies, now: datetime) -> dict[str, float]:
    started = time.perf_counter()
    try:
        with deps.store.read() as connection:
            connection.execute(sql("select 1"))
        seconds = time.perf_counter() - started
        backlog = waiting(deps.store, deps.catalogue, deps.today())
    except StoreDownError:
        return {"oversight_store_up": 0.0}
    oldest = 0.0 if backlog.oldest is None else (now - backlog.oldest.replace(tzinfo=UTC)).total_seconds()
    return {
        "oversight_store_up": 1.0,
        "oversight_store_seconds": seconds,
        "oversight_returns_waiting": backlog.returns,
        "oversight_returns_oldest_seconds": max(0.0, oldest),
        "oversight_issues_overdue": backlog.overdue_issues,
    }
