"""The small demonstration is part of the whole one: every kind of row, and the same figures."""

from collections import defaultdict
from collections.abc import Iterator

import duckdb
import pytest

from data.settings import Settings
from tests.small_demo import UNITS

INPUTS = ("stg_school", "stg_district_item", "stg_plan", "stg_visit", "stg_issue", "stg_fund", "stg_policy")
FIGURES = ("district_verdict", "district_indicator", "district_item", "unit_status", "unit_cv", "warning")


POOLED = defaultdict(
    str,
    unit_status="""exclude (
    progress, forecast_state, forecast_autumn, horizon_year, low_year, middle_year, high_year, chance, slowest_item,
    slowest_chance, chances, is_citywide_pace)""",
)
"""What a forecast says of a unit is learnt from all units, so fewer units say it otherwise."""


@pytest.fixture(scope="module")
def both(demo_settings: Settings, small_settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for name, settings in (("city", demo_settings), ("small", small_settings)):
            folder = settings.snapshots_folder
            path = folder / (folder / "current").read_text(encoding="utf-8").strip()
            connection.execute(f"attach '{path}' as {name} (read_only)")
        yield connection


@pytest.mark.parametrize("table", INPUTS)
def test_every_kind_of_row_is_there(both: duckdb.DuckDBPyConnection, table: str) -> None:
    assert both.execute(f"from small.{table} limit 1").fetchone() is not None


@pytest.mark.parametrize("table", FIGURES)
def test_the_figures_of_a_unit_are_those_of_the_city(both: duckdb.DuckDBPyConnection, table: str) -> None:
    of_units = f"select * {POOLED[table]} from {{}}.{table} where district_code in {UNITS}"
    if table == "warning":
        of_units += " and warning_code <> 'target_unlikely'"
    city, small = of_units.format("city"), of_units.format("small")
    assert both.execute(small).fetchone() is not None
    assert both.execute(f"({city} except {small}) union all ({small} except {city})").fetchall() == []


def test_all_periods_and_all_states_of_issues_are_there(both: duckdb.DuckDBPyConnection) -> None:
    for column, table in (("period", "stg_snapshot"), ("status", "stg_issue"), ("phase_code", "stg_plan")):
        wanted, found = (
            set(both.execute(f"select distinct {column} from {name}.{table}").fetchall()) for name in ("city", "small")
        )
        assert found == wanted, table
