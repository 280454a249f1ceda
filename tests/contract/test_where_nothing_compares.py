"""What cannot be compared is no zero: 双红 without a year before, changes of a unit without two verdicts.

And what was said of units of another day, or of a return that a later one overtook.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from callbacks.files.documents import material_file, meeting_file
from callbacks.files.official_forms import forms_file
from callbacks.rendering.dispatch import page_of
from data.access import LOCAL_VIEWER, Scope
from data.settings import Settings
from data.store.agenda import add_slide
from data.store.engine import open_store
from data.store.meetings import create_meeting
from layouts.page import static_page
from tests.contract.test_as_of import come_in
from tests.one_fact.surfaces import Asked, content_of, docx_words, xlsx_cells
from tests.stores import NOW, an_issue

PAGES = ("/", "/plan", "/league", "/matrix", "/trend", "/warn")
NO_RED = re.compile(r"没有未达标又变差|0个未达标又变差|变差）?0个|0个区县0项|较—")


def own(deps: Dependencies, unit: str, period: str, basis: str) -> Asked:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({unit})))
    return Asked(replace(deps, current_viewer=lambda: viewer).for_viewer(), period, basis)


def over_limit(facts: duckdb.DuckDBPyConnection, period: str, basis: str) -> list[tuple[str, bool]]:
    """The CVs over their limit: unit, and whether the autumn before has a comparable one."""
    return facts.sql(
        "select district_code, change_kind is not null from cv_standing"
        f" where period = '{period}' and basis = '{basis}' and cv > cv_limit"
    ).fetchall()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_the_first_period_has_no_double_red_to_count(deps: Dependencies, path: str, basis: str) -> None:
    """`40个区县差异系数超上限，0个`, `较—`: there is no year before to be worse than."""
    assert not NO_RED.search(Asked(deps, "2018", basis).page(path).plain)


def test_the_first_period_says_how_many_cannot_be_judged(deps: Dependencies, facts: duckdb.DuckDBPyConnection) -> None:
    asked = Asked(deps, "2018", "as_was")
    over = over_limit(facts, "2018", "as_was")
    words = f"{len(over)}项差异系数超上限，没有可比的上年值，不判是否变差"
    assert len(over) > 100
    assert not any(is_compared for _, is_compared in over)
    for path in ("/", "/league", "/matrix"):
        assert words in asked.page(path).plain, path
    for kind in ("docx", "pptx", "pdf"):
        assert words in asked.paper(kind), kind
        assert not NO_RED.search(asked.paper(kind)), kind


@pytest.mark.parametrize(("period", "basis"), [("2019", "as_was"), ("2025", "current"), ("2026", "as_was")])
def test_a_count_of_double_red_names_what_it_leaves_out(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection, period: str, basis: str
) -> None:
    asked = Asked(deps, period, basis)
    left_out = sum(not is_compared for _, is_compared in over_limit(facts, period, basis))
    said = [
        re.findall(r"另有(\d+)项超上限而没有可比的上年值", asked.page(path).plain)
        for path in ("/", "/league", "/matrix")
    ]
    assert said == [[str(left_out)] if left_out else []] * 3


def test_an_account_of_a_unit_without_two_verdicts_is_told_of_no_change(deps: Dependencies) -> None:
    """The plan said 不比较 and the overview 新达标0, 新逾期0."""
    for unit, name, period, basis in (("500238", "巫溪", "2026", "as_was"), ("P50LJ2", "两江", "2025", "current")):
        asked = own(deps, unit, period, basis)
        words = f"{name}前后有一期没有判定"
        assert words in asked.page("/plan").plain
        assert "新达标" not in asked.page("/").plain
        assert "新达标" not in asked.page("/plan").plain


def test_an_account_of_a_silent_unit_sees_no_counts_of_failures(deps: Dependencies) -> None:
    asked = own(deps, "500238", "2026", "as_was")
    matrix = asked.page("/matrix").plain
    assert "格未达标" not in matrix
    assert "未达标区县数" not in matrix
    assert not re.search(r"实际\d+个", asked.page("/").plain)
    assert asked.page("/").heading == "巫溪县：未报送"
    assert "格未达标" in Asked(deps, "2026", "as_was").page("/matrix").plain


def test_the_units_without_a_plan_are_none_of_those_not_projected(deps: Dependencies) -> None:
    """`没有推算37个（其中4个未编入规划）`: the four stand beside the 37."""
    asked = Asked(deps, "2019", "as_was")
    planned = [u for u in asked.rows.units if u.phase_code is not None and u.progress != "met"]
    beside = [u for u in asked.rows.units if u.phase_code is None]
    for kind in ("docx", "pptx"):
        assert re.search(rf"另有{len(beside)}个未编入规划", asked.paper(kind))
        assert "其中4个未编入规划" not in asked.paper(kind)
    assert asked.number("plan", "没有推算") == f"{len(planned)}个"


def test_leads_and_warnings_of_another_day_are_no_good_news(deps: Dependencies) -> None:
    """`2025年9月两江新区没有线索`, while the city's list held one of a school that is in it today."""
    city = Asked(deps, "2025", "current")
    assert "两江新区示例第十三学校" in city.page("/leads").plain
    recut = "沙坪坝、九龙坡、北碚、两江、綦江在本期之后变更了边界："
    assert recut + "线索属于当时的单位" in city.page("/leads").plain
    assert recut + "预警属于当时的单位" in city.page("/warn").plain
    for asked in (Asked(deps, "2025", "current", "P50LJ2"), own(deps, "P50LJ2", "2025", "current")):
        assert "两江在本期之后变更了边界：线索属于当时的单位" in asked.page("/leads").plain
        assert "两江在本期之后变更了边界：预警属于当时的单位" in asked.page("/warn").plain
    assert "在本期之后变更了边界" not in Asked(deps, "2026", "current").page("/leads").plain
    assert "在本期之后变更了边界" not in Asked(deps, "2025", "as_was").page("/leads").plain


