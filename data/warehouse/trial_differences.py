"""What two runs of the rules say of the newest period, set against each other."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

NEWEST = "(select arg_max(period, snapshot_date) from stg_snapshot)"
UNITS = f"""
select district_code, short_name, name, verdict, progress
from unit_status where basis = 'as_was' and period = {NEWEST}
"""  # noqa: S608
EARLIER = f"""
select district_code, period, verdict
from unit_status where basis = 'as_was' and period <> {NEWEST}
"""  # noqa: S608
ITEMS = f"""
select district_code, item_code, item_short_name, is_met
from unit_item where basis = 'as_was' and period = {NEWEST} order by dimension_order, item_order
"""  # noqa: S608
SCHOOLS = f"""
select stg_school.district_code, school_limit.item_code || '.' || school_limit.kind as limit_code,
    count(*) filter (not school_limit.is_met) as over
from school_limit inner join stg_school using (return_id)
where stg_school.period = {NEWEST} group by all
"""  # noqa: S608
WARNINGS = f"""
select distinct warning.district_code, warning.warning_code, cat_warning_rules.name, cat_warning_rules.level
from warning inner join cat_warning_rules
    on warning.warning_code = cat_warning_rules.warning_code
    and warning.snapshot_date between cat_warning_rules.valid_from
    and coalesce(cat_warning_rules.valid_to, date '9999-12-31')
where warning.period = {NEWEST}
"""  # noqa: S608
SCOPE = f"""
select s.district_code, count(*) filter (v.is_in_scope) as sections
from section_verdict as v inner join stg_school as s using (return_id)
where s.period = {NEWEST} group by all
"""  # noqa: S608


@dataclass(frozen=True)
class Facts:
    """What one run says: units and their verdicts, items, schools over a limit, warnings."""

    period: str
    units: Mapping[str, Mapping[str, Any]]
    earlier: Mapping[tuple[str, str], str]
    items: Mapping[tuple[str, str], Mapping[str, Any]]
    schools: Mapping[tuple[str, str], int]
    warnings: Mapping[tuple[str, str], Mapping[str, Any]]
    sections: Mapping[str, int]


def facts_of(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Read a run's relations."""
    period = connection.execute(f"select {NEWEST}").fetchall()[0][0]
    return Facts(
        str(period),
        {r["district_code"]: r for r in _rows(connection, UNITS)},
        {(r["district_code"], r["period"]): r["verdict"] for r in _rows(connection, EARLIER)},
        {(r["district_code"], r["item_code"]): r for r in _rows(connection, ITEMS)},
        {(r["district_code"], r["limit_code"]): int(r["over"]) for r in _rows(connection, SCHOOLS)},
        {(r["district_code"], r["warning_code"]): r for r in _rows(connection, WARNINGS)},
        {r["district_code"]: int(r["sections"]) for r in _rows(connection, SCOPE)},
    )


def differences_of(before: Facts, after: Facts) -> dict[str, Any]:
    """What is not the same, as it is kept: units by their short name, verdicts and states by their codes."""
    names = {code: unit["short_name"] for code, unit in {**before.units, **after.units}.items()}

    def unit(code: str) -> str:
        return names.get(code, code)

    def flips(column: str) -> list[dict[str, str]]:
        both = [(c, before.units[c][column], after.units[c][column]) for c in after.units if c in before.units]
        return [{"unit": unit(c), "before": old, "after": new} for c, old, new in both if old != new]

    counted = [sum(u["verdict"] == "met" for u in facts.units.values()) for facts in (before, after)]
    return {
        "period": after.period,
        "met_before": counted[0],
        "met_after": counted[1],
        "unit_count": len(after.units),
        "verdicts": flips("verdict"),
        "progress": flips("progress"),
        "names": flips("name"),
        "added": [unit(c) for c in after.units if c not in before.units],
        "removed": [unit(c) for c in before.units if c not in after.units],
        "items": [
            {"item": row["item_short_name"], "unit": unit(key[0]), "before": _state(was), "after": _state(row)}
            for key, row in after.items.items()
            if (was := before.items.get(key)) is not None and was["is_met"] != row["is_met"]
        ],
        "schools": _counts(before.schools, after.schools, unit),
        "sections": [
            {"unit": unit(c), "before": was, "after": now} for c, was, now in _changed(before.sections, after.sections)
        ],
        "new_warnings": _gone(after.warnings, before.warnings, unit),
        "ended_warnings": _gone(before.warnings, after.warnings, unit),
        "earlier": sum(1 for key, was in before.earlier.items() if after.earlier.get(key, was) != was),
    }


def _counts(
    before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int], unit: Any
) -> list[dict[str, Any]]:
    return [
        {"limit": limit, "unit": unit(code), "before": was, "after": now}
        for (code, limit), was, now in _changed(before, after)
    ]


def _changed(before: Mapping[Any, int], after: Mapping[Any, int]) -> list[tuple[Any, int, int]]:
    keys: list[Hashable] = sorted({*before, *after}, key=str)
    return [(k, before.get(k, 0), after.get(k, 0)) for k in keys if before.get(k, 0) != after.get(k, 0)]


def _gone(these: Mapping[Any, Mapping[str, Any]], others: Mapping[Any, Any], unit: Any) -> list[dict[str, str]]:
    return [
        {"warning": row["name"], "level": row["level"], "unit": unit(row["district_code"])}
        for key, row in sorted(these.items())
        if key not in others
    ]


def _state(row: Mapping[str, Any]) -> str:
    return {True: "met", False: "unmet", None: "undecidable"}[row["is_met"]]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [str(d[0]) for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
