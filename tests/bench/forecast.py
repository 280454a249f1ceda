"""Forecasts against invented truth: coverage, what was said and what happened, and Brier scores.

`python -m tests.bench.forecast [--panels 12] [--seed 1] [--workers 2]` prints the table and what is
missed; with --snapshot it adds the earlier counts of that publication and writes
docs/evidence/forecast.json, as `make bench` does. Measured are the interval and the chance that
are displayed.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from data.forecasting.forecast import HIGH, LOW, Settings, first_at, forecasts
from data.settings import ROOT
from tests import straight_line
from tests.forecast_processes import COMING, MISFITS, PROCESSES, Truth

SEED = 20261128
EVIDENCE = ROOT / "docs" / "evidence" / "forecast.json"
AHEAD = (1, 2, 3, 5, 8)
SAID = {"0.2": (0.1, 0.3), "0.5": (0.4, 0.6), "0.8": (0.7, 0.9)}
Real = NDArray[np.float64]


def measured(truth: Truth) -> dict[str, Any]:
    """What the forecast and the straight line said of the units not yet met, and what came."""
    panel = truth.seen
    found = forecasts(panel, Settings(), last_only=True)[panel.autumn_count - 1]
    units, dates = found.origin.units, truth.dates[found.origin.units]
    lines = [straight_line.chances(panel.counts[u], COMING) for u in units]
    return {"forecast": _said(found.chance, dates), "line": _said(np.stack([c for c in lines if c is not None]), dates)}


def _said(chance: Real, dates: NDArray[np.intp]) -> dict[str, Any]:
    low, high = (first_at(chance, level) for level in (LOW, HIGH))
    first = np.where(low < 0, COMING + 1, low)
    last = np.where(high < 0, COMING + 1, high)
    every = np.arange(len(chance))
    below = np.where(first > 0, chance[every, np.maximum(first - 1, 0)], 0)
    above = np.where(high < 0, 1.0, chance[every, np.maximum(high, 0)])
    ahead = np.array(AHEAD)
    return {
        "inside": ((first <= dates) & (dates <= last)).tolist(),
        "claimed": (above - below).tolist(),
        "width": (np.minimum(last, COMING) - np.minimum(first, COMING)).tolist(),
        "open": (high < 0).tolist(),
        "said": chance[:, ahead].ravel().tolist(),
        "came": (dates[:, None] <= ahead).ravel().tolist(),
    }


def summary(panels: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of one process and one method over its panels."""

    def all_of(name: str) -> Real:
        return np.concatenate([np.array(p[name], dtype=float) for p in panels])

    said, came = all_of("said"), all_of("came")
    return {
        "units": len(all_of("inside")),
        "coverage": _mean(all_of("inside")),
        "claimed": _mean(all_of("claimed")),
        "width": _mean(all_of("width")),
        "open": _mean(all_of("open")),
        "brier": _mean((said - came) ** 2),
        "happened": {name: happened(said, came, limits) for name, limits in SAID.items()},
    }


def happened(said: Real, came: Real, limits: tuple[float, float]) -> dict[str, Any]:
    """How often it came among the cases that were told a chance within limits."""
    chosen = (said >= limits[0]) & (said < limits[1])
    share = _mean(came[chosen]) if chosen.any() else None
    return {"cases": int(chosen.sum()), "share": share}


def _mean(values: Real) -> float:
    return round(float(values.mean()), 4)


def _one(task: tuple[str, int]) -> dict[str, Any]:
    name, seed = task
    process = {**PROCESSES, **MISFITS}[name]
    number = list({**PROCESSES, **MISFITS}).index(name)
    return measured(process(np.random.default_rng([seed, number])))


def run(panels: int, seed: int, workers: int = 1) -> dict[str, Any]:
    """All processes over `panels` panels each, from the seeds `seed`, `seed` + 1, ..."""
    names = [*PROCESSES, *MISFITS]
    tasks = [(name, seed + n) for name in names for n in range(panels)]
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            results = list(pool.map(_one, tasks))
    else:
        results = [_one(t) for t in tasks]
    of: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for (name, _), result in zip(tasks, results, strict=True):
        of[name].append(result)
    pooled = [r["forecast"] for name in PROCESSES for r in of[name]]
    return {
        "panels": panels,
        "seed": seed,
        "processes": {name: {m: summary([r[m] for r in of[name]]) for m in ("forecast", "line")} for name in names},
        "pooled": {m: summary([r[m] for name in PROCESSES for r in of[name]]) for m in ("forecast", "line")}
        if pooled
        else {},
    }


