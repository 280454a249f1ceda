"""Where nothing is known no page says that all is well, and each figure that is left out says why."""

import re
from dataclasses import replace

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER, Scope
from queries import plan
from tests.one_fact.surfaces import Asked, found

SILENT, RECUT, NEW, NEVER_CUT = "500238", "500109", "P50LJ2", "500242"


def of_account(deps: Dependencies, unit: str) -> Asked:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({unit})))
    return Asked(replace(deps, current_viewer=lambda: viewer).for_viewer(), "2026", "as_was")


@pytest.mark.parametrize("unit", [RECUT, SILENT, NEW])
def test_a_unit_that_nobody_visited_has_no_visits_without_findings(deps: Dependencies, unit: str) -> None:
    """`0轮督导走访0所` and `走访共发现问题0个` beside `未到` and `—`."""
    page = Asked(deps, "2026", "as_was", unit).page("/rounds")
    assert page.heading.split("：")[1].startswith("没有一轮督导走访，")
    assert "发现问题" not in page.plain
    assert "0轮" not in page.heading


def test_a_period_before_all_rounds_has_none(deps: Dependencies) -> None:
    a = Asked(deps, "2019", "as_was")
    assert a.page("/rounds").heading.startswith("没有一轮督导走访，")
    assert a.slides["rounds"].title_words.startswith("没有一轮走访，")


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_nothing_is_said_to_be_unchanged_of_a_unit_that_sent_nothing(deps: Dependencies, basis: str) -> None:
    page = Asked(deps, "2026", basis, SILENT).page("/plan").plain
    assert "没有变化" not in page
    assert "巫溪前后有一期没有判定，或重算的判定与当时不同，不比较" in page
    assert "没有变化" in Asked(deps, "2026", basis, "500103").page("/plan").plain


@pytest.mark.parametrize("unit", [RECUT, NEW])
def test_nothing_is_said_to_be_unchanged_of_a_unit_that_cannot_be_recast(deps: Dependencies, unit: str) -> None:
    page = Asked(deps, "2019", "current", unit).page("/plan").plain
    assert "没有变化" not in page
    assert "前后有一期没有判定，或重算的判定与当时不同，不比较" in page


@pytest.mark.parametrize(
    ("basis", "code", "words"),
    [
        ("current", "L1", "1所（部）须补此项；小学、初中差异系数无法计算"),
        ("as_was", "L7", "0个学段差异系数超过上限；5所（部）须补此项；小学差异系数无法计算"),
        ("as_was", "L1", "0个学段差异系数超过上限；1所（部）须补此项"),
    ],
)
def test_a_cv_that_cannot_be_calculated_is_not_within_its_limit(
    deps: Dependencies, basis: str, code: str, words: str
) -> None:
    """`0个学段差异系数超过上限` stood above two CVs `—`."""
    page = Asked(deps, "2019", basis, RECUT).page(f"/district/{RECUT}", f"&why=item.{RECUT}.{code}")
    assert f"|{words}" in page.words


def test_a_school_whose_unit_is_silent_is_not_said_to_report_no_more(deps: Dependencies) -> None:
    assert "10次报送，2026年3月后没有报送" in Asked(deps, "2025", "as_was").page("/school/S500238-023").plain


def test_no_warning_of_a_unit_that_sent_nothing_is_no_good_news(deps: Dependencies) -> None:
    a, words = Asked(deps, "2026", "as_was", SILENT), "巫溪本期未报送学校数据，由数据得出的预警无法判断"
    assert words in a.page("/warn").plain
    assert words in a.slides["warn"].sentence
    for kind in ("docx", "pptx", "pdf"):
        assert words in a.paper(kind).replace("\n", ""), kind
    assert "预警无法判断" not in Asked(deps, "2026", "as_was", "500103").page("/warn").plain
    assert "巫溪" not in Asked(deps, "2026", "as_was", "500103").letter


