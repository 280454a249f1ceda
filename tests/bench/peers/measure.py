"""Time from a hand's event to the new value in every panel, bytes, server CPU: the same for every app."""

import json
import statistics
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TooLate

from tests.bench.peers.apps import App, Change
from tests.bench.peers.choices import Choices
from tests.bench.peers.machine import QUIET, Quiet, cpu_seconds

LOADS = 7
STILL_MS = 300
VIEWPORT = {"width": 1440, "height": 1000}
LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
EMPTY_WORLD = {
    "type": "Topology",
    "arcs": [],
    "objects": {name: {"type": "GeometryCollection", "geometries": []} for name in LAYERS},
}
"""Plotly's maps load a map of the world from another host; without it they stay empty. All get this one at once."""
WATCH = """
window.PlotlyGeoAssets = {topojson: {world_110m: WORLD}};
(() => {
  const watch = window.__watch = {start: null, armed: false, seen: null, expect: null, ready: null, moved: 0, open: 0};
  const touch = () => { watch.moved = performance.now(); };
  new MutationObserver(touch).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const send = window.fetch;
  window.fetch = function () { watch.open++; return send.apply(this, arguments).finally(() => { watch.open--; touch(); }); };
  for (const kind of ['pointerdown', 'keydown', 'change']) {
    window.addEventListener(kind, (event) => { if (watch.armed) { watch.armed = false; watch.start = event.timeStamp; } }, true);
  }
  const holds = (test) => { try { return !!test(); } catch (error) { return false; } };
  const look = () => {
    if (watch.ready === null && holds(() => READY)) { watch.ready = performance.now(); }
    if (watch.expect && watch.seen === null && watch.start !== null && holds(watch.expect)) { watch.seen = performance.now(); }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
STILL = "(ms) => window.__watch.open <= 0 && performance.now() - window.__watch.moved > ms"
ARM = "() => Object.assign(window.__watch, {armed: true, start: null, seen: null, expect: () => (%s)})"


@dataclass
class Samples:
    """Times of one kind of change, with those in which nothing else ran."""

    times: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    failed: int = 0

    def add(self, milliseconds: float, foreign: float, cpu: float) -> None:
        """One sample."""
        self.times.append(milliseconds)
        self.cpu.append(cpu * 1000)
        if foreign < QUIET:
            self.quiet.append(milliseconds)

    def summary(self) -> dict[str, float]:
        """Median and p95 of the quiet samples."""
        used = sorted(self.quiet or self.times)
        return {
            "n": len(self.times),
            "n_quiet": len(self.quiet),
            "failed": self.failed,
            "median_ms": round(statistics.median(used), 1),
            "p95_ms": round(used[max(0, int(len(used) * 0.95) - 1)], 1),
            "server_cpu_ms": round(statistics.mean(self.cpu), 1),
        }


class Traffic:
    """Bytes on the wire, and the callbacks that were asked."""

    def __init__(self, page: Page) -> None:
        self.kilobytes, self.callbacks = 0.0, list[dict[str, Any]]()
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", lambda e: self._add(e["encodedDataLength"]))
        client.on("Network.webSocketFrameReceived", lambda e: self._add(len(e["response"].get("payloadData", ""))))
        client.on("Network.requestWillBeSent", self._asked)

    def _add(self, size: float) -> None:
        self.kilobytes += size / 1024

    def _asked(self, event: dict[str, Any]) -> None:
        request = event["request"]
        if "_dash-update-component" in request["url"] and request.get("postData"):
            self.callbacks.append(json.loads(request["postData"]))


def opened(browser: Browser, app: App, address: str) -> tuple[Page, Traffic]:
    """A page in a context without cache, once all of it is there and still."""
    context = browser.new_context(viewport=VIEWPORT, locale="zh-CN", bypass_csp=True)  # type: ignore[arg-type]
    context.add_init_script(WATCH.replace("READY", app.ready).replace("WORLD", json.dumps(EMPTY_WORLD)))
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(address, wait_until="commit", timeout=60_000)
    page.wait_for_function("() => window.__watch && window.__watch.ready !== null", timeout=60_000, polling=50)
    page.wait_for_function(STILL, arg=STILL_MS, timeout=60_000, polling=20)
    return page, traffic


def first_visit(browser: Browser, app: App, address: str, server: int) -> dict[str, Any]:
    """First meaningful paint with an empty cache, and what was transferred."""
    opened(browser, app, address)[0].context.close()
    samples, sizes = Samples(), []
    for _ in range(LOADS):
        quiet, before = Quiet(), cpu_seconds(server)
        page, traffic = opened(browser, app, address)
        painted = page.evaluate(
            "Math.max(window.__watch.ready, performance.getEntriesByName('first-contentful-paint')[0].startTime)"
        )
        samples.add(painted, quiet.foreign_cores(), cpu_seconds(server) - before)
        sizes.append(traffic.kilobytes)
        page.context.close()
    return {**samples.summary(), "transferred_kb": round(statistics.median(sizes))}


def changes(
    browser: Browser, app: App, address: str, server: int, choices: Choices
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figures of each filter, and the callbacks that were asked meanwhile."""
    result: dict[str, Any] = {}
    asked: list[dict[str, Any]] = []
    for name, wanted in app.changes(choices).items():
        page, traffic = opened(browser, app, address)
        traffic.callbacks.clear()
        samples = Samples()
        for change in wanted:
            _sample(page, change, samples, server)
        asked += traffic.callbacks
        result[name] = {**samples.summary(), "callbacks_per_change": round(len(traffic.callbacks) / len(wanted), 1)}
        page.context.close()
    return result, asked


def _sample(page: Page, change: Change, samples: Samples, server: int) -> None:
    change.before(page)
    page.wait_for_function(STILL, arg=STILL_MS, timeout=30_000, polling=20)
    page.evaluate(ARM % change.seen)
    quiet, before = Quiet(), cpu_seconds(server)
    change.act(page)
    try:
        page.wait_for_function("() => window.__watch.seen !== null", timeout=15_000, polling=20)
    except TooLate:
        samples.failed += 1
        return
    page.wait_for_function(STILL, arg=STILL_MS, timeout=30_000, polling=20)
    spent = page.evaluate("window.__watch.seen - window.__watch.start")
    samples.add(spent, quiet.foreign_cores(), cpu_seconds(server) - before)
