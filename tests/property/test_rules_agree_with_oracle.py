"""The SQL rules and the slow plain-Python oracle give the same verdicts on generated districts."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.catalogue.loader import load_catalogue
from data.settings import ROOT
from data.warehouse.rules import load_rules, run_rules
from data.warehouse.staging import load_catalogue_tables, stage_frame
from tests import oracle
from tests.depth import NO_HEALTH_CHECKS, times
from tests.oracle_strategies import districts
from tests.returns import canonical_rows

RULES = load_rules(ROOT / "queries" / "rules")
CLOSE = 1e-9


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("set threads = 2")
        load_catalogue_tables(opened, load_catalogue())
        yield opened


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def is_close(ours: float | None, theirs: Fraction | Decimal | None) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return abs(ours - float(theirs)) <= CLOSE * max(1.0, abs(float(theirs)))


@settings(
    max_examples=times(12, 25),
    deadline=None,
    derandomize=True,
    suppress_health_check=NO_HEALTH_CHECKS,
    phases=[Phase.generate],
)
@given(generated=st.lists(districts(), min_size=42, max_size=60))
def test_rules_agree_with_oracle(connection: duckdb.DuckDBPyConnection, generated: list[list[dict[str, Any]]]) -> None:
    every: list[dict[str, Any]] = []
    for number, district in enumerate(generated):
        every += [{**row, "区县代码": "500103", "学校代码": f"{number}/{row['学校代码']}"} for row in district]
    frame = canonical_rows(every)
    frame["district_code"] = [code.split("/")[0] for code in frame["school_code"]]
    stage_frame(connection, frame)
    run_rules(connection, RULES)
    compare(connection, generated)


def compare(connection: duckdb.DuckDBPyConnection, generated: list[list[dict[str, Any]]]) -> None:
    sections = {
        (code, stage): (scope, reason, complies)
        for code, stage, scope, reason, complies in rows_of(
            connection,
            "select school_code, stage, is_in_scope, reason_code, complies from section_verdict"
            " inner join stg_school using (return_id)",
        )
    }
    cells = {
        (code, stage, indicator): rest
        for code, stage, indicator, *rest in rows_of(
            connection,
            "select school_code, stage, indicator_code, section_value, is_met, is_floor_met,"
            " binding_gap, required_gap, driving_stage, is_exempt from section_indicator"
            " inner join stg_school using (return_id)"
            " left join section_gap using (return_id, stage, indicator_code)",
        )
    }
    cvs = {
        (district, stage, indicator): rest
        for district, stage, indicator, *rest in rows_of(
            connection,
            "select district_code, stage, indicator_code, district_mean, standard_deviation, cv,"
            " is_within_limit from district_indicator where basis = 'as_was'",
        )
    }
    stages = {
        (district, stage): complies
        for district, stage, complies in rows_of(
            connection, "select district_code, stage, complies from district_stage where basis = 'as_was'"
        )
    }
    shares = {
        (code, stage, indicator): share
        for code, stage, indicator, share in rows_of(
            connection,
            "select school_code, stage, indicator_code, contribution from section_contribution"
            " inner join stg_school using (return_id) where basis = 'as_was'",
        )
    }
    seen = 0
    for number, district in enumerate(generated):
        for regime in ("quality_balanced", "basic_balanced"):
            expected = oracle.evaluate(district, regime)
            for s in expected["sections"]:
                key = (f"{number}/{s['school_code']}", s["stage"])
                seen += regime == "quality_balanced"
                scope, reason, complies = sections[key]
                assert scope == s["in_scope"]
                assert reason == s["reason"]
                if regime == "quality_balanced":
                    assert complies == s["complies"], (key, s)
                for indicator, value in s["values"].items():
                    ours = cells[(*key, indicator)]
                    assert is_close(ours[0], value), (key, indicator, ours, value)
                    if regime == "quality_balanced":
                        assert ours[1] == s["meets"][indicator], (key, indicator)
                        assert ours[2] == s["floor_met"][indicator], (key, indicator)
                        if not s["in_scope"]:
                            continue
                        gap = s["gaps"].get(indicator)
                        place = (key, indicator, ours, s)
                        assert (ours[3] or 0) == (gap["amount"] if gap else 0), place
                        owes = gap is not None or indicator in s["supplied_with"]
                        assert bool(ours[4]) == owes, place
                        if owes:
                            driver = s["supplied_with"].get(indicator, s["stage"])
                            assert ours[5] == driver, place
                        assert bool(ours[6]) == (indicator == s["exempt"]), place
            for d in expected["districts"]:
                key = (str(number), d["stage"], d["indicator"])
                mean, sd, cv, within = cvs[key]
                assert is_close(mean, d["mean"]) or d["cv"] is None, (key, mean, d["mean"])
                assert is_close(cv, d["cv"]), (key, cv, d["cv"])
                if d["cv"] is not None:
                    assert is_close(sd, d["sd"])
                    if d["cv"] and regime == "quality_balanced":
                        for code, share in d["contributions"].items():
                            ours_share = shares[(f"{number}/{code}", d["stage"], d["indicator"])]
                            # doubles lose digits of value/mean - 1 where the CV is tiny
                            assert abs(ours_share - float(share)) <= CLOSE + 1e-13 / cv
                if regime == "quality_balanced":
                    assert within == d["complies"], (key, cv, d["cv"])
        resource = oracle.evaluate(district, "quality_balanced")["resource_allocation"]
        for entry in resource.values():
            for stage, complies in entry["stages"].items():
                assert stages[(str(number), stage)] == complies, (number, stage)
    assert seen == len(sections)