def test_warnings_of_a_unit_that_was_not_yet_are_not_said_to_be_none(deps: Dependencies) -> None:
    """两江 in 2025 read `已逾期` on the plan and `没有红色预警` here."""
    words = "在本期之后变更了边界：预警属于当时的单位"
    assert "两江" + words in Asked(deps, "2025", "current", NEW).page("/warn").plain
    assert words not in Asked(deps, "2026", "current", NEW).page("/warn").plain
    assert words not in Asked(deps, "2025", "current", NEVER_CUT).page("/warn").plain


def test_there_are_no_leads_is_said_of_what_was_looked_at(deps: Dependencies) -> None:
    assert "没有需要到校核实" not in Asked(deps, "2026", "as_was", SILENT).page("/leads").plain
    assert of_account(deps, "500103").page("/leads").heading == "2026年9月渝中区没有需要到校核实的线索"


def test_a_period_that_a_unit_did_not_report_is_not_one_that_cannot_be_judged(deps: Dependencies) -> None:
    """巫溪 in 2026 and 北碚 in 2019, where a value is missing, had the same look; so had 两江 before it was."""

    def last_row(unit: str) -> list[str]:
        return Asked(deps, "2026", "as_was", unit).page("/trend").tables[0].rows[-1]

    assert last_row(SILENT)[-1] == "未报送"
    assert last_row(RECUT).count("—") == 1
    assert last_row(NEW)[1:-2] == [""] * 9


def test_a_table_has_no_column_that_an_account_may_not_know(deps: Dependencies) -> None:
    own, whole = of_account(deps, "500103"), Asked(deps, "2026", "as_was", "500103")
    assert len(whole.district.rows("数据期")[0]) == 3
    assert len(own.page("/district/500103").rows("数据期")[0]) == 2


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_items_before_a_payment_are_counted_only_where_all_are_judged(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection, basis: str
) -> None:
    """北碚, recast, had `0 → 26`."""
    table = Asked(deps, "2026", basis).page("/funds").rows("现状")
    rows = {r[1]: r[-1] for r in table}
    paid_in = next(int(r[0][:4]) for r in table if r[1] == "渝中")
    assert rows["北碚"].startswith("不可比：")
    met = facts.execute(
        "select period, met_count from unit_status where basis = ? and district_code = '500103'", [basis]
    ).fetchall()
    assert rows["渝中"] == "{} → {}".format(*(dict(met)[p] for p in (str(paid_in - 1), "2026")))
    assert not any(words.startswith("0 ") or words == "—" for words in rows.values())


def test_progress_that_only_fewer_pupils_brought_is_told_under_both_bases(deps: Dependencies) -> None:
    said = {b: found(r"(补上的\d+处短缺中，\d+处)", unit_plan(deps, b)) for b in ("as_was", "current")}
    assert said["as_was"] == said["current"]
    assert said["as_was"]
    rows = [plan.passive_closings(deps.warehouse.current(), "2026", b, NEVER_CUT) for b in said]
    assert rows[0] == rows[1]
    assert rows[0].closed_count > 0


def unit_plan(deps: Dependencies, basis: str) -> str:
    return Asked(deps, "2026", basis, NEVER_CUT).page("/plan").plain


def test_sections_with_a_gap_in_their_data_do_not_comply_for_sure_when_supplied(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection
) -> None:
    """A section of 北碚 in 2019 fails an item and has not reported another: `即可校校达标`."""
    a = Asked(deps, "2019", "as_was", RECUT)
    row = facts.execute(
        "select count(distinct (v.return_id, v.stage)) from unit_section as v inner join section_indicator as i"
        " on i.return_id = v.return_id and i.stage = v.stage and i.regime = 'quality_balanced'"
        " where v.period = '2019' and v.basis = 'as_was' and v.district_code = ? and v.is_in_scope"
        " and v.complies is distinct from true and i.is_met is null",
        [RECUT],
    ).fetchone()
    assert row is not None
    assert row[0] > 0
    page = a.page("/matrix").plain
    assert "即可校校达标" not in page
    assert f"后，还须补报数据再判{row[0]}所（部）" in page


