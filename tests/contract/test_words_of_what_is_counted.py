"""The words beside a count are those of its rule: whoever counts by them comes to the same number."""

from collections.abc import Sequence

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from data.catalogue.matter_tables import Transition
from data.text import text
from tests.one_fact.surfaces import Asked, found
from tests.people import CATALOGUE

AUTUMN, SPRING = "2026", "2026-03"
YEAR_BEFORE = "2025"
STAGE_LIMITS = {"primary": 0.50, "junior": 0.45}
COPIES, OTHER_TESTS = "数据雷同", ("整数过多", "学生数变动异常")
LEAST_PUPILS_OF_COPIES = 50
CLOSED = "&only=closed"


def rows_of(page_rows: Sequence[Sequence[str]], head: str) -> list[str]:
    return next(list(row) for row in page_rows if row[0].startswith(head))


@pytest.mark.parametrize("unit", ["", "500109", "500238", "500242"])
def test_what_no_round_reached_is_not_said_never_visited(deps: Dependencies, unit: str) -> None:
    """`北碚区：没有督导走访，9所薄弱学校从未走访` stood beside 13 visits that the system holds, one of them to such a school."""
    a = Asked(deps, AUTUMN, "as_was", unit)
    page = a.page("/rounds")
    for words in (page.plain, a.slides["rounds"].title_words, a.slides["rounds"].sentence, a.paper("docx")):
        assert "从未走访" not in words
        assert "尚未走访" not in words
    assert "没有督导走访" not in page.heading
    assert "：没有走访记录" not in page.plain


def test_what_rose_by_less_than_a_change_is_not_among_those_said_to_be_higher(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection
) -> None:
    """`超上限，且较上年更高` had 8, where 丰都's ninth had risen from 0.475 to 0.476."""
    risen = facts.execute(
        "select cv.stage, cv.cv from unit_cv as cv inner join cv_change as change"
        " using (period, basis, district_code, stage, indicator_code)"
        " where period = ? and basis = 'as_was' and cv.cv > change.previous_cv and not change.is_double_red",
        [AUTUMN],
    ).fetchall()
    assert any(cv > STAGE_LIMITS[stage] for stage, cv in risen)
    a = Asked(deps, AUTUMN, "as_was")
    for words in (a.page("/").plain, a.page("/league").plain, a.page("/method").plain, a.paper("docx")):
        assert "更高" not in words


@pytest.mark.parametrize("period", [YEAR_BEFORE, SPRING, AUTUMN])
def test_only_schools_large_enough_are_said_to_be_compared(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection, period: str
) -> None:
    """2,803所学校 had 武隆's two of 41 and 42 pupils, beside `只比对参评且学生不少于50人的学校`."""
    row = facts.execute(
        "select count(*) from (select return_id from school_return inner join section using (return_id)"
        " where period = ? group by return_id, pupils__primary, pupils__junior, pupils__senior"
        " having bool_or(section.is_in_scope) and coalesce(pupils__primary, 0) + coalesce(pupils__junior, 0)"
        " + coalesce(pupils__senior, 0) >= ?)",
        [period, LEAST_PUPILS_OF_COPIES],
    ).fetchone()
    assert row is not None
    page = Asked(deps, period, "as_was").page("/leads")
    tested = rows_of(page.rows("已检验"), COPIES)[2]
    assert found(r"(\d+)所学校", tested) == str(row[0])


def test_schools_that_take_no_part_are_said_to_be_in_the_tests_that_count_them(deps: Dependencies) -> None:
    """`不参评的不看` stood under a test of 2,912 schools, where 2,803 take part."""
    plain = Asked(deps, AUTUMN, "as_was").page("/leads").plain
    untested = plain[plain.index("本期没有检验的") :]
    assert "不参评的不看" not in plain
    for test in OTHER_TESTS:
        assert test in untested


def test_a_closed_issue_whose_value_may_stay_below_the_standard_is_not_said_to_reach_it(deps: Dependencies) -> None:
    """`监测值达标` counted 潼南's 0.95 of 1.00, an item that its section may leave."""
    page = Asked(deps, AUTUMN, "as_was").page("/ledger", CLOSED)
    assert "可留的1项，可不补" in page.plain
    assert page.rows("已销号之后")[0][0].strip() == "监测值达标或可留1项"


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_units_whose_coefficient_comes_too_late_are_all_named(deps: Dependencies, basis: str) -> None:
    """The city's list ended after 江津; 彭水's own page said that it is late too, and only 綦江 and 巫溪 were not known."""
    city = Asked(deps, AUTUMN, basis)
    over = [u for u in city.rows.units if u.worst_cv and u.worst_cv_limit and u.worst_cv > u.worst_cv_limit]
    late = [u.short_name for u in over if Asked(deps, AUTUMN, basis, u.district_code).page("/plan").rows("现有速度")]
    plain = city.page("/plan").plain
    told = plain[plain.index("差异系数到期仍超上限") : plain.index("最大差异系数到上限的距离")]
    assert len(late) > len(city.page("/plan").rows("现有速度"))
    assert [name for name in late if name not in told] == []
    assert found(r"另有(\d+)个到期也仍超上限", told) == str(len(late) - len(city.page("/plan").rows("现有速度")))


@pytest.mark.parametrize("unit", ["", "500103", "500242"])
def test_what_is_lacking_says_how_many_indicators_it_leaves_out(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection, unit: str
) -> None:
    """酉阳's list ended before its 3,208㎡ of sports ground, the city's before 67 teachers and 14,587㎡ of rooms."""
    row = facts.execute(
        "select count(distinct indicator_code) from section_gap inner join school_return using (return_id)"
        " where period = $period and is_in_scope and binding_gap > 0 and $unit in ('', district_code)",
        {"period": AUTUMN, "unit": unit},
    ).fetchone()
    assert row is not None
    page = Asked(deps, AUTUMN, "as_was", unit).page("/")
    left_out = int(found(r"另有(\d+)项也有缺口", page.plain) or 0)
    assert len(page.rows("还差")) + left_out == row[0]


def test_a_rebound_is_explained_by_each_way_into_it() -> None:
    """`反弹：销号以后监测值再次低于标准` stood beside one that a look-back had found, whose value meets the standard."""
    in_full = {"rebound": "监测值再次低于标准", "find_rebound": "回头看认定"}
    beside_a_count = {"rebound": "再次不达标", "find_rebound": "复查认定"}
    ways = {t.action for t in CATALOGUE.rows(Transition) if t.to_state == "rebounded" != t.from_state}
    assert ways == set(in_full)
    assert all(word in text("gloss.rebounded") for word in in_full.values())
    assert all(word in text("ledger.after_rebounded_note") for word in beside_a_count.values())
