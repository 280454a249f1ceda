"""A committee of 200 opens the dashboard at once, on two workers: no error, and how long it takes."""

import http.client
import json
import random
import statistics
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from data.settings import Settings
from tests.depth import record, times
from tests.serving import served

VIEWERS = times(40, 200)
SECONDS = times(6, 60)
PATHS = ("/", "/league", "/matrix", "/plan", "/trend", "/district/500242", "/district/500116?period=2025",
         "/?district=500103&indicator=L2", "/ledger", "/warn", "/school/S500242-001", "/method")  # fmt: skip


def view(
    address: str, until: float, think: float, seed: int, seen: list[tuple[int, float]]
) -> None:
    chance = random.Random(seed)
    host = urlsplit(address).netloc
    time.sleep(chance.uniform(0, think))
    while time.monotonic() < until:
        started = time.monotonic()
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", chance.choice(PATHS), headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        seen.append((answer.status, time.monotonic() - started))
        time.sleep(chance.uniform(0, 2 * think))


def crowd(address: str, think: float) -> dict[str, float]:
    seen: list[tuple[int, float]] = []
    until = time.monotonic() + SECONDS
    viewers = [
        threading.Thread(target=view, args=(address, until, think, n, seen)) for n in range(VIEWERS)
    ]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    spent = sorted(seconds for _, seconds in seen)
    return {"requests": len(seen), "errors": sum(status != 200 for status, _ in seen),
            "p50_ms": round(statistics.median(spent) * 1000),
            "p95_ms": round(spent[int(len(spent) * 0.95)] * 1000)}  # fmt: skip


def memory_of_workers(address: str) -> list[int]:
    """Resident megabytes of each process that listens on the port of the server."""
    port = str(urlsplit(address).port)
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f":{port}" in (status.parent / "cmdline").read_text():
                words = dict(
                    line.split(":\t", 1)
                    for line in status.read_text().splitlines()
                    if ":\t" in line
                )
                found.append(int(words["VmRSS"].split()[0]) // 1024)
        except OSError:
            continue  # it ended meanwhile
    return found


def test_a_crowd_is_served_without_an_error(demo_settings: Settings) -> None:
    with served(demo_settings, 2) as address:
        thinking = crowd(address, 5)
        pressing = crowd(address, 0)
        largest = max(memory_of_workers(address))
    assert thinking["errors"] == pressing["errors"] == 0
    assert thinking["requests"] > VIEWERS / 2
    figures = {"viewers": VIEWERS, "seconds": SECONDS, "with_5_s_think_time": thinking, "without": pressing,
               "largest_worker_mb": largest}  # fmt: skip
    record("load", **figures)
    print(json.dumps(figures))
