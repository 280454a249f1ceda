"""The same page in four tools, in one run: figures, ratios, and whether they hold; `make bench-peers`."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from playwright.sync_api import sync_playwright

from data.settings import ROOT, Settings
from tests.bench.peers.apps import APPS
from tests.bench.peers.choices import choices
from tests.bench.peers.measure import changes, first_visit
from tests.bench.peers.prepare import prepare
from tests.bench.peers.replay import replay
from tests.bench.peers.table import conditions, document, table
from tests.serving import CHROMIUM

TARGET = ROOT / "docs" / "evidence" / "peers.json"
WARM_S = 25


def main() -> None:
    settings = Settings()
    folder = settings.var_folder / "peers"
    sizes = prepare(settings, folder)
    wanted = choices(folder)
    apps: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for app in APPS:
            with app.served(folder, settings) as (address, server):
                page = browser.new_page()
                page.goto(address)
                page.wait_for_timeout(WARM_S * 1000)  # whatever an app does after its start
                page.close()
                found: dict[str, Any] = {"first_visit": first_visit(browser, app, address, server)}
                found["changes"], asked = changes(browser, app, address, server, wanted)
                if app.is_replayed:
                    found["replay"] = replay(address, asked)
                    own = sum(c["callbacks_per_change"] for c in found["changes"].values()) / len(found["changes"])
                    found["replay"]["changes_per_second"] = round(found["replay"]["per_second"] / own, 1)
                apps[app.name] = found
                sys.stderr.write(json.dumps({app.name: found}, ensure_ascii=False) + "\n")
        chromium = browser.version
        browser.close()
    shown = subprocess.run(
        [str(folder / "venv/bin/python"), "-m", "pip", "freeze"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    peers = dict(line.split("==") for line in shown if line.split("==")[0] in {"streamlit", "vizro", "dash", "plotly"})
    report = {
        "command": "make bench-peers",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cpu": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "versions": {
            "chromium": chromium,
            "ours": {p: version(p) for p in ("dash", "plotly", "duckdb")},
            "peers": peers,
        },
        "sizes": sizes,
        "apps": apps,
        "conditions": conditions(apps),
    }
    TARGET.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    TARGET.with_name("performance.md").write_text(document(report), encoding="utf-8")
    sys.stdout.write(table(report))


if __name__ == "__main__":
    main()
