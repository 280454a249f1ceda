"""What belongs to the units of its day says so, and counts those, whatever boundaries the address asks for."""

import re

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from queries import overview
from tests.one_fact.surfaces import Asked, found

UNIT, SCHOOL_OF_LATER = "500109", "S500112-082"
"""北碚, and a school that it received from 渝北 after 2025."""
STATES = [("2019", "current"), ("2025", "current"), ("2025", "as_was"), ("2026", "current")]


@pytest.mark.parametrize(("period", "basis"), STATES)
@pytest.mark.parametrize("unit", ["", UNIT])
def test_leads_count_the_units_that_were_tested(deps: Dependencies, period: str, basis: str, unit: str) -> None:
    """`37个区县、6种检验全部做完` stood above `检验41个区县`, and a unit of later was 样本小."""
    asked = Asked(deps, period, basis, unit)
    page = asked.page("/leads")
    reported = sum(u.is_reported for u in overview.unit_status(deps.warehouse.current(), period, "as_was"))
    assert found(r"(\d+)个区县、6种检验，样本够的都已做完", page.plain) == str(reported)
    assert "全部做完" not in page.plain, "32 of 36 units had too few cases for 刚好过线"
    assert "6种检验都在报警线以下" not in page.plain, "what was not tested is below no line"
    for test in ("整数过多", "刚好过线"):
        tested = int(found(rf"{test}：检验(\d+)个区县", page.html) or 0)
        left = int(found(rf"(\d+)个区县的“{test}”", page.plain) or 0)
        assert tested + left == reported, test


@pytest.mark.parametrize("path", ["/leads", "/warn", "/ledger", f"/school/{SCHOOL_OF_LATER}"])
@pytest.mark.parametrize(("period", "basis"), STATES)
def test_the_footnote_names_the_boundaries_of_the_day(deps: Dependencies, path: str, period: str, basis: str) -> None:
    """`预警按当年区划` stood above `数据期2025年9月；按现在区划`."""
    footnote = Asked(deps, period, basis, UNIT).page(path).plain.split("数据期")[-1]
    assert "按当年区划；" in footnote
    assert "按现在区划；" not in footnote


@pytest.mark.parametrize(("period", "basis"), STATES)
def test_changes_are_of_every_period_by_the_boundaries_of_the_day(deps: Dependencies, period: str, basis: str) -> None:
    """`数据期2025年9月；按现在区划` stood below what is compared in every period as it was."""
    page = Asked(deps, period, basis, UNIT).page("/changes").plain
    assert "各数据期；按当年区划；口径" in page
    assert not re.search(r"数据期\d{4}年\d月；", page)


def test_a_school_leads_to_the_unit_of_its_day(deps: Dependencies) -> None:
    page = Asked(deps, "2025", "current").page(f"/school/{SCHOOL_OF_LATER}")
    link = re.search(r'href="(/district/[^"?]*)([^"]*)"[^>]*>渝北区<', page.html)
    assert link is not None
    assert page_of(deps, link[1], link[2].replace("&amp;", "&"))[0] == "district"


@pytest.mark.parametrize(
    ("unit", "period", "basis", "words"),
    [
        ("500112", "2025", "current", "渝北区在2025年11月5日之后不再是报送单位"),
        ("P50LJ2", "2025", "as_was", "两江新区自2025年11月6日起才是报送单位"),
        ("500238", "2026", "as_was", "巫溪县：本期未报送学校数据"),
    ],
)
def test_a_unit_that_is_not_there_has_no_missing_stage(
    deps: Dependencies, unit: str, period: str, basis: str, words: str
) -> None:
    """`该数据期这个区县没有这个学段或指标` of a unit that did not exist, and `所选数据期没有` of one that did."""
    page = Asked(deps, period, basis).page(f"/cv/{unit}/primary/L5").plain
    assert words in page
    assert "没有这个学段或指标" not in page
    assert "所选数据期没有" not in page


def test_a_count_of_leads_beside_units_over_the_line_says_of_whom_it_is(deps: Dependencies) -> None:
    """`4个过了报警线` stood beside `列为线索 0` and above `本期没有线索`."""
    asked = Asked(deps, "2025", "as_was", UNIT)
    own = asked.page("/leads").table("已检验")
    assert own is not None
    assert "北碚区列为线索" in own.rows[0]
    assert "北碚区本期没有线索" in asked.page("/leads").plain
    city = Asked(deps, "2025", "as_was").page("/leads").table("已检验")
    assert city is not None
    assert "列为线索" in city.rows[0]


@pytest.mark.parametrize("mode", ["", "&mode=meeting"])
@pytest.mark.parametrize("path", ["/leads", "/warn"])
def test_what_belongs_to_units_of_then_says_so_on_the_wall_too(deps: Dependencies, path: str, mode: str) -> None:
    """`两江新区没有需要到校核实的线索` on a wall that had no room for whose leads they are."""
    words = Asked(deps, "2025", "current", "P50LJ2").page(path, mode).plain
    assert re.search(r"两江在本期之后变更了边界：(线索|预警)属于当时的单位", words)
    if path == "/leads":
        assert "没有检验：当时还没有这个单位" in words
        assert "没有需要到校核实的线索" not in words, "nobody looked"
