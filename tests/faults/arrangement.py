"""A small warehouse that publishes within a second, and children that can be killed in the middle."""

import multiprocessing
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from data.importing import batches
from data.importing.batches import record_batch
from data.importing.prepare import PreparedReturn, prepare_file
from data.settings import Settings
from data.warehouse import publish as publication
from tests.returns import school, write_csv

AT = datetime(2026, 11, 23, tzinfo=UTC)
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.arrangement"])


def prepared(folder: Path, *, rooms: int = 30, schools: int = 8) -> PreparedReturn:
    """A district's return; `rooms` makes it another file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [school(学校代码=f"S{n}", 学校名称=f"示例{n}小", 网络多媒体教室数=rooms + n) for n in range(schools)]
    found = prepare_file(write_csv(folder / f"return-{rooms}.csv", rows))
    assert not found.is_blocked, found.findings
    return found


def take(settings: Settings, file: PreparedReturn) -> None:
    record_batch(settings.batches_folder, file, imported_at=AT, imported_by="test", is_demonstration=True)


def publish_at(settings: Settings, minute: int) -> str:
    return publication.publish(settings, AT + timedelta(minutes=minute)).snapshot_id


def in_child(work: Callable[..., Any], *arguments: Any) -> BaseProcess:
    child = CONTEXT.Process(target=work, args=arguments)
    child.start()
    return child


def without_room(settings: Settings, work: str, limit: int | None, said: Any, *more: Any) -> None:
    """In a child: do the work where no file may grow past `limit`, or the disk itself is full."""
    for module in (batches, publication):
        module.require_space = lambda *_: None  # type: ignore[attr-defined]
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        {"import": take, "publish": publish_at}[work](settings, *more)
    except Exception as error:
        said.put(type(error).__name__)
    else:
        said.put("done")


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A disk of this size at `folder`; False where the machine lets nobody mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
    is_mounted = subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
