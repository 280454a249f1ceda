"""How many callbacks a server answers per second: those of a browser's visit, asked again by sixteen sessions."""

import http.client
import json
import random
import threading
import time
from typing import Any
from urllib.parse import urlsplit

SESSIONS, SECONDS = 16, 10
HEADERS = {
    "Content-Type": "application/json",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Sec-Fetch-Site": "same-origin",
}


def replay(address: str, callbacks: list[dict[str, Any]]) -> dict[str, float]:
    """Answers per second with their median and p95."""
    bodies = [json.dumps(one).encode() for one in callbacks]
    seen: list[tuple[int, float]] = []
    until = time.monotonic() + SECONDS

    def session(seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
            started = time.monotonic()
            connection.request("POST", "/_dash-update-component", chance.choice(bodies), HEADERS)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            seen.append((answer.status, time.monotonic() - started))

    threads = [threading.Thread(target=session, args=(n,)) for n in range(SESSIONS)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = sorted(seconds for _, seconds in seen)
    return {
        "callbacks": len(seen),
        "errors": sum(status >= 400 for status, _ in seen),
        "per_second": round(len(seen) / (time.monotonic() - started), 1),
        "p50_ms": round(spent[len(spent) // 2] * 1000),
        "p95_ms": round(spent[int(len(spent) * 0.95)] * 1000),
    }
