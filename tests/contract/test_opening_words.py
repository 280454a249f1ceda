"""What a new issue says of its value, and what the list of a unit's failing values says of itself."""

import re

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.meeting_context import unit_names
from tests.one_fact.surfaces import Asked

SILENT, ALL_MET, UNIT, WITH_ITEMS = "500238", "P50LJ2", "500103", "500242"


def drawer(deps: Dependencies, unit: str, more: str = "", period: str = "2026") -> str:
    html = Asked(deps, period, "as_was", unit).page("/ledger", "&about=failing" + more).html
    return html[html.index(">新问题<") :]


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize("period", ["2025", "2026"])
def test_a_unit_that_sent_nothing_is_not_said_to_have_nothing_that_fails(deps: Dependencies, period: str) -> None:
    """`没有未达标的数` of a unit whose last return is missing."""
    words = plain(drawer(deps, SILENT, period=period))
    assert "最新一期没有这个区县的数据" in words
    assert "没有未达标的数" not in words


def test_a_unit_that_meets_all_has_nothing_that_fails(deps: Dependencies) -> None:
    assert "没有未达标的数" in plain(drawer(deps, ALL_MET))


def test_the_heading_counts_the_values_that_it_lists(deps: Dependencies) -> None:
    """`将要立的问题` stood above 14 values, of which 12 had an issue."""
    html = drawer(deps, UNIT)
    rows = re.findall(r"<li[ >].*?</li>", html, re.DOTALL)
    words = plain(html)
    assert f"未达标的{len(rows)}个数" in words
    assert f"最新一期有{len(rows)}个数未达标：{sum('将立' in r for r in rows)}个将立问题" in words
    assert "将要立的问题" not in words


def test_a_list_of_one_stage_or_item_says_so(deps: Dependencies) -> None:
    words = plain(drawer(deps, UNIT, "&stage=junior&indicator=L2"))
    assert "只列初中、L2 骨干教师。" in words
    assert "只列" not in plain(drawer(deps, UNIT))


def test_a_cv_is_called_one_and_an_item_has_its_unit(deps: Dependencies) -> None:
    """`小学运动场馆0.609，标准上限0.50` of a CV; `教师培训学时98.40，标准100.00` of percent."""
    words = plain(drawer(deps, WITH_ITEMS))
    assert re.search(r"L5 小学运动场馆差异系数0\.\d{3}，上限0\.50，超0\.\d+", words)
    assert "标准上限" not in words
    assert "G9 教师培训学时98.4，标准100%" in words
    assert "Q4 培训经费4.78，标准5%" in words


def test_an_issue_of_a_cv_names_it(deps: Dependencies) -> None:
    page = Asked(deps, "2026", "as_was", UNIT).page("/ledger", "&only=all")
    code = next(row[0] for row in page.rows("完成时限") if row[2] == "L5 小学运动场馆差异系数")
    detail = Asked(deps, "2026", "as_was", UNIT).page("/ledger", f"&issue={code}").plain
    assert re.search(r"0\.\d{3}，上限0\.50", detail)
    assert "标准上限" not in detail


def test_an_issue_in_words_is_of_a_unit_that_the_pages_know(deps: Dependencies) -> None:
    """39 units could be chosen of a city of 37: two are invented, and published nowhere."""
    html = Asked(deps, "2026", "as_was").page("/ledger", "&about=words").html
    choice = re.search(r'<select[^>]*name="district_code".*?</select>', html, re.DOTALL)
    assert choice is not None
    known = {u.district_code for u in Asked(deps, "2026", "as_was").rows.units}
    assert set(re.findall(r'value="(\w+)"', choice[0])) == known
    assert {code for code, _ in unit_names(deps)} == known, "nor does a meeting decide of them"
