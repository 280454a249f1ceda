"""The demonstration agrees with the oracle, with the public totals, and accuses nobody."""

import csv
import itertools
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.settings import Settings
from queries import overview
from queries.reader import Snapshot
from tests import oracle


@pytest.fixture(scope="module")
def connection(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    copy = tmp_path_factory.mktemp("copy") / "snapshot.duckdb"
    shutil.copy(snapshot.path, copy)
    with duckdb.connect(str(copy), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def returns(demo_settings: Settings) -> dict[str, list[dict[str, object]]]:
    folder = demo_settings.var_folder / "sources"
    by_district: dict[str, list[dict[str, object]]] = defaultdict(list)
    with Path(folder / "学校基础数据表_2026.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            by_district[row["区县代码"]].append({k: v or None for k, v in row.items()})
    return by_district


def test_every_figure_of_2026_is_the_oracles(
    connection: duckdb.DuckDBPyConnection, returns: dict[str, list[dict[str, object]]]
) -> None:
    cvs = {
        tuple(key): (cv, within)
        for *key, cv, within in connection.execute(
            "select district_code, stage, indicator_code, cv, is_within_limit"
            " from district_indicator where period = '2026' and basis = 'as_was'"
            " and regime = 'quality_balanced'"
        ).fetchall()
    }
    verdicts = {
        (code, stage): complies
        for code, stage, complies in connection.execute(
            "select school_code, stage, complies from section_verdict"
            " inner join stg_school using (return_id) where period = '2026'"
        ).fetchall()
    }
    items = {
        (code, item): met
        for code, item, met in connection.execute(
            "select district_code, item_code, is_met from district_item where period = '2026'"
            " and basis = 'as_was' and dimension = 'resource_allocation'"
        ).fetchall()
    }
    assert len(returns) == 36
    compared = 0
    for district, rows in returns.items():
        expected = oracle.evaluate(rows)
        for d in expected["districts"]:
            cv, within = cvs[(district, d["stage"], d["indicator"])]
            assert within == d["complies"]
            if d["cv"] is not None:
                assert abs(cv - float(d["cv"])) <= 1e-12
            compared += 1
        for s in expected["sections"]:
            assert verdicts[(s["school_code"], s["stage"])] == s["complies"]
        [resource] = expected["resource_allocation"].values()
        for item, met in resource["items"].items():
            assert items[(district, item)] == met
    assert compared == 36 * 2 * 7


def test_the_citys_amounts_of_2026_are_the_oracles(
    snapshot: Snapshot, returns: dict[str, list[dict[str, object]]]
) -> None:
    """Per unit and item, for both stages and for each: the sum of what its schools must supply."""
    whole: Counter[tuple[str, str]] = Counter()
    of_stage: Counter[tuple[str, str, str]] = Counter()
    sections: Counter[tuple[str, str, str]] = Counter()
    for district, rows in returns.items():
        schools: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for section in oracle.evaluate(rows)["sections"]:
            schools[section["school_code"]].append(section)
        for members in schools.values():
            for section in members:
                for key, gap in section["gaps"].items():
                    whole[district, key] += gap["amount"]
                for key in (*section["gaps"], *section["supplied_with"]):
                    sections[district, section["stage"], key] += 1
    found: Counter[tuple[str, str]] = Counter()
    for row in overview.gaps(snapshot, "2026", "as_was"):
        found[row.district_code, row.indicator_code] += int(row.gap)
        key = (row.district_code, row.stage, row.indicator_code)
        assert row.section_count == sections[key], row
    assert +found == whole
    for stage in ("primary", "junior"):
        for row in overview.gaps(snapshot, "2026", "as_was", stage):
            of_stage[row.district_code, row.indicator_code, stage] += int(row.gap)
    for (district, key), amount in whole.items():
        alone = [of_stage[district, key, s] for s in ("primary", "junior")]
        assert max(alone) <= amount <= sum(alone)
    assert sum(amount for (_, key), amount in whole.items() if key == "L5") > 60_000


def test_public_totals(connection: duckdb.DuckDBPyConnection) -> None:
    visits = connection.execute(
        "select count(distinct round), count(distinct district_code), count(distinct school_code) from stg_visit"
    ).fetchone()
    assert visits == (3, 10, 732)
    funds = dict(
        (category, (count, int(amount)))
        for category, count, amount in connection.execute(
            "select category, count(distinct district_code), sum(amount_yuan) from stg_fund group by category"
        ).fetchall()
    )
    assert funds == {"专项转移支付": (7, 105_000_000), "奖励": (2, 1_000_000)}


@pytest.mark.parametrize(("table", "day"), [("stg_visit", "visited_on"), ("stg_fund", "paid_on")])
def test_no_invented_day_of_what_is_public_is_after_the_report(
    connection: duckdb.DuckDBPyConnection, table: str, day: str
) -> None:
    """The report of 2024-03 counts the three rounds and names the sums; all days are weekdays."""
    days = [found for (found,) in connection.execute(f"select {day} from {table}").fetchall()]
    assert max(days) <= date(2024, 3, 1)
    assert {found.isoweekday() for found in days} <= {1, 2, 3, 4, 5}


def test_rounds_follow_each_other_and_their_problems_are_found_on_the_visit(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rounds = connection.execute(
        "select round, min(visited_on), max(visited_on) from stg_visit group by round order by round"
    ).fetchall()
    assert [number for number, *_ in rounds] == [1, 2, 3]
    for (_, _, last), (_, first, _) in itertools.pairwise(rounds):
        assert last < first
    visits = {
        (code, number, day): count
        for code, number, day, count in connection.execute(
            "select school_code, round, visited_on, finding_count from stg_visit"
        ).fetchall()
    }
    found = Counter(
        connection.execute("select school_code, round, found_on from stg_issue where round is not null").fetchall()
    )
    assert found
    for visit, count in found.items():
        assert count <= visits[visit], visit


def test_no_veto_on_a_real_unit_and_public_recognition_holds(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("select sum(veto_count) from district_verdict").fetchone() == (0,)
    recognised = connection.execute(
        "select count(*) from cat_recognitions inner join stg_plan using (district_code)"
        " where stg_plan.status_code = 'recognised'"
    ).fetchone()
    assert recognised == (4,)
    marks = connection.execute("select has_demonstration from publication").fetchone()
    assert marks == (True,)


def test_an_invented_issue_says_no_amount_of_its_own(demo_settings: Settings) -> None:
    """`体育运动场馆差336㎡` was the section's share up to the standard; the school must supply 739㎡."""
    with (demo_settings.var_folder / "sources" / "问题台账表.csv").open(encoding="utf-8-sig") as stream:
        problems = {row["问题"] for row in csv.DictReader(stream)}
    assert problems
    assert all(p.endswith("低于标准") or "校际差异系数" in p for p in problems)


def test_real_volume(connection: duckdb.DuckDBPyConnection) -> None:
    rows = dict(connection.execute("select period, count(*) from stg_school group by period").fetchall())
    assert len(rows) == 11
    assert all(2_900 <= n <= 3_100 for n in rows.values())
    units = dict(
        connection.execute("select period, count(*) from unit where basis = 'as_was' group by period").fetchall()
    )
    assert units["2025"] == 41
    assert units["2026-03"] == units["2026"] == 37


def test_history_recast_to_present_boundaries(connection: duckdb.DuckDBPyConnection) -> None:
    """Pupils of the present units add up to those of the old ones, less schools not placeable."""
    was, now, lost = connection.execute(
        "select sum(section_verdict.pupils) filter (basis = 'as_was'),"
        " sum(section_verdict.pupils) filter (basis = 'current'),"
        " sum(section_verdict.pupils) filter (basis = 'current' and membership.district_code is"
        " null) from membership inner join section_verdict using (return_id)"
        " where period = '2024' and (basis = 'current' or district_code in"
        " ('500105', '500112', '500109', 'P50LJ1', 'P50GX1', 'P50WS1', '500106', '500107',"
        " '500110'))"
    ).fetchone() or (0, 0, 0)
    assert was == now
    assert int(lost or 0) < int(was) * 0.02