@pytest.mark.parametrize("unit", [RECUT, NEW])
def test_what_cannot_be_recast_whole_is_not_counted_as_whole(deps: Dependencies, unit: str) -> None:
    a = Asked(deps, "2019", "current", unit)
    for page in (a.page("/"), a.page("/matrix")):
        assert "本期无法按现在区划完整重算，只" in page.plain
        assert "均已计入" not in page.plain
    assert "各小学部、初中部均已计入" in Asked(deps, "2019", "current", NEVER_CUT).page("/").plain


def test_where_no_cv_lies_three_years_back_nobody_is_said_to_have_made_no_progress(deps: Dependencies) -> None:
    for asked in (Asked(deps, "2019", "as_was"), Asked(deps, "2026", "as_was", RECUT)):
        assert "进步最快没有相隔3年而可比的最大差异系数" in asked.page("/league").plain
        assert "2016→" not in asked.page("/league").plain


def test_what_is_not_comparable_is_said_once(deps: Dependencies) -> None:
    page = Asked(deps, "2019", "current", RECUT).page("/trend").plain
    assert "；不可比：边界变更，不能按现在区划重算" in page
    assert "不可比（不可比" not in page


def test_issues_without_a_value_say_so(deps: Dependencies) -> None:
    table = Asked(deps, "2026", "as_was", SILENT).page("/ledger").rows("现值")
    assert table
    assert {row[3] for row in table} == {"无监测值"}


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_what_was_not_reported_has_that_word_in_its_proof_too(deps: Dependencies, basis: str) -> None:
    """巫溪's items read `未报送`, and behind them `判定 无法判定`."""
    a = Asked(deps, "2026", basis, SILENT)
    for key in ("unit", *(f"item.{c}" for c in ("L1", "G3", "V1", "P1"))):
        code, _, item = key.partition(".")
        page = a.page(f"/district/{SILENT}", f"&why={code}.{SILENT}" + (f".{item}" if item else ""))
        drawer = page.plain.split("判定依据·", 1)[-1].rsplit("判定依据", 1)[-1]
        assert "未报送" in drawer
        assert "判定无法判定" not in drawer
        assert "无法判定L1" not in drawer
        assert "判为无法判定" not in drawer


def test_a_cv_of_a_unit_that_sent_nothing_says_so(deps: Dependencies) -> None:
    """`这个区县没有这个学段或指标` was said of every CV of 巫溪, and its trend led to an empty proof."""
    a = Asked(deps, "2026", "as_was", SILENT)
    page = a.page(f"/cv/{SILENT}/primary/L2")
    assert "巫溪县：本期未报送学校数据" in page.plain
    assert "没有这个学段" not in page.plain
    assert f"why=cv.{SILENT}" not in a.page("/trend").html
    typed = a.page(f"/district/{SILENT}", f"&why=cv.{SILENT}.primary.L2").plain
    assert "巫溪县：未报送" in typed
    assert "没有这个单位" not in typed
    assert f"why=cv.{NEVER_CUT}" in Asked(deps, "2026", "as_was", NEVER_CUT).page("/trend").html


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_a_lateness_that_a_later_return_ended_does_not_run_to_today(deps: Dependencies, basis: str) -> None:
    """Of 2025 it read `5个逾期23个月未达标` with units among them that have met the standard since."""
    city = Asked(deps, "2025", basis)
    ended = [u for u in city.rows.units if u.progress == "overdue" and u.overdue_until]
    still = [u for u in city.rows.units if u.progress == "overdue" and not u.overdue_until]
    assert ended
    words = city.page("/").plain
    assert found(r"(\d+)个当时逾期、此后已达标", words) == str(len(ended))
    assert found(r"(\d+)个逾期[\d.]+个月未达标", words) == (str(len(still)) if still else None)
    for unit in ended:
        own = Asked(deps, "2025", basis, unit.district_code)
        assert unit.overdue_until is not None
        assert f"{unit.overdue_until:%Y}年{unit.overdue_until.month}月已达标" in own.page("/").plain
    decide = "".join(city.slides["overview"].decide)
    assert found(r"(\d+)个到期未达标区县的补齐时限", decide) == (str(len(still)) if still else None)


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_a_paper_says_whose_lateness_has_ended_since(deps: Dependencies, basis: str) -> None:
    """Of 2025 one paper counted `到期未达标4个` and asked for the deadlines of `3个到期未达标区县` without a word.

    The paper of 璧山 asked for the deadline of `4项未达标` below `2026年9月已达标`.
    """
    city = Asked(deps, "2025", basis)
    late = [u for u in city.rows.units if u.progress == "overdue"]
    ended = [u for u in late if u.overdue_until]
    for slide in ("overview", "plan"):
        words = next(n.words for n in city.slides[slide].numbers if n.label == "到期未达标")
        assert words.endswith(f"；其中{len(ended)}个此后已达标：" + "、".join(u.short_name for u in ended))
    to_do = city.page("/").plain.partition("现在要办的")[2].partition("较上一年度")[0]
    assert to_do
    assert not [u.short_name for u in ended if f"{u.short_name}{u.school_count - u.compliant_school_count}所" in to_do]
    for unit in late:
        decide = Asked(deps, "2025", basis, unit.district_code).slides["overview"].decide
        assert any("未达标的补齐时限" in d for d in decide) == (not unit.overdue_until)


