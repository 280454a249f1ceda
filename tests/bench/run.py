"""Benchmarks, not tests: publication, page queries, paint and interaction latency, as JSON.

`make bench` writes var/bench.json and prints it. Nothing else may run meanwhile; the share of the
machine that other processes used is recorded beside each figure.
"""

import dataclasses
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from data.settings import ROOT, Settings
from queries import overview, shell
from queries.reader import Warehouse
from tests.back_test import known_truth, rolling_origins
from tests.bench.drill_down import drill_down
from tests.serving import CHROMIUM, served

SAMPLES = 20
LOADS = 5
WARM_UP = 6
DISTRICTS = ("500103", "500242", "500109", "P50LJ2", "500101")
READY = "document.querySelector('h1') && document.querySelectorAll('svg.map .unit').length > 40"
OBSERVER = """
window.__seen = null;
window.__wait = (expression) => {
  const test = new Function('return ' + expression);
  window.__seen = null;
  const look = () => { if (test()) { window.__seen = performance.now(); } else requestAnimationFrame(look); };
  requestAnimationFrame(look);
};
window.__start = null;
for (const kind of ['click', 'change']) {
  window.addEventListener(kind, (event) => { if (window.__start === null) window.__start = event.timeStamp; }, true);
}
"""


def busy_share() -> tuple[float, float]:
    fields = [int(x) for x in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return float(sum(fields) - fields[3] - fields[4]), float(sum(fields))


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "n": len(ordered),
        "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[max(0, int(len(ordered) * 0.95) - 1)], 1),
        "max_ms": round(ordered[-1], 1),
    }


def bench_publish(runs: int = 3) -> dict[str, Any]:
    times: list[float] = []
    for _ in range(runs):
        answer = subprocess.run(
            [sys.executable, "-m", "data", "publish", "--format", "json"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        times.append(json.loads(answer.stdout)["seconds"])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": times, "median_s": statistics.median(times), "peak_mb": round(peak)}


def bench_queries(settings: Settings) -> dict[str, Any]:
    snapshot = Warehouse(settings.snapshots_folder, settings.reader_memory).current()
    period = shell.periods(snapshot)[-1].period
    questions = {
        "unit_status": lambda: overview.unit_status(snapshot, period, "as_was"),
        "unit_cv": lambda: overview.unit_cv(snapshot, period, "as_was"),
        "stage_status": lambda: overview.stage_status(snapshot, period, "as_was", "primary"),
        "cv_history": lambda: overview.cv_history(snapshot, "as_was", "primary", "L2"),
        "verdict_history": lambda: overview.verdict_history(snapshot, "as_was"),
        "plan_targets": lambda: overview.plan_targets(snapshot, period, "as_was"),
        "gaps": lambda: overview.gaps(snapshot, period, "as_was"),
        "units": lambda: shell.units(snapshot, period, "as_was"),
    }
    result: dict[str, Any] = {}
    for name, ask in questions.items():
        times: list[float] = []
        for _ in range(SAMPLES):
            snapshot._kept.cache_clear()
            started = time.perf_counter()
            ask()
            times.append((time.perf_counter() - started) * 1000)
        result[name] = spread(times)
    return result


def bench_first_paint(browser: Browser, address: str) -> dict[str, Any]:
    paints: list[float] = []
    live: list[float] = []
    transferred: list[float] = []
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        size = [0.0]
        client.on(
            "Network.loadingFinished",
            lambda e, s=size: s.__setitem__(0, s[0] + e["encodedDataLength"]),
        )
        page.add_init_script(
            OBSERVER + f"window.__wait({json.dumps(READY)});"
            "new MutationObserver(() => { if (!window.__live && document.body"
            " && document.body.classList.contains('live')) window.__live = performance.now(); })"
            ".observe(document, {subtree: true, attributes: true, childList: true});"
        )
        page.goto(address)
        page.wait_for_selector("#overview-trend .main-svg")
        page.wait_for_timeout(700)
        first = page.evaluate(
            "Math.max(window.__seen, performance.getEntriesByName('first-contentful-paint')[0].startTime)"
        )
        paints.append(first)
        live.append(page.evaluate("window.__live"))
        transferred.append(size[0] / 1024)
        context.close()
    return {
        "first_meaningful_paint": spread(paints),
        "live": spread(live),
        "transferred_kb": round(statistics.median(transferred)),
    }


def timed(page: Page, expression: str, act: Any) -> float:
    page.evaluate("(e) => { window.__start = null; window.__wait(e); }", expression)
    act()
    page.wait_for_function("window.__seen !== null && window.__start !== null")
    return page.evaluate("window.__seen - window.__start")


def bench_interactions(browser: Browser, address: str) -> dict[str, Any]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(OBSERVER)
    page.goto(address)
    page.wait_for_selector("#overview-trend .main-svg")
    page.wait_for_timeout(500)
    panels = "['map','actions','trend-title','worst','gaps'].every((p) => document.querySelector('#overview-' + p + ' h2').textContent.includes('{}'))"
    trend = "document.querySelector('#overview-trend').textContent.includes('{}')"
    names = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('a[data-tile]')].map((a) => [a.dataset.district, a.textContent]))"
    )
    codes = list(names)[:SAMPLES]
    district: list[float] = []
    for code in codes:
        expression = panels.format(names[code]) + " && " + trend.format("上限")
        district.append(
            timed(
                page,
                expression,
                lambda c=code: page.click(f"#page-root a[data-tile][data-district='{c}']"),
            )
        )
        page.wait_for_timeout(250)
    page.goto(address)
    page.wait_for_selector("#overview-trend .main-svg")
    page.wait_for_timeout(500)
    indicator: list[float] = []
    labels = page.evaluate(
        "[...document.querySelector('#page-root select[name=indicator]').options].map((o) => o.textContent)"
    )
    for number in range(SAMPLES):
        label = labels[1 + number % 7]
        name = label.split(" ", 1)[1]
        everywhere = (
            f"['map','trend-title','worst','gaps'].every((p) => document.querySelector('#overview-' + p + ' h2').textContent.includes('{name}'))"
            + f" && document.querySelector('#page-root h1').textContent.includes('{name}') && "
            + trend.format("在上限内")
        )
        indicator.append(
            timed(
                page,
                everywhere,
                lambda value=label: page.select_option(
                    "#page-root select[name=indicator]", label=value
                ),
            )
        )
        page.wait_for_timeout(250)
    page.goto(address)
    page.wait_for_selector("#overview-trend .main-svg")
    page.wait_for_timeout(500)
    period: list[float] = []
    periods = page.evaluate(
        "[...document.querySelectorAll('#page-root [data-period-dot]')].map((a) => a.getAttribute('aria-label'))"
    )
    for number in range(SAMPLES):
        label = periods[number % (len(periods) - 1)]
        expression = (
            f"document.querySelector('#page-root .dot[aria-current=true]').getAttribute('aria-label') === '{label}'"
            f" && document.querySelector('#overview-source').textContent.includes('{label}')"
        )
        period.append(
            timed(
                page,
                expression,
                lambda value=label: page.click(
                    f"#page-root [data-period-dot][aria-label='{value}']"
                ),
            )
        )
        page.wait_for_timeout(250)
    page.close()
    return {"district": spread(district), "indicator": spread(indicator), "period": spread(period)}


def bench_machine(browser: Browser) -> dict[str, float]:
    """Two fixed jobs that tell one machine from another; compare figures as ratios to them."""
    started = time.perf_counter()
    total = 0
    for number in range(10_000_000):
        total += number
    loop = time.perf_counter() - started
    script = (ROOT / "assets" / "vendor" / "plotly-basic-4.1.1.min.js").read_text("utf-8")
    times: list[float] = []
    for _ in range(LOADS):
        page = browser.new_page()
        times.append(
            page.evaluate(
                "(code) => { const t = performance.now(); (0, eval)(code); return performance.now() - t; }",
                script,
            )
        )
        page.close()
    return {
        "python_loop_10m_s": round(loop, 2),
        "plotly_basic_eval_ms": round(statistics.median(times), 1),
    }


def main() -> None:
    settings = Settings()
    started = busy_share()
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count(),
                    "python": platform.python_version()},
        "versions": {p: version(p) for p in ("dash", "plotly", "duckdb", "pandas", "gunicorn")},
        "publish": bench_publish(),
        "queries": bench_queries(settings),
    }  # fmt: skip
    path = Warehouse(settings.snapshots_folder, "512MB").current().path
    record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    report["sizes"] = {
        "snapshot_mb": round(path.stat().st_size / 1e6, 1),
        "rows": record["table_rows"],
    }
    latest = Warehouse(settings.snapshots_folder, "512MB").current()
    report["projection_80_percent_intervals"] = {
        "demonstration_as_was": rolling_origins(latest, "as_was"),
        "demonstration_current": rolling_origins(latest, "current"),
        **{f"known_truth_{n}_points": known_truth(n, 1.2, 3000) for n in (4, 5, 8)},
    }
    with served(settings, workers=2) as server, sync_playwright() as playwright:
        address = server + "/"
        for _ in range(WARM_UP):
            urllib.request.urlopen(address, timeout=20).read()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        report["calibration"] = bench_machine(browser)
        report["first_paint"] = bench_first_paint(browser, address)
        report["interactions"] = bench_interactions(browser, address)
        clicks = drill_down(browser, address, OBSERVER, timed)
        report["drill_down"] = {name: spread(times) for name, times in clicks.items()}
        report["versions"]["chromium"] = browser.version
        browser.close()
    ended = busy_share()
    report["busy_share_of_machine"] = round((ended[0] - started[0]) / (ended[1] - started[1]), 2)
    text = json.dumps(report, ensure_ascii=False, indent=1, default=dataclasses.asdict)
    (settings.var_folder / "bench.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
