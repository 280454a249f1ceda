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
import urllib.request
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from data.settings import ROOT, Settings
from queries.warehouse import Warehouse
from tests.bench.browser import OBSERVER, bench_first_paint, bench_interactions, spread, timed
from tests.bench.calibration import calibrate
from tests.bench.drill_down import drill_down
from tests.bench.forecast import bench_forecast
from tests.bench.guard import baseline, slower_than
from tests.bench.limits import against_limits
from tests.bench.questions import bench_questions
from tests.serving import CHROMIUM, served

WARM_UP = 6


def busy_share() -> tuple[float, float]:
    fields = [int(x) for x in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return float(sum(fields) - fields[3] - fields[4]), float(sum(fields))


def bench_publish(runs: int = 3) -> dict[str, Any]:
    times: list[float] = []
    for _ in range(runs):
        answer = subprocess.run(
            [sys.executable, "-m", "data", "publish", "--format", "json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        times.append(json.loads(answer.stdout)["seconds"])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": times, "median_s": statistics.median(times), "peak_mb": round(peak)}


def main() -> None:
    settings = Settings()
    started = busy_share()
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cpu": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "versions": {p: version(p) for p in ("dash", "plotly", "duckdb", "pandas", "gunicorn")},
        "publish": bench_publish(),
        "queries": bench_questions(settings),
    }
    path = Warehouse(settings.snapshots_folder, settings.reader_memory).current().path
    record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    report["sizes"] = {"snapshot_mb": round(path.stat().st_size / 1e6, 1), "rows": record["table_rows"]}
    report["forecast"] = bench_forecast(path)
    with served(settings, workers=2) as server, sync_playwright() as playwright:
        address = server + "/"
        for _ in range(WARM_UP):
            urllib.request.urlopen(address, timeout=20).read()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        report["calibration"] = calibrate(browser)
        report["first_paint"] = bench_first_paint(browser, address)
        report["interactions"] = bench_interactions(browser, address)
        clicks = drill_down(browser, address, OBSERVER, timed)
        report["drill_down"] = {name: spread(times) for name, times in clicks.items()}
        report["versions"]["chromium"] = browser.version
        browser.close()
    ended = busy_share()
    report["busy_share_of_machine"] = round((ended[0] - started[0]) / (ended[1] - started[1]), 2)
    report["limits"] = against_limits(report)
    report["slower_than_baseline"] = slower_than(report, baseline())
    text = json.dumps(report, ensure_ascii=False, indent=1, default=dataclasses.asdict)
    (settings.var_folder / "bench.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
