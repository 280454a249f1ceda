"""Debian's PostgreSQL on a free loopback port, for the tests that run on both stores."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSIONS = Path("/usr/lib/postgresql")


def postgres_bin() -> Path:
    """The newest installed version's programs; `make setup` installs one."""
    return sorted(VERSIONS.glob("*/bin"), key=lambda p: float(p.parent.name))[-1]


@contextmanager
def postgres(*, by_socket: bool = False) -> Iterator[str]:
    """Start a server of our own; yields its SQLAlchemy address, stops and removes it after.

    Its socket is a file, so that it is reached `by_socket` from any network namespace.
    """
    folder = Path(tempfile.mkdtemp(prefix="oversight-pg-"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, capture_output=True, cwd="/")

    data = str(folder / "data")
    run(str(postgres_bin() / "initdb"), "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8")
    control = str(postgres_bin() / "pg_ctl")
    options = f"-h 127.0.0.1 -p {port} -k {folder}"
    run(control, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        place = f"/postgres?host={folder}&port={port}" if by_socket else f"127.0.0.1:{port}/postgres"
        yield f"postgresql+psycopg://tester@{place}"
    finally:
        run(control, "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
