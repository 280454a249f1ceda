"""CPU time of process trees, and how busy the rest of the machine was meanwhile."""

import os
import time
from pathlib import Path

QUIET = 0.15
"""A sample counts when other processes used fewer cores than this."""
TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it ended meanwhile
        parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found = [root]
    for process in found:
        found.extend(parents.get(process, []))
    return found


def cpu_seconds(root: int) -> float:
    """CPU time that the living processes of a tree have used, to the nanosecond."""
    total = 0.0
    for process in tree(root):
        try:
            total += time.clock_gettime((~process << 3) | 2)
        except OSError:
            continue
    return total


class Quiet:
    """Cores that processes outside our own tree used since it was made."""

    def __init__(self) -> None:
        self._at, self._own, self._all = time.perf_counter(), cpu_seconds(os.getpid()), _busy()

    def foreign_cores(self) -> float:
        """Zero where nothing else ran."""
        spent = (_busy() - self._all) - (cpu_seconds(os.getpid()) - self._own)
        return max(0.0, spent / max(1e-3, time.perf_counter() - self._at))


def _busy() -> float:
    fields = [int(x) for x in Path("/proc/stat").read_text().splitlines()[0].split()[1:8]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS
