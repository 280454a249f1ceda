"""How publication, questions and files grow from a city over a province to the country.

`make bench-growth` writes docs/evidence/growth.json. Each step is a process of its own, so that its
memory is its own. Nothing else may run meanwhile.
"""

import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from data.settings import ROOT, Settings
from data.warehouse.publish import SAFE_PLANS
from data.warehouse.rules import load_rules, run_rules
from tests.bench.calibration import REFERENCE, database_jobs
from tests.bench.questions import pages_of, times_of_questions

SCALES = ("city", "province", "nation")
EVIDENCE = ROOT / "docs" / "evidence" / "growth.json"
COUNTED = ("school_return", "section_indicator", "section_contribution", "district_indicator")
CV_AND_RULE = ("district_indicator", "section_verdict")
PLAIN = {
    "district_indicator": """
with evaluated as (
  select m.period, m.basis, m.district_code, s.stage, s.indicator_code,
    s.pupils::double as p, s.section_value as x
  from section_indicator as s inner join membership as m using (return_id)
  where s.is_in_scope and m.district_code is not null
), average as (
  select period, basis, district_code, stage, indicator_code, sum(p) as w, sum(p * x) / sum(p) as mean
  from evaluated group by all
)
select period, basis, district_code, stage, indicator_code, any_value(mean) as mean,
  sqrt(sum(p / w * (x - mean) ** 2)) / any_value(mean) as cv
from evaluated inner join average using (period, basis, district_code, stage, indicator_code)
group by all""",
    "section_verdict": """
select return_id, stage, sum(is_met::int) as met, sum((not is_met)::int) as missed,
  sum(is_met::int) >= 6 and bool_and(is_floor_met) as complies
from section_indicator where regime = 'quality_balanced' group by all""",
}
"""The same two relations as somebody would write them by hand, in doubles, without the exact ties."""


def folder_of(scale: str) -> Path:
    """The runtime folder of a scale."""
    return Settings().var_folder / ("" if scale == "city" else scale)


def main() -> None:
    """Write and publish each scale, ask its pages, and gather what was found."""
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
        return
    runs = [database_jobs()]
    found = {scale: grown(scale) for scale in SCALES}
    runs.append(database_jobs())
    jobs = {name: statistics.mean(run[name] for run in runs) / REFERENCE[name] for name in runs[0]}
    grows = exponents(found["province"], found["nation"])
    report = {
        "command": "make bench-growth",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cpu": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "versions": {name: version(name) for name in ("duckdb", "pandas")},
        "calibration": {name: round(factor, 2) for name, factor in jobs.items()},
        "scales": found,
        "exponents": {"province_to_nation": grows},
        "conditions": conditions(found["nation"], grows, statistics.median(jobs.values())),
    }
    EVIDENCE.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(EVIDENCE.read_text(encoding="utf-8"))


def conditions(nation: dict[str, Any], grows: dict[str, float], factor: float) -> list[dict[str, Any]]:
    """What the country is held against; times also at the speed of the reference machine."""
    rows = [
        ("publish_s", nation["publish_s"], 90, factor),
        ("publish_peak_mb", nation["publish_peak_mb"], 4096, 1),
        ("times_plain", nation["times_plain"], 2, 1),
        ("exponent_of_publication", grows["publish_s"], 1.1, 1),
        ("slowest_question_ms", nation["slowest_question_ms"], 25, factor),
    ]
    return [
        {
            "figure": name,
            "measured": value,
            "limit": limit,
            "factor": round(divisor, 2),
            "at_reference_speed": round(value / divisor, 2),
            "holds_as_measured": value <= limit,
            "holds_at_reference_speed": value / divisor <= limit,
        }
        for name, value, limit, divisor in rows
    ]


def grown(scale: str) -> dict[str, Any]:
    """Write what is missing, publish, and measure a scale."""
    words = [] if scale == "city" else ["--scale", scale]
    folder = folder_of(scale)
    if not (folder / "batches").is_dir():
        _run([sys.executable, "-m", "data", "demo", *words], Settings().var_folder)
    published = _run([sys.executable, "-m", "data", "publish", "--format", "json"], folder)
    said = json.loads(published["output"])
    file = folder / "snapshots" / f"snapshot_{said['snapshot_id']}.duckdb"
    asked = _run([sys.executable, "-m", "tests.bench.growth", scale], folder)
    return {
        "rows": {name: said["table_rows"][name] for name in COUNTED},
        "publish_s": said["seconds"],
        "publish_peak_mb": published["peak_mb"],
        "snapshot_mb": round(file.stat().st_size / 1e6),
        **json.loads(asked["output"]),
    }


def _run(command: list[str], folder: Path) -> dict[str, Any]:
    """Output and largest resident memory of a child with this runtime folder."""
    environment = {**os.environ, "OVERSIGHT_VAR_FOLDER": str(folder)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        output = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command}: {child.returncode}")
    return {"output": output, "peak_mb": used.ru_maxrss // 1024}


def measure(scale: str) -> dict[str, Any]:
    """Questions of the pages, and the two relations beside their plain aggregates."""
    settings = Settings()
    questions, refused = times_of_questions(settings, pages_of(settings))
    return {
        "questions_ms": {name: figures["median_ms"] for name, figures in list(questions.items())[:12]},
        "questions": len(questions),
        "pages_too_slow": refused,
        "slowest_question_ms": max(f["median_ms"] for f in questions.values()),
        "reader_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **({} if scale == "city" else beside_plain(settings)),
    }


def beside_plain(settings: Settings) -> dict[str, Any]:
    """Seconds of the CV and school-rule relations, and of their plain aggregates, on the same rows."""
    folder = settings.snapshots_folder
    path = folder / (folder / "current").read_text(encoding="utf-8").strip()
    made = folder / ".bench.duckdb"
    rules = [r for r in load_rules(settings.rules_folder) if r.relation in CV_AND_RULE]
    times: dict[str, float] = {}
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {settings.publish_threads}")
        connection.execute(f"set memory_limit = '{settings.publish_memory}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"set disabled_optimizers = '{SAFE_PLANS}'")
        connection.execute(f"set temp_directory = '{folder / '.bench-spill'}'")
        connection.execute(f"attach '{path}' as published (read_only)")
        connection.execute(f"attach '{made}' as made")
        connection.execute("set search_path = 'made.main,published.main'")
        for name, sql in PLAIN.items():
            times[f"plain_{name}_s"] = _seconds(
                lambda sql=sql, name=name: connection.execute(f"create or replace table plain_{name} as {sql}")
            )
        for rule in rules:
            times[f"{rule.relation}_s"] = _seconds(lambda rule=rule: run_rules(connection, [rule]))
    made.unlink()
    ours = sum(times[f"{name}_s"] for name in CV_AND_RULE)
    plain = sum(times[f"plain_{name}_s"] for name in CV_AND_RULE)
    return {**{k: round(v, 2) for k, v in times.items()}, "times_plain": round(ours / plain, 2)}


def _seconds(act: Any) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def exponents(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    """The power with which a figure grows over the rows of section values."""
    rows = math.log(large["rows"]["section_indicator"] / small["rows"]["section_indicator"])
    return {
        name: round(math.log(large[name] / small[name]) / rows, 2)
        for name in ("publish_s", "snapshot_mb", "district_indicator_s", "section_verdict_s")
    }


if __name__ == "__main__":
    main()
