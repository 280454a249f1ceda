"""A narrow account is told what its words cover, and of nothing that it may not know."""

from dataclasses import replace

import pytest

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER, Scope
from tests.one_fact.surfaces import Asked

UNIT, SCHOOL = "500242", "S500242-086"
SCOPES = {"district": None, "school": frozenset({SCHOOL})}


def narrow(deps: Dependencies, who: str) -> Asked:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({UNIT}), SCOPES[who]))
    own = replace(deps, current_viewer=lambda: viewer).for_viewer()
    return Asked(own, "2026", "as_was")


@pytest.mark.parametrize("who", SCOPES)
def test_what_a_narrow_account_is_told_covers_its_own(deps: Dependencies, who: str) -> None:
    asked = narrow(deps, who)
    page = asked.page("/")
    assert "全市还差" not in page.plain
    assert "酉阳还差" in page.plain
    assert "全市1个" not in page.plain
    assert "全市1个" not in asked.projector.plain
    assert "还没有会议记录" not in asked.page("/plan").plain
    assert asked.page("/plan").heading.startswith("酉阳")
    assert "应达标" not in asked.page("/plan").heading
    district = asked.page(f"/district/{UNIT}").plain
    assert "灰线" not in district
    assert "深色为" not in district


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
