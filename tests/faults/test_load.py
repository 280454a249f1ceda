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

from callbacks.web.request_guard import CSRF_HEADER, csrf_token
from data.settings import Settings
from data.store.accounts import create_account
from data.store.engine import open_store
from data.store.sessions import Identity, sign_in_as
from data.store.verification import change_password
from tests.depth import IS_FULL, record, times
from tests.serving import served
from tests.visitors import CATALOGUE, CLERK, NEXT_PASSWORD, PASSWORD, ROLES, now

VIEWERS = times(40, 200)
SECONDS = times(6, 60)
PATHS = (
    "/",
    "/league",
    "/matrix",
    "/plan",
    "/trend",
    "/district/500242",
    "/district/500116?period=2025",
    "/?district=500103&indicator=L2",
    "/ledger",
    "/warn",
    "/school/S500242-001",
    "/method",
)
PAGES = {"": "overview", "district": "district", "school": "school"} | {
    name: name for name in ("league", "matrix", "plan", "trend", "ledger", "warn", "method")
}
MOST_MS = {"with_5_s_think_time": 300, "without": 1500}
MOST_MB = 400
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def sessions(settings: Settings, store_url: str) -> list[dict[str, str]]:
    """The headers of one signed-in viewer each."""
    store = open_store(settings.model_copy(update={"store_url": store_url}))
    leader, at = ROLES["leader"], now()
    create_account(store, CATALOGUE, CLERK, leader, PASSWORD, at)
    change_password(store, CATALOGUE, leader.account_name, PASSWORD, NEXT_PASSWORD, at)
    who = Identity("https://provider.example", "leader", leader.account_name)
    tokens = [sign_in_as(store, CATALOGUE, who, at) for _ in range(VIEWERS)]
    store.engine.dispose()
    return [{**BROWSER, "Cookie": f"__Host-sid={t}", CSRF_HEADER: csrf_token(t)} for t in tokens]


def question(address: str, headers: dict[str, str]) -> dict[str, Any]:
    """The callback that shows a page, as the browser asks it."""
    asked = {k: v for k, v in headers.items() if k != "Accept-Encoding"}
    wanted = urllib.request.Request(address + "/_dash-dependencies", headers=asked)
    with urllib.request.urlopen(wanted, timeout=30) as answer:
        known = json.load(answer)
    output = next(d["output"] for d in known if d["output"].startswith("..page-root.children"))
    named = [o.rsplit(".", 1) for o in output.strip(".").split("...")]
    return {
        "output": output,
        "changedPropIds": ["url.search"],
        "outputs": [{"id": name, "property": value} for name, value in named],
    }


def clicked(asked: dict[str, Any], path: str) -> tuple[str, str, bytes, dict[str, str]]:
    """A click on a link of a page that is on screen."""
    place, _, search = path.partition("?")
    values = {"pathname": place, "search": "?" + search if search else ""}
    body = {
        **asked,
        "inputs": [{"id": "url", "property": n, "value": v} for n, v in values.items()],
        "state": [{"id": "shown-page", "property": "data", "value": {"page": PAGES[place.split("/")[1]]}}],
    }
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    return "POST", "/_dash-update-component", json.dumps(body).encode(), headers


def view(
    address: str,
    until: float,
    think: float,
    seed: int,
    seen: list[tuple[int, float]],
    asked: dict[str, Any],
    own: dict[str, str],
) -> None:
    """One viewer: opens a page, then clicks nine times before opening another; keeps the connection as browsers do."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    time.sleep(chance.uniform(0, think))
    for number in itertools.count(seed):
        if time.monotonic() >= until:
            return
        path = chance.choice(PATHS)
        opens = "GET", path, b"", {"Sec-Fetch-Site": "none"}
        method, target, body, extra = opens if number % 10 == 0 else clicked(asked, path)
        headers = {**own, **extra}
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


def crowd(address: str, think: float, people: list[dict[str, str]]) -> dict[str, float]:
    seen: list[tuple[int, float]] = []
    asked = question(address, people[0])
    until = time.monotonic() + SECONDS
    viewers = [
        threading.Thread(target=view, args=(address, until, think, n, seen, asked, own)) for n, own in enumerate(people)
    ]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    spent = sorted(seconds for _, seconds in seen)
    return {
        "requests": len(seen),
        "errors": sum(status != 200 for status, _ in seen),
        "p50_ms": round(statistics.median(spent) * 1000),
        "p95_ms": round(spent[int(len(spent) * 0.95)] * 1000),
    }


def memory_of_workers(address: str) -> dict[int, int]:
    """Resident megabytes of each process that listens on the port of the server, by its number."""
    port = str(urlsplit(address).port)
    found: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f":{port}" in (status.parent / "cmdline").read_text():
                words = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
                found[int(status.parent.name)] = int(words["VmRSS"].split()[0]) // 1024
        except OSError:
            continue  # it ended meanwhile
    return found


def test_a_crowd_is_served_without_an_error(demo_settings: Settings, tmp_path: Path) -> None:
    store_url = f"sqlite:///{tmp_path / 'operations.db'}"
    people = sessions(demo_settings, store_url)
    with served(
        demo_settings,
        2,
        path="/livez",
        OVERSIGHT_PREWARMS_PAGES=str(IS_FULL).lower(),
        OVERSIGHT_LOGIN="local",
        OVERSIGHT_STORE_URL=store_url,
    ) as address:
        time.sleep(times(0, 60))  # as after a start: what is asked first is drawn ahead
        before = memory_of_workers(address)
        found = {name: crowd(address, think, people) for name, think in (("with_5_s_think_time", 5), ("without", 0))}
        after = memory_of_workers(address)
    assert before.keys() == after.keys()
    assert len(after) == 3
    assert all(figures["errors"] == 0 for figures in found.values())
    assert found["with_5_s_think_time"]["requests"] > VIEWERS / 2
    largest = max(after.values())
    figures = {"viewers": VIEWERS, "seconds": SECONDS, "signed_in": True, **found, "largest_worker_mb": largest}
    record("load", **figures)
    print(json.dumps(figures))
    if IS_FULL:
        assert {name: found[name]["p95_ms"] < most for name, most in MOST_MS.items()} == dict.fromkeys(MOST_MS, True)
        assert largest < MOST_MB
