"""What became slower than the committed baseline, each side divided by its own machine's factor."""

import json
from pathlib import Path
from typing import Any

from data.settings import ROOT

BASELINE = ROOT / "docs" / "evidence" / "bench-city.json"
TOLERANCE = 1.25


def slower_than(report: dict[str, Any], baseline: dict[str, Any]) -> list[dict[str, Any]]:
    """Figures whose value at reference speed is over 1.25 × that of the baseline; worst first."""
    before = {row["figure"]: row for row in baseline["limits"]}
    found: list[dict[str, Any]] = []
    for row in report["limits"]:
        earlier = before.get(row["figure"])
        if earlier is None or not earlier["measured"]:
            continue
        ratio = (row["measured"] / row["factor"]) / (earlier["measured"] / earlier["factor"])
        if ratio > TOLERANCE:
            found.append({"figure": row["figure"], "times_baseline": round(ratio, 2)})
    return sorted(found, key=lambda f: -f["times_baseline"])


def baseline(path: Path = BASELINE) -> dict[str, Any]:
    """The committed report."""
    return json.loads(path.read_text(encoding="utf-8"))
