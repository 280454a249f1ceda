"""What the runtime folders take up, how fast they grow, and when the disk will be full at that pace."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.atomic_files import SMALLEST_FREE
from data.clock import day_of
from data.settings import KEYS, Settings
from data.store.engine import STORE_FILE

FOLDERS = ("batches", "snapshots", "evidence", "submissions", "catalogue", "cache", KEYS)
STORE = "store"
LONGEST_DAYS = 3650
"""A disk that lasts longer is told no day."""


@dataclass(frozen=True)
class FolderUse:
    """The bytes of one folder, and those written within the days that are looked at."""

    name: str
    size_bytes: int
    grown_bytes: int


@dataclass(frozen=True)
class DiskUse:
    """Bytes of the disk, of each folder, and how many a day are written; `full_on` where that can be told."""

    free_bytes: int
    total_bytes: int
    folders: tuple[FolderUse, ...]
    bytes_a_day: float
    days_left: int | None
    full_on: date | None


def disk_use(settings: Settings, days: int, at: datetime) -> DiskUse:
    """What is taken up now, and the day on which free space falls below what is needed to begin anything.

    Growth is what was written within so many days before `at` (UTC).
    """
    since = (at - timedelta(days=days)).replace(tzinfo=UTC).timestamp()
    folders = [_use(name, sorted((settings.var_folder / name).rglob("*")), since) for name in FOLDERS]
    folders.append(_use(STORE, sorted(settings.var_folder.glob(f"{STORE_FILE}*")), since))
    filesystem = os.statvfs(settings.var_folder)
    free, total = filesystem.f_bavail * filesystem.f_frsize, filesystem.f_blocks * filesystem.f_frsize
    a_day = sum(f.grown_bytes for f in folders if f.name != STORE) / days
    left = max(0, int((free - SMALLEST_FREE) / a_day)) if a_day else LONGEST_DAYS
    is_told = left < LONGEST_DAYS
    full_on = day_of(at) + timedelta(days=left) if is_told else None
    return DiskUse(free, total, tuple(folders), a_day, left if is_told else None, full_on)


def _use(name: str, paths: list[Path], since: float) -> FolderUse:
    size = grown = 0
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:  # gone since it was listed
            continue
        if path.is_file():
            size += status.st_size
            grown += status.st_size if status.st_mtime >= since else 0
    return FolderUse(name, size, grown)
