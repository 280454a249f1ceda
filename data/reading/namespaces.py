"""A process of its own that has no network and shares nothing with others, where the kernel allows it."""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000  # of <sched.h>


def leave_namespaces() -> bool:
    """Leave the host's network, and what processes share, for good; whether the kernel allowed it.

    A file opened by whoever wrote it then reaches no other host and no other process. It fails where a unit or a
    container forbids namespaces, or the process has threads already: limits of memory and time hold in any case.
    """
    user, group = os.getuid(), os.getgid()
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(NEW_USER | NEW_NETWORK | NEW_IPC) != 0:
        return False
    for name, words in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with suppress(OSError):  # without a map the process is nobody, which is as good
            Path(f"/proc/self/{name}").write_text(words, encoding="ascii")
    return True
