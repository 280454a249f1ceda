"""How fast this machine is: fixed jobs, timed here and on the reference machine.

Absolute limits were set on one machine. Each figure is reported as measured and beside it divided
by the factor of its kind, so that two machines can be compared; the factor is never hidden.
"""

import statistics
import time
from typing import Any

import duckdb
from playwright.sync_api import Browser

from data.settings import ROOT

REFERENCE = {"cv_one_pass_s": 0.37, "cv_two_pass_s": 0.98, "rule_s": 0.25, "plotly_basic_eval_ms": 178.0}
"""The same jobs on the reference machine (two cores, duckdb 2.0.0, Chromium 156)."""
RUNS = 3
SCHOOLS, UNITS = 60_000, 2_900
ROWS = f"""
create table obs as
select y.y::smallint as snap, i::int as school_id, (i % {UNITS})::smallint as district_id,
  (case when (hash(i) % 3) = 0 then 1 else (hash(i) % 3) + 1 end)::tinyint as stage,
  k.k::tinyint as ind, (100 + hash(i + 7) % 2000)::int as pupils,
  (0.7 + 0.012 * y.y + 0.5 * ((hash(i * 1000003 + y.y * 31 + k.k) % 100000) / 100000.0))::float as x
from range(20) as y(y), range({SCHOOLS}) as t(i), range(7) as k(k)
"""
MEAN = "sum(pupils * x::double) / sum(pupils)"
JOBS = {
    "cv_one_pass_s": f"""
select district_id, stage, ind, snap, {MEAN} as mean,
  sqrt(greatest(0, sum(pupils * x::double * x) / sum(pupils) - ({MEAN}) ** 2)) / ({MEAN}) as cv
from obs group by all""",
    "cv_two_pass_s": f"""
with m as (
  select district_id, stage, ind, snap, sum(pupils) as w, {MEAN} as mean from obs group by all
)
select o.district_id, o.stage, o.ind, o.snap,
  sqrt(sum(o.pupils / m.w * (o.x - m.mean) ** 2)) / any_value(m.mean) as cv
from obs as o inner join m using (district_id, stage, ind, snap) group by all""",
    "rule_s": """
select snap, school_id, any_value(district_id) as district_id, any_value(stage) as stage,
  sum((x >= t)::int) >= 6 and bool_and(x >= 0.85 * t) as complies
from obs inner join (select k::tinyint as ind, (0.8 + 0.02 * k)::float as t from range(7) as r(k))
using (ind) group by snap, school_id""",
}


def calibrate(browser: Browser) -> dict[str, Any]:
    """Seconds and milliseconds here, and the factors over the reference."""
    measured = {**database_jobs(), "plotly_basic_eval_ms": _script(browser)}
    times = {name: measured[name] / REFERENCE[name] for name in REFERENCE}
    return {
        "measured": {name: round(value, 3) for name, value in measured.items()},
        "reference": REFERENCE,
        "factor_database": round(statistics.median(times[name] for name in JOBS), 2),
        "factor_browser": round(times["plotly_basic_eval_ms"], 2),
    }


def database_jobs() -> dict[str, float]:
    """Seconds of each database job here."""
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        connection.execute(ROWS)
        found: dict[str, float] = {}
        for name, sql in JOBS.items():
            times: list[float] = []
            for _ in range(RUNS):
                started = time.perf_counter()
                connection.execute(f"create or replace temp table result as {sql}")
                times.append(time.perf_counter() - started)
            found[name] = statistics.median(times)
    return found


def _script(browser: Browser) -> float:
    script = (ROOT / "assets" / "vendor" / "plotly-basic-4.1.1.min.js").read_text("utf-8")
    times: list[float] = []
    for _ in range(RUNS):
        page = browser.new_page()
        times.append(
            page.evaluate(
                "(code) => { const t = performance.now(); (0, eval)(code); return performance.now() - t; }", script
            )
        )
        page.close()
    return statistics.median(times)
