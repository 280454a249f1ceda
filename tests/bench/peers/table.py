"""The ratios that are asked for, and the figures as a table for docs/evidence/performance.md."""

from typing import Any

from tests.bench.peers.choices import SAMPLES
from tests.bench.peers.machine import QUIET

FILTERS = ("district", "indicator", "period")


def conditions(apps: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per condition of the comparison: what was measured, the limit, whether it holds."""
    rows: list[dict[str, Any]] = []

    def hold(name: str, measured: float, limit: float, *, is_least: bool = False) -> None:
        rows.append(
            {
                "condition": name,
                "measured": round(measured, 3),
                "limit": limit,
                "holds": measured >= limit if is_least else measured <= limit,
            }
        )

    own, streamlit, dash, vizro = (apps[n] for n in ("ours", "streamlit", "plain_dash", "vizro"))
    paint = own["first_visit"]["median_ms"]
    hold("first meaningful paint / Streamlit", paint / streamlit["first_visit"]["median_ms"], 0.15)
    hold("first meaningful paint / plain Dash", paint / dash["first_visit"]["median_ms"], 0.25)
    for name in FILTERS:
        spent = own["changes"][name]["median_ms"]
        hold(f"{name} / Streamlit", spent / streamlit["changes"][name]["median_ms"], 0.20)
        hold(f"{name} / plain Dash", spent / dash["changes"][name]["median_ms"], 0.40)
    hold(
        "transfer / Streamlit", own["first_visit"]["transferred_kb"] / streamlit["first_visit"]["transferred_kb"], 0.10
    )
    cpu = [max(app["changes"][name]["server_cpu_ms"] for name in FILTERS) for app in (own, dash)]
    hold("server CPU of the dearest change, ms", cpu[0], 10)
    mean = [sum(app["changes"][name]["server_cpu_ms"] for name in FILTERS) / 3 for app in (own, dash)]
    hold("server CPU per change / plain Dash", mean[0] / mean[1], 0.08)
    hold("callbacks per second / Vizro", own["replay"]["per_second"] / vizro["replay"]["per_second"], 15, is_least=True)
    return rows


WORDS = """# Side by side with what a user would pick instead

Written by `{command}` on {day} from `docs/evidence/peers.json`; do not edit.

Machine: {cores} cores ({cpu}), Python {python}, Chromium {chromium}. Versions: ours {ours}; peers {peers}.
Data: {section_values:,} section values of {units} units in {periods} periods, the same for all; the map is our simplified
`data/geography/chongqing_2025.geojson` for all.

**What is compared.** The same page: map, trend, league table, and filters for unit, indicator and period. Ours is the
overview as it is delivered, which shows more (verdicts, gaps, actions, plan). The peers are in `tests/bench/peers`,
written as their manuals do it: `plain_dash.py` (one frame in memory, Plotly Express figures in callbacks), `vizro_app.py`,
`streamlit_app.py` (cached queries). Ours, plain Dash and Vizro run under gunicorn with two workers of four threads,
Streamlit as it serves itself. Plotly's maps ask another host for a map of the world; all apps are given an empty one at
once, so nobody waits for it.

**How.** One run, one app after the other, each warm. Time runs from the hand's event to the first frame in which the new
value stands in every panel that depends on the filter. A change counts where other processes used under {quiet} cores
meanwhile; of first paints, which start processes of the browser themselves, all count. Medians, p95 in brackets. Server CPU is read from the process tree's clock, the mean of {samples}
changes. Callbacks per second: the callbacks of the visit, asked again by sixteen sessions for ten seconds, the generator on
the same two cores. Absolute figures are this machine's (see the calibration in `bench-city.json`); read the ratios.

{table}"""


def document(report: dict[str, Any]) -> str:
    """The whole page for docs/evidence."""
    machine, versions = report["machine"], report["versions"]

    def listed(known: dict[str, str]) -> str:
        return ", ".join(f"{name} {number}" for name, number in sorted(known.items()))

    return WORDS.format(
        command=report["command"],
        day=report["at"][:10],
        quiet=QUIET,
        samples=SAMPLES,
        chromium=versions["chromium"],
        ours=listed(versions["ours"]),
        peers=listed(versions["peers"]),
        table=table(report),
        **machine,
        **report["sizes"],
    )


def table(report: dict[str, Any]) -> str:
    """Markdown: the apps side by side, then the conditions."""
    apps = report["apps"]
    lines = [
        "| app | first paint ms (p95) | transfer KB | district ms (p95) | indicator | period | server CPU ms | callbacks/s (p95 ms) |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, app in apps.items():
        visit, replayed = app["first_visit"], app.get("replay")
        cells = [f"{app['changes'][f]['median_ms']} ({app['changes'][f]['p95_ms']})" for f in FILTERS]
        cpu = " / ".join(str(app["changes"][f]["server_cpu_ms"]) for f in FILTERS)
        rate = f"{replayed['per_second']} ({replayed['p95_ms']})" if replayed else "-"
        lines.append(
            f"| {name} | {visit['median_ms']} ({visit['p95_ms']}) | {visit['transferred_kb']} | "
            f"{' | '.join(cells)} | {cpu} | {rate} |"
        )
    lines += ["", "| condition | measured | limit | holds |", "|---|---|---|---|"]
    lines += [
        f"| {c['condition']} | {c['measured']} | {c['limit']} | {'yes' if c['holds'] else '**no**'} |"
        for c in report["conditions"]
    ]
    return "\n".join(lines) + "\n"
