"""Whoever supplies exactly what is printed complies; one printed step less does not (§6)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.catalogue.loader import load_catalogue
from data.warehouse.staging import load_catalogue_tables
from queries.reader import Snapshot
from tests.depth import NO_HEALTH_CHECKS
from tests.oracle_amounts import KINDS
from tests.oracle_strategies import schools
from tests.returns import canonical_rows
from tests.supplying import assert_that_amounts_suffice_and_nothing_less


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("set threads = 2")
        load_catalogue_tables(opened, load_catalogue())
        yield opened


def test_for_schools_of_every_kind(connection: duckdb.DuckDBPyConnection) -> None:
    seen: Counter[str] = Counter()

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=NO_HEALTH_CHECKS,
        phases=[Phase.generate],
    )
    @given(drawn=st.lists(schools(), min_size=40, max_size=55))
    def supply(drawn: list[dict[str, Any]]) -> None:
        every = [{**row, "学校代码": f"S{number}"} for number, row in enumerate(drawn)]
        seen.update(row["办学类型"] for row in every)
        failing, amounts = assert_that_amounts_suffice_and_nothing_less(connection, canonical_rows(every))
        seen.update(failing=failing, amounts=amounts)

    supply()
    assert set(KINDS) < set(seen)
    assert seen["amounts"] > seen["failing"] > 300


@pytest.mark.parametrize("period", ["2019", "2026"])
def test_for_every_school_of_the_demonstration(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, period: str
) -> None:
    with duckdb.connect() as reading:
        reading.execute(f"attach '{snapshot.path}' as published (read_only)")
        frame = reading.execute(
            "select * exclude (return_id, batch_id, source_sheet, source_row, is_demonstration)"
            " from published.school_return where period = $period",
            {"period": period},
        ).df()
    assert len(frame) > 2500
    text = frame.astype("object").where(frame.notna(), None).map(lambda cell: "" if cell is None else str(cell))
    failing, amounts = assert_that_amounts_suffice_and_nothing_less(connection, text)
    assert amounts > failing > 100