def test_who_is_not_compared_is_in_no_list_of_who_changed(deps: Dependencies) -> None:
    """沙坪坝, met as reported and not as recast, was `新逾期` above the line that it is not compared."""
    a = Asked(deps, "2025", "current")
    left_out = found(r"([^|]+)前后有一期没有判定", a.page("/plan").words)
    assert left_out
    assert "沙坪坝" in left_out.split("、")
    changed = re.findall(r"(?:新达标|转为[^|]+?|新逾期)\d+：([^|]+)", a.page("/plan").words)
    assert changed
    assert not {name for names in changed for name in names.split("、")} & set(left_out.split("、"))
    assert not set(re.findall(r"[^、|·]+", a.page("/").words.split("新逾期", 1)[1].split("|到2028年")[0])) & set(
        left_out.split("、")
    )


@pytest.mark.parametrize(
    ("period", "basis", "unit", "is_known"),
    [
        ("2019", "as_was", NEVER_CUT, False),
        ("2019", "current", NEVER_CUT, False),
        ("2019", "current", NEW, False),
        ("2025", "current", NEVER_CUT, True),
    ],
)
def test_a_pace_that_is_not_known_is_not_fast_enough(
    deps: Dependencies, period: str, basis: str, unit: str, is_known: bool
) -> None:
    """`没有未到期而须加快缩小差异系数的区县` of a unit whose CV is 0.635, with two autumns to go by."""
    asked = Asked(deps, period, basis, unit)
    page = asked.page("/plan").plain
    assert "没有照近年的直线" not in page
    name = asked.row.short_name
    assert (f"看不出的：{name}（本期没有差异系数，或可比的秋季不足4个）" in page) is not is_known
    assert ("1个区县还看不出差异系数到期是否仍超上限" in page) is not is_known


@pytest.mark.parametrize(("period", "unit"), [("2025", "500103"), ("2026", "500103"), ("2026", "500109")])
def test_a_pace_is_asked_of_units_whose_target_is_to_come(deps: Dependencies, period: str, unit: str) -> None:
    """`没有照近年的直线到期仍超上限的区县` of a unit that was due in 2024 and is over the limit."""
    asked = Asked(deps, period, "as_was", unit)
    page = asked.page("/plan").plain
    assert "2024年底已到期已逾期1" in page
    assert "小学差异系数差" in page
    assert "未到期的区县中，没有照近年的直线到期仍超上限的" in page


def test_the_city_names_whose_pace_is_not_known_beside_those_that_are(deps: Dependencies) -> None:
    page = Asked(deps, "2026", "as_was").page("/plan").plain
    assert "未到期的区县：照自己近年的直线，差异系数到期仍超上限" in page
    assert re.search(r"看不出的：[^（]*巫溪[^（]*（", page)
