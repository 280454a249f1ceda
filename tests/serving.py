"""The real server on a free loopback port, for the browser tests and the benchmarks."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from data.settings import ROOT, Settings

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
"""The same engine without a window's machinery takes half the processor time for a page."""
CERTIFICATES = ("--ignore-certificate-errors",)
"""The proxy of the tests signs its own. Accepted for the whole browser: asked at each connection, as a context asks,
Chromium now and then gives up with ERR_TOO_MANY_RETRIES."""
PATIENCE_S = 60


@contextmanager
def served(settings: Settings, workers: int, *, path: str = "/", **environment: str) -> Iterator[str]:
    """Gunicorn on the snapshots of `settings`; yields its address, stops it afterwards.

    `path` is asked for until it answers.

    Raises:
        TimeoutError: it did not answer within a minute.
    """
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "app:server",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            str(workers),
            "--threads",
            "4",
            "--no-control-socket",
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
        env={
            "OVERSIGHT_LOGIN": "off",
            "MALLOC_ARENA_MAX": "2",
            **os.environ,
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
            **environment,
        },
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + path)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    """Ask for an address until it answers.

    Raises:
        TimeoutError: it did not within a minute.
    """
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer")
