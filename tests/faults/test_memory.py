"""Whatever strangers and viewers ask for, a worker grows by less than 30 MB: nothing is kept without a bound.

Strangers ask for files, addresses and forms with made-up parameters; who is signed in for filters, proofs, searches and made-up
words, as pages and as clicks. Before, a worker has drawn ahead, and has been asked enough for its room to be full.
"""

import http.client
import itertools
import json
import random
import string
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from data.settings import Settings
from layouts.routes import ROUTES
from tests.depth import record, times
from tests.faults.test_load import clicked, memory_of_workers, question, sessions
from tests.serving import served

STRANGE, CURIOUS, WARM = times(1_500, 5_000), times(300, 5_000), times(800, 1_000)
MOST_MB = times(20, 30)
CLIENTS, PER_CONNECTION = (6, 10)  # a connection stays with its worker: many, so that both are asked alike
ENCODINGS = ("br", "gzip", "zstd", "identity", "gzip, deflate, br, zstd", "br;q=0.1, gzip;q=0.9", "*")
FILES = (
    "/assets/app.css",
    "/assets/css/00-tokens.css",
    "/assets/modules/1/markup.js",
    "/assets/modules/1/forms.js",
    "/assets/modules/1/boot.js",
    "/assets/vendor/plotly-basic-4.1.1.min.js",
)
UNITS = ("500103", "500108", "500116", "500153", "500229", "500241", "500242")
PLAIN = [r.path for r in ROUTES if not r.keys]
CHOICES = {
    "period": ("2026", "2025", "2024", "1999"),
    "stage": ("primary", "junior", "both", "x"),
    "district": UNITS,
    "indicator": tuple(f"{kind}{n}" for kind in "LGZ" for n in range(1, 9)),
    "basis": ("as_was", "current"),
    "map": ("tiles", "list", "geographic"),
    "grouping": ("group", "none"),
    "rank": ("hidden",),
}
Asked = tuple[str, str, bytes, dict[str, str]]


def words(chance: random.Random, most: int) -> str:
    letters = string.ascii_letters + string.digits + "教育督导"
    return "".join(chance.choices(letters, k=chance.randint(1, most)))


def made_up(chance: random.Random, most: int = 3_000) -> str:
    """A query of unknown parameters."""
    return urlencode({words(chance, 6): words(chance, 20), "x": words(chance, most)})[:3_500]


def filtered(chance: random.Random) -> str:
    """A query that pages understand for the most part."""
    pairs = [(name, chance.choice(CHOICES[name])) for name in chance.sample(sorted(CHOICES), k=chance.randint(1, 4))]
    extra = [
        ("sort", words(chance, 60)),
        ("subject", words(chance, 40)),
        ("issue", words(chance, 30)),
        ("only", words(chance, 40)),
        ("why", f"section.primary.L2.S{chance.choice(UNITS)}-{chance.randint(1, 90):03}"),
        ("why", words(chance, 60)),
        ("x", words(chance, 2_000)),
        ("school", words(chance, 60)),
        ("snapshot", words(chance, 30)),
    ]
    return urlencode(pairs + chance.sample(extra, k=chance.randint(0, 2)))[:3_500]


def strange(chance: random.Random) -> Asked:
    """What somebody without a session asks for."""
    headers = {
        "Accept-Encoding": chance.choice(ENCODINGS)
        + chance.choice(("", f", {words(chance, 30)}".encode("ascii", "ignore").decode())),
        "Accept": "text/html",
    }
    query = made_up(chance)
    kind = chance.randint(0, 9)
    if kind < 5:
        return "GET", f"{chance.choice(FILES)}?{query}", b"", headers
    if kind < 7:
        return "GET", f"{chance.choice(PLAIN)}?{query}", b"", headers
    if kind == 7:
        return "GET", f"/login?next=%2F{quote(words(chance, 300))}&{query[:1_000]}", b"", headers
    if kind == 8:
        return "GET", f"/{quote(words(chance, 200))}?{query}", b"", headers
    return ("POST", "/_dash-update-component", json.dumps({"output": words(chance, 5_000)}).encode(), headers)


