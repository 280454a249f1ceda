"""Where each unit stands against the line that a row of the catalogue sets, in two runs of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

NEWEST = "(select arg_max(period, snapshot_date) from stg_snapshot)"
CLASS_SIZE = f"""
select
    stg_school.district_code,
    max(school_limit.amount),
    any_value(school_limit.line),
    bool_and(school_limit.is_met)
from school_limit inner join stg_school using (return_id)
where stg_school.period = {NEWEST} and school_limit.item_code = 'G5' and school_limit.kind = $of
group by all having max(school_limit.amount) is not null
"""  # noqa: S608
CV = f"""
select district_code, cv, cv_limit, is_within_limit
from unit_cv
where basis = 'as_was' and period = {NEWEST} and indicator_code = $of and stage = $stage and cv is not null
"""  # noqa: S608
ITEM = f"""
select district_code, amount, threshold, is_met
from unit_item
where basis = 'as_was' and period = {NEWEST} and item_code = $of and amount is not null and threshold is not null
"""  # noqa: S608
CLASS_SIZE_LIMIT = "class_size_limit_"


@dataclass(frozen=True)
class Standing:
    """A unit's value, the line it is judged by, and what the rules say of it."""

    value: float
    line: float
    is_met: bool | None


@dataclass(frozen=True)
class Measure:
    """What of the units a row sets a line for: the question and what it asks about."""

    kind: str
    sql: str
    about: Mapping[str, str]


def measure_of(table: str, cells: Mapping[str, str]) -> Measure | None:
    """The measure of units whose line a row sets; None where it sets none."""
    code = cells.get("parameter_code", "")
    if table == "parameters" and code.startswith(CLASS_SIZE_LIMIT):
        stage = code.removeprefix(CLASS_SIZE_LIMIT)
        return Measure(f"class_size_{stage}", CLASS_SIZE, {"of": stage})
    if table == "cv_limits":
        return Measure("cv", CV, {"of": cells["indicator_code"], "stage": cells["stage"]})
    if table == "items":
        return Measure("item", ITEM, {"of": cells["item_code"]})
    return None


def standings_of(connection: duckdb.DuckDBPyConnection, measure: Measure | None) -> dict[str, Standing]:
    """Each unit's standing in the newest period of a run, by its code; units without a value have none."""
    if measure is None:
        return {}
    rows = connection.execute(measure.sql, dict(measure.about)).fetchall()
    return {code: Standing(float(value), float(line), is_met) for code, value, line, is_met in rows}


def places_of(
    measure: Measure | None, before: Mapping[str, Standing], after: Mapping[str, Standing], names: Mapping[str, str]
) -> dict[str, Any]:
    """The units between the line as it is and as it would be, as they are kept; nothing where no line moves."""
    both = sorted(before.keys() & after.keys())
    lines = {(before[code].line, after[code].line) for code in both}
    if measure is None or len(lines) != 1:
        return {}
    ((line_before, line_after),) = lines
    if line_before == line_after:
        return {}
    return {
        "kind": measure.kind,
        "line_before": line_before,
        "line_after": line_after,
        "units": [
            {
                "unit": names.get(code, code),
                "value": after[code].value,
                "before": _state(before[code]),
                "after": _state(after[code]),
            }
            for code in both
        ],
    }


def _state(standing: Standing) -> str:
    return {True: "met", False: "unmet", None: "undecidable"}[standing.is_met]