def test_no_lead_is_counted_where_a_test_did_not_look(deps: Dependencies) -> None:
    """巫溪, which sent nothing, read six times 0; so did whoever has too few values at a line for 刚好过线."""

    def by_test(unit: str) -> dict[str, list[str]]:
        table = next(t for t in Asked(deps, "2026", "as_was", unit).page("/leads").tables if "已检验" in t.rows[0])
        return {row[0][:4]: row[1:] for row in table.rows[table.head_rows :]}

    city = Asked(deps, "2026", "as_was")
    words = [by_test(unit.district_code)["刚好过线"][-1] for unit in city.rows.units]
    assert by_test("")["刚好过线"][-2] == f"{words.count('0')}个区县"
    assert f"{words.count('没检验') - 1}个区县的“刚好过线”" in city.page("/leads").plain
    assert {of_test[-1] for of_test in by_test("500238").values()} == {"没检验"}
    assert "没检验" not in {of_test[-1] for of_test in by_test("").values()}


def test_a_unit_that_was_not_there_yet_was_not_tested_and_is_not_told_of_no_lead(deps: Dependencies) -> None:
    """`2025年9月两江新区没有需要到校核实的线索` stood above six times 没检验."""
    for asked in (Asked(deps, "2025", "current", "P50LJ2"), own(deps, "P50LJ2", "2025", "current")):
        said = asked.page("/leads").plain
        assert "2025年9月两江新区没有检验：当时还没有这个单位" in said
        assert "两江新区本期没有检验" in said
        assert "没有需要到校核实的线索" not in said
    tested = Asked(deps, "2025", "current", "500109").page("/leads").plain
    assert "2025年9月北碚区没有需要到校核实的线索" in tested


def test_a_lead_of_a_former_unit_leads_to_that_unit(deps: Dependencies) -> None:
    page = Asked(deps, "2025", "current").page("/leads").html
    links = re.findall(r'href="(/district/P50LJ1[^"]*)"', page)
    assert links
    assert all("basis=current" not in link for link in links)


def test_the_ledger_names_schools_of_a_unit_that_did_not_report(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection
) -> None:
    """巫溪's schools stood as S500238-004."""
    words = Asked(deps, "2026", "as_was", "500238").page("/ledger").plain
    names = facts.sql(
        "select distinct school_name from stg_school where district_code = '500238' and period = '2026-03'"
    ).fetchall()
    assert not re.search(r"S500238-\d+", words)
    assert sum(name in words for (name,) in names) >= 5


def test_a_school_that_did_not_report_is_named(deps: Dependencies) -> None:
    assert "巫溪示例第四小学在2026年9月没有报送" in Asked(deps, "2026", "as_was").page("/school/S500238-004").plain