def curious(chance: random.Random, click: dict[str, Any], search: dict[str, Any]) -> Asked:
    """What somebody asks for who is signed in."""
    place = chance.choice(
        (
            *PLAIN,
            "/",
            "/",
            f"/district/{chance.choice(UNITS)}",
            f"/school/S{chance.choice(UNITS)}-{chance.randint(1, 90):03}",
            f"/school/{words(chance, 30)}",
            f"/cv/{chance.choice(UNITS)}/primary/L{chance.randint(1, 7)}",
        )
    )
    path = f"{quote(place)}?{filtered(chance)}"
    kind = chance.randint(0, 9)
    if kind < 4:
        return ("GET", path, b"", {"Sec-Fetch-Site": "none", "Accept-Encoding": chance.choice(ENCODINGS)})
    if kind < 7:
        name = place.split("/")[1]
        return clicked(
            click, path if name in ("", "district", "school", "matrix", "trend") else "/?" + filtered(chance)
        )
    if kind == 7:
        return clicked(click, "/?x=" + words(chance, 100_000))
    typed = words(chance, 50_000) if kind == 8 else words(chance, 6)
    body = {**search, "inputs": [{**search["inputs"][0], "value": typed}]}
    return (
        "POST",
        "/_dash-update-component",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"},
    )


def searching() -> dict[str, Any]:
    """The callback of the search box, as the browser asks it."""
    return {
        "output": "..search-results.tree..",
        "changedPropIds": ["search-text.data"],
        "outputs": [{"id": "search-results", "property": "tree"}],
        "inputs": [{"id": "search-text", "property": "data"}],
        "state": [],
    }


def ask_all(address: str, asked: list[tuple[Asked, dict[str, str]]]) -> Counter[int]:
    """Answers by status, from several clients at once; with each request the headers of who asks."""
    seen, lock, left = Counter[int](), threading.Lock(), list(asked)

    def work() -> None:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        for number in itertools.count(1):
            if number % PER_CONNECTION == 0:
                connection.close()
            with lock:
                if not left:
                    return
                (method, path, body, headers), added = left.pop()
            try:
                connection.request(method, path, body, {**added, **headers})
                answer = connection.getresponse()
                answer.read()
            except (http.client.HTTPException, ConnectionError):
                connection.close()
                continue
            with lock:
                seen[answer.status] += 1

    clients = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return seen


def settled(address: str) -> dict[int, int]:
    """Megabytes of the workers, once they grow no more: what is drawn ahead has been drawn."""
    before = memory_of_workers(address)
    for _ in range(60):
        time.sleep(3)
        now = memory_of_workers(address)
        if all(abs(now[worker] - before[worker]) <= 1 for worker in before):
            return now
        before = now
    return before


def test_made_up_requests_fill_no_memory(demo_settings: Settings, tmp_path: Path) -> None:
    store_url = f"sqlite:///{tmp_path / 'operations.db'}"
    people = sessions(demo_settings, store_url)
    chance = random.Random(20261129)
    with served(
        demo_settings,
        2,
        path="/livez",
        OVERSIGHT_PREWARMS_PAGES="true",
        OVERSIGHT_LOGIN="local",
        OVERSIGHT_STORE_URL=store_url,
        GUNICORN_CMD_ARGS="--max-requests 0",
    ) as address:
        click, search = question(address, people[0]), searching()
        usual = [*PLAIN, *FILES, *[f"/district/{unit}" for unit in UNITS]] * 6
        ask_all(address, [(("GET", path, b"", {}), people[0]) for path in usual])
        ask_all(address, [(curious(chance, click, search), people[0]) for _ in range(WARM)])
        before = settled(address)
        requests = [(strange(chance), {}) for _ in range(STRANGE)]
        requests += [(curious(chance, click, search), people[n % len(people)]) for n in range(CURIOUS)]
        chance.shuffle(requests)
        seen = ask_all(address, requests)
        after = settled(address)
    grown = {worker: after[worker] - before[worker] for worker in before}
    record(
        "memory",
        anonymous=STRANGE,
        signed_in=CURIOUS,
        answers=dict(sorted(seen.items())),
        before_mb=sorted(before.values()),
        after_mb=sorted(after.values()),
        grown_mb=max(grown.values()),
    )
    assert before.keys() == after.keys()
    assert sum(seen.values()) > 0.99 * (STRANGE + CURIOUS)
    assert not [status for status in seen if status >= 500]
    assert seen[200] > (STRANGE + CURIOUS) / 2
    assert max(grown.values()) < MOST_MB, (before, after)
