"""A narrow account is told what its words cover, and of nothing that it may not know."""

import re
from dataclasses import replace

import pytest

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER, Scope
from data.catalogue.tables import District
from data.text import text
from tests.one_fact.surfaces import Asked

UNIT, SCHOOL = "500242", "S500242-086"
SCOPES = {"district": None, "school": frozenset({SCHOOL})}


def narrow(deps: Dependencies, who: str) -> Asked:
    return of_unit(deps, UNIT, "2026", "as_was", SCOPES[who])


def of_unit(deps: Dependencies, unit: str, period: str, basis: str, schools: frozenset[str] | None = None) -> Asked:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({unit}), schools))
    return Asked(replace(deps, current_viewer=lambda: viewer).for_viewer(), period, basis)


@pytest.mark.parametrize("who", SCOPES)
def test_what_a_narrow_account_is_told_covers_its_own(deps: Dependencies, who: str) -> None:
    asked = narrow(deps, who)
    page = asked.page("/")
    assert "全市还差" not in page.plain
    assert page.heading == "酉阳土家族苗族自治县：未达标，32项达标22项"
    assert "全市1个" not in page.plain
    assert "全市1个" not in asked.projector.plain
    assert "还没有会议记录" not in asked.page("/plan").plain
    assert asked.page("/plan").heading.startswith("酉阳")
    assert "应达标" not in asked.page("/plan").heading
    district = asked.page(f"/district/{UNIT}").plain
    assert "灰线" not in district
    assert "深色为" not in district
    for own in (asked.page("/trend"), asked.page("/trend", f"&district={UNIT}")):
        assert "中位数" not in own.plain.split("演示数据：")[0]
    assert "四个片区" not in asked.page("/league").plain


def test_a_school_is_told_that_the_list_is_of_its_schools(deps: Dependencies) -> None:
    asked = narrow(deps, "school")
    district = asked.page(f"/district/{UNIT}").plain
    assert "您管理的学校补齐清单" in district or "您管理的学校没有缺口" in district
    assert "本页只含您管理" not in district
    assert "合计、达标和差异系数是酉阳各校的" in district
    whole = Asked(deps, "2026", "as_was", UNIT).page(f"/district/{UNIT}").plain
    assert "您管理的学校" not in whole
    assert "灰线" in whole


def test_a_warning_of_overdue_issues_says_which_are_counted(deps: Dependencies) -> None:
    words = narrow(deps, "school").page("/warn").plain
    assert "条逾期超过" in words
    assert words.count("条逾期超过") == words.count("您能看到的问题中")
    assert "您能看到的问题中" not in narrow(deps, "district").page("/warn").plain


def test_the_account_of_a_unit_that_did_not_report_is_told_of_no_success(deps: Dependencies) -> None:
    """巫溪 in 2026 read `32项全部达标`, `各项指标都已达标`, `0所薄弱学校`, `1个区县在上限内`."""
    asked = of_unit(deps, "500238", "2026", "as_was")
    assert asked.page("/matrix").heading == "巫溪县：本期未报送学校数据"
    assert asked.page("/matrix", "&stage=primary").heading == "巫溪县：本期未报送学校数据"
    assert "薄弱学校" not in asked.page("/rounds").heading
    assert "个区县在上限内" not in "".join(asked.page("/", "&indicator=L2").section_titles)
    assert list(asked.slides) == ["overview", "warn", "ledger"]
    for words in (asked.projector.plain, asked.paper("docx"), asked.paper("pptx"), asked.page("/matrix").heading):
        for said in ("都已达标", "全部达标", "没有未达标项", "都在上限以内", "薄弱"):
            assert said not in words.replace(text("meeting.district_date"), ""), said


def test_what_cannot_be_judged_is_no_success_either(deps: Dependencies) -> None:
    """九龙坡 in 2025, recast: no item fails, 25 are unknown."""
    asked = of_unit(deps, "500107", "2025", "current")
    first, bill, spread, schools, *_ = asked.slides.values()
    assert first.title == [("", "九龙坡："), ("", "32项中没有未达标项，25项无法判定")]
    assert bill.title_words == "九龙坡：没有必须补齐的缺口"
    assert spread.title_words == "九龙坡：差异系数都在上限以内"
    assert schools.title_words == "九龙坡：没有学校有缺口"


COUNTS_OF_ONE = re.compile(r"\d+个区县|各区县|没有区县")


@pytest.mark.parametrize("unit", [UNIT, "500107", "500238"])
def test_an_account_of_one_unit_is_told_of_that_unit(deps: Dependencies, unit: str) -> None:
    """`九龙坡：没有区县有未达标项`, `1个区县有未达标项，酉阳最多` and `1个区县中，1个达标` stood above one unit."""
    asked = of_unit(deps, unit, "2026", "as_was")
    name = next(d.short_name for d in deps.catalogue.rows(District) if d.district_code == unit)
    for path in ("/", "/plan", "/league", "/matrix", "/warn", "/rounds", "/ledger", "/trend"):
        heading = asked.page(path).heading
        assert heading.startswith(name), path
        assert not COUNTS_OF_ONE.search(heading), heading
    for slide in asked.slides.values():
        assert slide.title_words.startswith(name)
        assert not COUNTS_OF_ONE.search(slide.title_words), slide.title_words


def test_items_that_fail_as_often_as_the_last_one_named_are_counted(deps: Dependencies) -> None:
    """Of ten items that one unit fails two were called the most."""
    words = "2个区县32项中，未达标最多的是L1高于规定学历教师（1个）、L2骨干教师（1个）等10项"
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({UNIT, "500107"})))
    two = Asked(replace(deps, current_viewer=lambda: viewer).for_viewer(), "2026", "as_was")
    assert two.page("/matrix").heading == words