def test_a_school_of_a_former_area_came_from_the_area(deps: Dependencies) -> None:
    """`由两江新区划入两江新区` said nothing."""
    words = Asked(deps, "2026", "as_was").page("/school/SP50LJ1-013").plain
    assert "由原两江新区划入两江新区" in words
    assert "由渝北区划入两江新区" in Asked(deps, "2026", "as_was").page("/school/S500112-001").plain


def test_a_form_of_recast_figures_names_the_boundaries(deps: Dependencies) -> None:
    """Two forms of 北碚, with 71 and 67 sections, had one heading and one day."""
    for basis, is_named in (("current", True), ("as_was", False)):
        file = forms_file(deps, "forms", "/district/500109", f"?period=2025&basis={basis}")
        sheets = xlsx_cells(content_of(file))
        assert len(sheets) == 6
        assert all(("按现在区划" in rows[1][0]) is is_named for rows in sheets.values())


def test_a_warning_of_a_missed_target_says_that_a_later_return_met_it(deps: Dependencies) -> None:
    """璧山 was told `仍有4项未达标` in a letter of a day after the return that shows it met."""
    words = "2024年到期，仍有4项未达标；2026年9月已达标"
    for period in ("2025", "2026-03"):
        asked = Asked(deps, period, "as_was", "500120")
        assert words in asked.page("/warn").plain
        assert words in asked.letter
    assert "已达标" not in Asked(deps, "2025", "as_was", "500103").letter


@pytest.mark.parametrize("unit", ["500109", "P50LJ2"])
def test_a_unit_without_a_cv_has_no_double_red_to_count(deps: Dependencies, unit: str) -> None:
    """`未达标又变差0个区县0项，没有；差距最大：没有` of 北碚 in 2019, recast, whose CVs cannot be computed."""
    asked = Asked(deps, "2019", "current", unit)
    assert "差异系数无法计算" in asked.district.plain
    league = asked.page("/league")
    assert not NO_RED.search(league.plain)
    assert "差异系数无法计算，不判是否变差" in league.plain
    assert "差距最大|差异系数无法计算" in league.words


@pytest.fixture
def first_meeting(deps: Dependencies, tmp_path: Path) -> tuple[Dependencies, str]:
    """An installation whose only meeting was held before its ledger was recorded, and the query that pins it."""
    store = open_store(Settings(var_folder=tmp_path))
    come_in(store, an_issue(found_on=date(2026, 3, 10)), NOW)
    own_store = replace(deps, store=store)
    snapshot = deps.warehouse.current().info.snapshot_id
    code = create_meeting(store, LOCAL_VIEWER, "六月会", date(2026, 6, 18), snapshot, NOW)
    add_slide(store, LOCAL_VIEWER, code, "/ledger", "台账", NOW)
    return own_store, f"?snapshot={snapshot}&meeting={code}"


def test_a_meeting_before_the_first_record_counts_no_issues(first_meeting: tuple[Dependencies, str]) -> None:
    """`在办问题0条，没有逾期` of a day before anything was recorded, of issues that were found before it.

    The meeting's desk and minutes said `在办问题405条，4条逾期` of the slide that its wall showed empty.
    """
    deps, search = first_meeting
    pages = [words_of(deps, "/ledger", search)]
    pages += [words_of(deps, "/meeting", search + mode) for mode in ("", "&mode=meeting", "&mode=presenter")]
    pages.append(docx_words(content_of(material_file(deps, "docx", "/meeting", search))))
    pages.append(docx_words(content_of(meeting_file(deps, "minutes", "/meeting", search))))
    for said in pages:
        assert "台账中还没有记录" in said
        assert not re.search(r"在办问题[01]条|没有逾期|台账中没有问题|已销号0", said)
    assert "在办问题1条" in words_of(deps, "/ledger", "")


def test_the_first_meeting_is_not_told_that_there_is_none(first_meeting: tuple[Dependencies, str]) -> None:
    words = words_of(first_meeting[0], "/plan", first_meeting[1])
    assert "还没有会议记录" not in words
    assert "这次会议之前没有开过会议" in words


def words_of(deps: Dependencies, path: str, search: str) -> str:
    name, _, panels = page_of(deps, path, search)
    return re.sub(r"<[^>]*>", "", static_page(name, panels))


def test_large_counts_are_printed_alike(deps: Dependencies) -> None:
    """1,049所 beside 1049所."""
    assert not re.search(r"\d{4,}所", Asked(deps, "2019", "as_was").page("/rounds").plain)
