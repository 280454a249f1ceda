"""A committee of 200 opens the dashboard at once, on two workers: no error, and how long it takes."""

import http.client
import itertools
import json
import random
import statistics
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.settings import Settings
from tests.depth import IS_FULL, record, times
from tests.serving import served

VIEWERS = times(40, 200)
SECONDS = times(6, 60)
PATHS = ("/", "/league", "/matrix", "/plan", "/trend", "/district/500242", "/district/500116?period=2025",
         "/?district=500103&indicator=L2", "/ledger", "/warn", "/school/S500242-001", "/method")  # fmt: skip
PAGES = {"": "overview", "district": "district", "school": "school"} | {
    name: name for name in ("league", "matrix", "plan", "trend", "ledger", "warn", "method")
}
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def question(address: str) -> dict[str, Any]:
    """The callback that shows a page, as the browser asks it."""
    with urllib.request.urlopen(address + "/_dash-dependencies", timeout=30) as answer:
        known = json.load(answer)
    output = next(d["output"] for d in known if d["output"].startswith("..page-root.children"))
    named = [o.rsplit(".", 1) for o in output.strip(".").split("...")]
    return {"output": output, "changedPropIds": ["url.search"],
            "outputs": [{"id": name, "property": value} for name, value in named]}  # fmt: skip


def clicked(asked: dict[str, Any], path: str) -> tuple[str, str, bytes, dict[str, str]]:
    """A click on a link of a page that is on screen."""
    place, _, search = path.partition("?")
    values = {"pathname": place, "search": "?" + search if search else ""}
    body = {
        **asked,
        "inputs": [{"id": "url", "property": n, "value": v} for n, v in values.items()],
        "state": [
            {"id": "shown-page", "property": "data", "value": {"page": PAGES[place.split("/")[1]]}}
        ],
    }
    headers = {**BROWSER, "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    return "POST", "/_dash-update-component", json.dumps(body).encode(), headers


def view(address: str, until: float, think: float, seed: int, seen: list[tuple[int, float]],
         asked: dict[str, Any]) -> None:  # fmt: skip
    """One viewer: opens a page, then clicks nine times before opening another; keeps the connection as browsers do."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    time.sleep(chance.uniform(0, think))
    for number in itertools.count(seed):
        if time.monotonic() >= until:
            return
        path = chance.choice(PATHS)
        opens = "GET", path, b"", {**BROWSER, "Sec-Fetch-Site": "none"}
        method, target, body, headers = opens if number % 10 == 0 else clicked(asked, path)
        started = time.monotonic()
        try:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # closed while the viewer thought
            connection.close()
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
        answer.read()
        seen.append((answer.status, time.monotonic() - started))
        time.sleep(chance.uniform(0, 2 * think))


def crowd(address: str, think: float) -> dict[str, float]:
    seen: list[tuple[int, float]] = []
    asked = question(address)
    until = time.monotonic() + SECONDS
    viewers = [
        threading.Thread(target=view, args=(address, until, think, n, seen, asked))
        for n in range(VIEWERS)
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
    with served(demo_settings, 2, OVERSIGHT_DRAWS_AHEAD=str(IS_FULL).lower()) as address:
        time.sleep(times(0, 60))  # as after a start: what is asked first is drawn ahead
        thinking = crowd(address, 5)
        pressing = crowd(address, 0)
        largest = max(memory_of_workers(address))
    assert thinking["errors"] == pressing["errors"] == 0
    assert thinking["requests"] > VIEWERS / 2
    figures = {"viewers": VIEWERS, "seconds": SECONDS, "with_5_s_think_time": thinking, "without": pressing,
               "largest_worker_mb": largest}  # fmt: skip
    record("load", **figures)
    print(json.dumps(figures))
