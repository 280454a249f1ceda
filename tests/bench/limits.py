"""The limits a figure is held against, as measured and at the reference machine's speed."""

from typing import Any

LIMITS: dict[str, tuple[float, str, str]] = {
    "publish.median_s": (5, "s", "factor_database"),
    "first_paint.first_meaningful_paint.median_ms": (900, "ms", "factor_browser"),
    "first_paint.transferred_kb": (800, "KB", ""),
    "interactions.district.median_ms": (60, "ms", "factor_browser"),
    "interactions.indicator.median_ms": (125, "ms", "factor_browser"),
    "interactions.period.median_ms": (105, "ms", "factor_browser"),
    "drill_down.district.median_ms": (150, "ms", "factor_browser"),
    "drill_down.school.median_ms": (150, "ms", "factor_browser"),
    "drill_down.proof.median_ms": (150, "ms", "factor_browser"),
    "drill_down.matrix.median_ms": (250, "ms", "factor_browser"),
    "slowest_query.median_ms": (15, "ms", "factor_database"),
}


def against_limits(report: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per limit: measured, limit, the factor of this machine, and measured / factor."""
    slowest = max(query["median_ms"] for query in report["queries"].values())
    known = {**report, "slowest_query": {"median_ms": slowest}}
    rows: list[dict[str, Any]] = []
    for name, (limit, unit, kind) in LIMITS.items():
        value: Any = known
        for key in name.split("."):
            value = value[key]
        factor = report["calibration"][kind] if kind else 1.0
        rows.append(
            {
                "figure": name,
                "unit": unit,
                "measured": value,
                "limit": limit,
                "holds_as_measured": value <= limit,
                "factor": factor,
                "at_reference_speed": round(value / factor, 1),
                "holds_at_reference_speed": value / factor <= limit,
            }
        )
    return rows
