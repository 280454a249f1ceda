"""The league table rules: ties, who is not ranked, one basis, no score."""

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from data.settings import Settings
from data.warehouse.rules import load_rules
from layouts.markup import to_html
from layouts.pages.league.side import _groups


@dataclass(frozen=True)
class Unit:
    district_code: str
    verdict: str = "unmet"
    met_count: int = 30
    worst_cv: float | None = 0.5
    worst_cv_limit: float | None = 0.5
    school_count: int = 40
    group_code: str = "a"
    undecidable_count: int = 0


def ranked(units: list[Unit]) -> list[tuple[str, int | None, bool]]:
    """Code, place and whether it is shared, in league order, by the published rule."""
    with duckdb.connect() as connection:
        connection.execute("create table stg_snapshot as select '2026' as period, date '2026-09-30' as snapshot_date")
        connection.execute(
            "create table cat_parameters as select * from (values"
            " ('cv_display_step', 0.001, date '2012-01-01', null),"
            " ('minimum_schools_for_rank', 10, date '2012-01-01', null))"
            " as t (parameter_code, value, valid_from, valid_to)"
        )
        connection.execute(
            "create table unit_status (period varchar, basis varchar, district_code varchar,"
            " group_code varchar, verdict varchar, met_count integer, worst_cv double,"
            " worst_cv_limit double, school_count integer, undecidable_count integer)"
        )
        connection.executemany(
            "insert into unit_status values ('2026', 'as_was', ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    u.district_code,
                    u.group_code,
                    u.verdict,
                    u.met_count,
                    u.worst_cv,
                    u.worst_cv_limit,
                    u.school_count,
                    u.undecidable_count,
                )
                for u in units
            ],
        )
        (rule,) = [r for r in load_rules(Settings().rules_folder) if r.relation == "unit_rank"]
        connection.execute(f"create table unit_rank as {rule.sql}")
        return connection.execute(
            "select district_code, city_place, is_tied from unit_rank order by league_order"
        ).fetchall()


def test_what_is_printed_the_same_is_tied_and_the_next_rank_is_skipped() -> None:
    units = [Unit("1", worst_cv=0.51), Unit("3", worst_cv=0.5204), Unit("2", worst_cv=0.5196), Unit("4", worst_cv=0.55)]
    assert ranked(units) == [("1", 1, False), ("2", 2, True), ("3", 2, True), ("4", 4, False)]


def test_what_is_missing_gives_no_place() -> None:
    units = [
        Unit("1", met_count=1, undecidable_count=25),
        Unit("2", met_count=20),
        Unit("3", met_count=31, undecidable_count=1),
    ]
    assert ranked(units) == [("2", 1, False), ("3", None, False), ("1", None, False)]


def test_what_is_printed_differently_is_not_tied() -> None:
    units = [Unit(str(n), worst_cv=0.5 + n * 0.0008) for n in range(4)]  # 0.500 0.501 0.502 0.502
    assert [place for _, place, _ in ranked(units)] == [1, 2, 3, 3]


def test_vetoed_undecidable_and_small_are_listed_not_ranked() -> None:
    units = [
        Unit("a", verdict="veto"),
        Unit("b", verdict="undecidable", worst_cv=None),
        Unit("c", school_count=9),
        Unit("d"),
    ]
    assert dict((c, p) for c, p, _ in ranked(units)) == {"a": None, "b": None, "c": None, "d": 1}


def test_order_is_items_met_then_largest_share_of_the_limit() -> None:
    units = [
        Unit("a", met_count=29, worst_cv=0.4),
        Unit("b", met_count=30, worst_cv=0.6),
        Unit("c", met_count=30, worst_cv=0.5, worst_cv_limit=0.45),
    ]
    assert [code for code, _, _ in ranked(units)] == ["c", "b", "a"]


def test_a_unit_with_more_items_never_stands_under_one_with_fewer() -> None:
    units = [
        Unit("a", verdict="near", met_count=28, worst_cv=0.4),
        Unit("b", verdict="unmet", met_count=31, worst_cv=0.6),
        Unit("c", verdict="veto", met_count=32),
    ]
    assert ranked(units) == [("b", 1, False), ("a", 2, False), ("c", None, False)]


def test_a_small_part_of_a_large_group_is_a_bar_and_not_one_below_zero() -> None:
    verdicts = ["met"] + ["unmet"] * 999  # one of a thousand units on 150 pixels
    units = [SimpleNamespace(group_name="全省", standing=v) for v in verdicts]
    view: Any = SimpleNamespace(rows=SimpleNamespace(units=units))
    widths = re.findall(r'<rect[^>]*width="([^"]+)"', to_html([_groups(view)]))
    assert [float(w) for w in widths] == [1, pytest.approx(148.9, abs=0.1)]
