"""What holds a process that opens files of others: limits, and no network where the kernel allows it."""

import ctypes
import os
import resource
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000  # of <sched.h>

MEMORY_BYTES = 1024**3  # of addresses; the resident part is tested to stay below 512 MB
SECONDS = 60
LARGEST_OUTPUT = 256 * 1024 * 1024
LEAST_ROOM = 32 * 1024 * 1024
"""Of the temporary folder, before a child begins."""
ONE_THREAD: Mapping[str, str] = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""All that a child has as environment: a process of several threads cannot leave its namespaces."""


def limit_process() -> None:
    """Hold this process to its memory, time and output, and to itself where the kernel allows."""
    leave_namespaces()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))


def leave_namespaces() -> bool:
    """Leave the host's network, and what processes share, for good; whether the kernel allowed it.

    A file opened by whoever wrote it then reaches no other host and no other process. It fails where a unit or a
    container forbids namespaces, or the process has threads already: limits of memory and time hold in any case.
    """
    user, group = os.getuid(), os.getgid()
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(NEW_USER | NEW_NETWORK | NEW_IPC) != 0:
        return False
    for name, content in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with suppress(OSError):  # without a map the process is nobody, which is as good
            Path(f"/proc/self/{name}").write_text(content, encoding="ascii")
    return True
