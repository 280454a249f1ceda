"""Try a return before it is submitted: same checks, same rules, in memory; no warehouse touched."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.catalogue.loader import load_catalogue
from data.importing.prepare import PreparedReturn
from data.warehouse.rules import load_rules, run_rules
from data.warehouse.staging import load_catalogue_tables, stage_frame

REGIMES = ("quality_balanced", "basic_balanced")


def check_return(prepared: PreparedReturn, rules_folder: Path, regime: str) -> dict[str, Any]:
    """Findings, and unless blocked the verdicts of every section and district in the file.

    Numbers are unrounded, undefined is None, stages are `primary` and `junior`. `gaps` of a section
    is what its school must supply, rounded up at the printed step and named once, on the section
    that drives it; `supplied_with` names the section whose supply serves this one too; `exempt` is
    the missed indicator that needs only the floor, None where none is missed.
    """
    result: dict[str, Any] = {
        "findings": [f.as_dict() for f in prepared.findings],
        "sections": [],
        "districts": [],
        "composite": [],
        "verdict": {},
    }
    returns = [t.rows for t in prepared.tables if t.input_kind == "school_return"]
    if prepared.is_blocked or not returns:
        return result
    with duckdb.connect() as connection:
        load_catalogue_tables(connection, load_catalogue())
        stage_frame(connection, pd.concat(returns))
        run_rules(connection, load_rules(rules_folder))
        result["sections"] = _sections(connection, regime)
        result["districts"] = _districts(connection, regime)
        result["composite"] = _composites(connection, regime)
        result["verdict"] = _verdict(connection, regime)
    return result


def check_verdicts(rows: pd.DataFrame, rules_folder: Path) -> dict[str, Any]:
    """The verdicts of school returns under 优质均衡 without the values behind them.

    Args:
        rows: Canonical rows of school returns (index = source row).
        rules_folder: Where the rules are.

    Returns:
        `sections` (school, stage, scope, verdict, how many of its indicators hold and how many there are),
        `districts` and `verdict` as in `check_return`.
    """
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        load_catalogue_tables(connection, load_catalogue())
        stage_frame(connection, rows)
        run_rules(connection, load_rules(rules_folder))
        sections = _rows(
            connection,
            "select s.school_code, s.school_name, v.stage, v.is_in_scope as in_scope, v.complies,"
            " count(i.is_met) filter (i.is_met) as met, count(*) filter (i.threshold is not null) as indicators"
            " from section_verdict as v inner join stg_school as s using (return_id)"
            " left join section_indicator as i"
            " on i.return_id = v.return_id and i.stage = v.stage and i.regime = $regime and i.threshold is not null"
            " group by all order by s.school_code, v.stage desc",
            REGIMES[0],
        )
        districts, verdict = _districts(connection, REGIMES[0]), _verdict(connection, REGIMES[0])
    return {"sections": sections, "districts": districts, "verdict": verdict}


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, regime: str | None = None) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, {"regime": regime} if regime else None)
    names = [str(d[0]) for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _sections(connection: duckdb.DuckDBPyConnection, regime: str) -> list[dict[str, Any]]:
    sections = _rows(
        connection,
        "select v.return_id, s.period, s.school_code, s.school_name, s.district_code, v.stage,"
        " cast(v.pupils as integer) as pupils, v.is_in_scope as in_scope,"
        " v.reason_code as reason, v.complies"
        " from section_verdict as v inner join stg_school as s using (return_id)"
        " order by s.period, s.source_row, v.stage desc",
    )
    by_key = {(s.pop("return_id"), s["stage"]): s for s in sections}
    for section in sections:
        section.update(values={}, meets={}, floor_met={}, gaps={}, received={}, supplied_with={}, exempt=None)
        if regime == "basic_balanced":
            section["complies"] = None
    cells = _rows(
        connection,
        "select return_id, stage, indicator_code, section_value, is_met, is_floor_met,"
        " threshold, required_gap, binding_gap, received_gap, school_gap, driving_stage, is_exempt,"
        " gap_unit from section_indicator"
        " left join section_gap using (return_id, stage, indicator_code)"
        " inner join cat_indicators using (indicator_code)"
        " where section_indicator.regime = $regime"
        " order by return_id, stage, display_order",
        regime,
    )
    for cell in cells:
        section = by_key[(cell["return_id"], cell["stage"])]
        code = cell["indicator_code"]
        section["values"][code] = cell["section_value"]
        if cell["threshold"] is None:
            continue
        section["meets"][code] = cell["is_met"]
        section["floor_met"][code] = cell["is_floor_met"]
        if cell["is_exempt"]:
            section["exempt"] = code
        if not section["in_scope"] or not cell["required_gap"]:
            continue
        if cell["driving_stage"] != cell["stage"]:
            section["supplied_with"][code] = cell["driving_stage"]
            continue
        section["gaps"][code] = {"amount": int(cell["binding_gap"]), "unit": cell["gap_unit"]}
        if cell["received_gap"] < cell["school_gap"]:
            section["received"][code] = cell["received_gap"]
    return sections


def _districts(connection: duckdb.DuckDBPyConnection, regime: str) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "select period, district_code, stage, indicator_code as indicator,"
        " district_mean as mean, standard_deviation as sd, cv,"
        ' cast(cv_limit as double) as "limit", is_within_limit as complies'
        " from district_indicator where basis = 'as_was' and regime = $regime"
        " order by period, district_code, stage desc, indicator_code",
        regime,
    )


def _composites(connection: duckdb.DuckDBPyConnection, regime: str) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "select period, district_code, stage, composite_cv as cv,"
        ' cast(cv_limit as double) as "limit", complies'
        " from district_composite where basis = 'as_was' and regime = $regime"
        " order by period, district_code, stage desc",
        regime,
    )


def _verdict(connection: duckdb.DuckDBPyConnection, regime: str) -> dict[str, Any]:
    """Per district: 资源配置 with its items, or 基本均衡 by the composite."""
    if regime == "basic_balanced":
        rows = _rows(
            connection,
            "select period, district_code, stage, complies from district_composite"
            " where basis = 'as_was' and regime = $regime order by all",
            regime,
        )
    else:
        rows = _rows(
            connection,
            "select period, district_code, stage, complies from district_stage where basis = 'as_was' order by all",
        )
    districts: dict[str, Any] = {}
    for row in rows:
        entry = districts.setdefault(row["district_code"], {"complies": None, "stages": {}})
        entry["stages"][row["stage"]] = row["complies"]
    for entry in districts.values():
        states = list(entry["stages"].values())
        entry["complies"] = False if False in states else None if None in states else True
    if regime == "quality_balanced":
        items = _rows(
            connection,
            "select district_code, item_code, is_met from district_item"
            " where basis = 'as_was' and dimension = 'resource_allocation' order by all",
        )
        for item in items:
            if item["district_code"] in districts:
                entry = districts[item["district_code"]]
                entry.setdefault("items", {})[item["item_code"]] = item["is_met"]
    states = [d["complies"] for d in districts.values()]
    overall = None if not states else False if False in states else None if None in states else True
    return {"regime": regime, "complies": overall, "districts": districts}