def failures(found: Mapping[str, Any]) -> list[str]:
    """What the figures miss of what was asked of them."""
    wrong: list[str] = []

    def need(condition: bool, words: str) -> None:
        if not condition:
            wrong.append(words)

    for name in PROCESSES:
        own, line = (found["processes"][name][m] for m in ("forecast", "line"))
        need(0.85 <= own["coverage"] <= 0.99, f"{name}: coverage {own['coverage']}")
        need(own["coverage"] >= own["claimed"] - 0.06, f"{name}: claimed {own['claimed']}")
        need(own["brier"] < line["brier"], f"{name}: Brier {own['brier']}, line {line['brier']}")
    for name in MISFITS:
        own, line = (found["processes"][name][m] for m in ("forecast", "line"))
        need(own["coverage"] >= max(0.65, line["coverage"]), f"{name}: {own['coverage']}")
    need(found["processes"]["straight_line"]["forecast"]["open"] <= 0.35, "straight_line: open")
    pooled = found["pooled"]["forecast"]["happened"]
    if "demonstration" in found:
        need(found["demonstration"]["share"] >= 0.80, f"demonstration: {found['demonstration']}")
    for said, least, most in (("0.2", 0.10, 0.30), ("0.5", 0.40, 0.65), ("0.8", 0.75, 0.95)):
        need(least <= pooled[said]["share"] <= most, f"pooled: {said} {pooled[said]}")
    return wrong


def demonstration(snapshot: Path) -> dict[str, Any]:
    """How the published forecasts of earlier autumns did on the counts that came since."""
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        rows = connection.execute(
            "select autumn - foretold_in, sum(foretold_count), sum(inside_count),"
            " sum(claimed_share * foretold_count) from forecast_check group by all order by all"
        ).fetchall()
    count, inside = sum(r[1] for r in rows), sum(r[2] for r in rows)
    return {
        "foretold": count,
        "inside": inside,
        "share": round(inside / count, 4),
        "claimed": round(sum(r[3] for r in rows) / count, 4),
        "by_autumns_ahead": {ahead: round(held / asked, 4) for ahead, asked, held, _ in rows},
    }


def bench_forecast(snapshot: Path, panels: int = 12, seed: int = SEED) -> dict[str, Any]:
    """Everything that was asked of the forecasts, written to docs/evidence/forecast.json."""
    found = run(panels, seed, workers=2)
    found["demonstration"] = demonstration(snapshot)
    found["missed"] = failures(found)
    EVIDENCE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stderr.write(table(found) + "\n")
    return found


def table(found: Mapping[str, Any]) -> str:
    """The figures as a table for people; the straight line in brackets."""
    head = f"{'process':22}{'units':>6}{'coverage':>16}{'of':>6}{'width':>12}{'open':>12}{'Brier':>14}"
    lines = [head + f"{'.2 / .5 / .8 happened':>26}"]
    for name, cells in [*found["processes"].items(), ("pooled", found["pooled"])]:
        own, line = cells["forecast"], cells["line"]
        shares = [own["happened"][s]["share"] for s in SAID]
        said = " / ".join("—" if s is None else f"{s:.2f}" for s in shares)
        lines.append(
            f"{name:22}{own['units']:6}{own['coverage']:8.2f} ({line['coverage']:.2f}){own['claimed']:6.2f}"
            f"{own['width']:6.1f} ({line['width']:4.1f}){own['open']:6.2f} ({line['open']:.2f})"
            f"{own['brier']:7.3f} ({line['brier']:.3f}){said:>22}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panels", type=int, default=12)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--snapshot", type=Path)
    given = parser.parse_args()
    if given.snapshot is None:
        found = run(given.panels, given.seed, given.workers)
        sys.stdout.write(table(found) + "\n")
    else:
        found = bench_forecast(given.snapshot, given.panels, given.seed)
    wrong = failures(found)
    sys.stdout.write("\n".join(wrong) + "\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
