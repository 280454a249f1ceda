"""Every visit is counted once wherever rounds are told of, those to schools that are gone too.

What is expected is counted here from the visits as they were handed in.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER, Scope
from queries.reader import Snapshot
from tests.one_fact.register_supervision import visits_of
from tests.one_fact.surfaces import Asked, Page, found

UNIT, SCHOOL = "500242", "S500242-086"
PERIODS = ("2024", "2025", "2026")


@pytest.fixture(scope="module")
def handed_in(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    copy = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    shutil.copy(snapshot.path, copy)
    with duckdb.connect(str(copy), read_only=True) as opened:
        yield opened


def counted(handed_in: duckdb.DuckDBPyConnection, period: str, unit: str = "") -> tuple[int, int, int]:
    """Visits, findings, and visits to schools that the period has no more."""
    row = handed_in.execute(
        "select count(*), sum(finding_count), sum(case when school_code in"
        " (select school_code from stg_school where period = $period) then 0 else 1 end)"
        " from stg_visit where visited_on <="
        " (select max(snapshot_date) from stg_snapshot where period = $period)"
        " and $unit in ('', district_code)",
        {"period": period, "unit": unit},
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def narrow(deps: Dependencies, schools: frozenset[str] | None) -> Asked:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({UNIT}), schools))
    return Asked(replace(deps, current_viewer=lambda: viewer).for_viewer(), "2026", "as_was")


def rows(page: Page) -> list[list[str]]:
    return [row for row in page.rows("薄弱未走访") if row[1]]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_every_visit_is_counted_and_those_to_schools_that_are_gone_are_named(
    deps: Dependencies, handed_in: duckdb.DuckDBPyConnection, period: str, basis: str
) -> None:
    visits, findings, absent = counted(handed_in, period)
    page = Asked(deps, period, basis).page("/rounds")
    assert f"个区县{visits}所" in page.heading
    assert sum(visits_of(r) for r in rows(page)) == visits
    assert f"走访共发现问题{findings}个" in page.plain
    assert found(r"有(\d+)所已不在本期", page.plain) == (str(absent) if absent else None)


@pytest.mark.parametrize("schools", [None, frozenset({SCHOOL})])
def test_a_narrow_account_is_told_of_its_own_unit_alone(
    deps: Dependencies, handed_in: duckdb.DuckDBPyConnection, schools: frozenset[str] | None
) -> None:
    visits, findings, absent = counted(handed_in, "2026", UNIT)
    whole = Asked(deps, "2026", "as_was", UNIT).page("/rounds")
    page = narrow(deps, schools).page("/rounds")
    assert "个区县" not in page.heading
    assert f"督导走访{visits}所" in page.heading
    assert f"走访共发现问题{findings}个" in page.plain
    assert found(r"有(\d+)所已不在本期", page.plain) == (str(absent) if absent else None)
    assert found(r"，(\d+)所薄弱", page.heading) == found(r"，(\d+)所薄弱", whole.heading)
    assert rows(page) == rows(whole)
    assert "个区县各轮都未走到" not in page.plain
    assert not re.search(r"：(?:[2-9]|\d\d)个区县", page.plain)
    assert bool(schools) == ("您管理的学校中" in page.plain)
