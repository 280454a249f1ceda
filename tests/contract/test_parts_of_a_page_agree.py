"""A page with a filter, and the parts of one page or paper, say nothing against each other."""

import re

import pytest

from callbacks.dependencies import Dependencies
from callbacks.files.official_forms import forms_file
from layouts.parts.glyph import MISSING_LEVELS
from queries import district, rounds
from tests.one_fact.surfaces import Asked, content_of, found, xlsx_cells

UNITS = ("500103", "500109", "500242", "P50LJ2")
"""渝中, 北碚, 酉阳, 两江."""
RECUT = "500109"


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_a_stage_is_blamed_for_nothing_that_the_other_alone_lacks(deps: Dependencies, unit: str, stage: str) -> None:
    """渝中's junior sections lack no equipment: `L6 仪器设备 未达标`, beside the limits of primary schools."""
    asked, words = Asked(deps, "2026", "as_was", unit), {"primary": "小学", "junior": "初中"}
    other = words["junior" if stage == "primary" else "primary"]
    snapshot = deps.warehouse.current()
    cells = [s for s in district.sections(snapshot, "2026", "as_was", unit) if s.is_in_scope and s.stage == stage]
    short = {s.indicator_code for s in cells if s.complies is False and s.is_met is False}
    over = {
        c.indicator_code
        for c in asked.rows.cvs
        if (c.district_code, c.stage) == (unit, stage) and c.is_within_limit is False
    }
    elsewhere = {c for c in (asked.row.failing_items or "").split() if c[0] == "L"} - short - over
    for page in (asked.page(f"/district/{unit}", f"&stage={stage}"), asked.page("/", f"&stage={stage}")):
        assert set(re.findall(r"(L\d)\s*[^L\d]*?未达标只因" + other, page.plain)) == elsewhere
        assert not re.search(other + r"差异系数\d", page.plain)


def test_a_unit_whose_cv_is_undefined_is_not_said_to_be_within_the_limit(deps: Dependencies) -> None:
    """北碚 in 2019, multimedia rooms: `在上限0.45以内` above a strip that had it 无法判定."""
    asked = Asked(deps, "2019", "as_was", RECUT)
    own = {c.stage: c for c in asked.rows.cvs if (c.district_code, c.indicator_code) == (RECUT, "L7")}
    assert own["primary"].cv is None
    assert own["junior"].cv is not None
    page = asked.page("/", "&indicator=L7")
    assert page.heading.startswith("北碚区：小学多媒体教室差异系数—，无法判定")
    assert "0项差异系数超过上限，另有1项无法计算" in page.plain
    assert "2个差异系数" not in asked.district.plain
    assert "另有1项无法计算" in asked.district.plain


def test_counts_of_two_years_are_compared_over_the_units_that_are_judged(deps: Dependencies) -> None:
    """Of 2018 five and of 2019 five other units are unknown: `较2018年增1个`."""
    asked = Asked(deps, "2019", "as_was")
    judged: dict[str, list[bool]] = {}
    for period in ("2018", "2019"):
        rows = Asked(deps, period, "as_was").rows
        for unit in rows.units:
            own = [
                c.is_within_limit for c in rows.cvs if (c.district_code, c.indicator_code) == (unit.district_code, "L7")
            ]
            if False in own or None not in own:
                judged.setdefault(period, []).append(False not in own)
    words = [f"{sum(own)}/{len(own)}个" for own in judged.values()]
    title = asked.page("/", "&indicator=L7").plain
    assert f"单位有变：2018年{words[0]}" in title
    assert f"本期{words[1]}" in title


@pytest.mark.parametrize("group", ["", "central_city"])
def test_of_a_period_without_projections_no_slide_counts_who_is_behind(deps: Dependencies, group: str) -> None:
    """Of 2019 the first slide said `0个落后，没有`, the second `不判断落后`."""
    asked = Asked(deps, "2019", "as_was", group=group)
    assert all(u.progress in MISSING_LEVELS for u in asked.rows.scoped)
    assert asked.number("overview", "落后") is None
    assert "落后0个" not in asked.paper("docx")
    assert Asked(deps, "2026", "as_was").number("overview", "落后") is not None


def test_a_unit_with_an_undecided_item_is_not_counted_as_undecidable(deps: Dependencies) -> None:
    """2019: `41个差距较大` above `无法判定3个`, who are among the 41."""
    page = Asked(deps, "2019", "as_was").page("/league").plain
    foot = page.split("列出但不排名")[0][-40:]
    assert found(r"、有项目无法判定(\d+)个", foot) == "3"


def test_units_that_share_a_place_are_named_by_place(deps: Dependencies) -> None:
    """2019: four units `公布到0.001的差异系数相同`, of which two have 0.549 and two 0.635."""
    asked = Asked(deps, "2019", "as_was")
    places: dict[int | None, list[str]] = {}
    for unit in asked.rows.units:
        rank = asked.rows.ranks[unit.district_code]
        if rank.is_tied:
            places.setdefault(rank.city_place, []).append(unit.short_name)
    assert len(places) > 1
    said = found(r"没有综合分。(.+?)公布到", asked.page("/league").plain) or ""
    assert [set(names.split("与")) for names in said.split("、")] == [set(n) for _, n in sorted(places.items())]
    alone = Asked(deps, "2019", "as_was", "500242").page("/league").plain
    assert "酉阳与未列出的区县公布到" in alone


@pytest.mark.parametrize("unit", ["500238", "500242"])
def test_a_chosen_unit_lists_every_weak_school(deps: Dependencies, unit: str) -> None:
    """巫溪's page named sixteen of twenty and asked to choose a unit to see the others."""
    asked = Asked(deps, "2026-03", "as_was", unit)
    page = asked.page("/rounds")
    never = [w for w in rounds.weak_schools(deps.warehouse.current(), "2026-03", "as_was") if w.district_code == unit]
    never = [w for w in never if not w.visit_count]
    assert "选区县查看" not in page.plain
    rows = [row for table in page.tables for row in table.rows if row[-1].endswith("项未达标")]
    assert len(rows) == len(never) == int(found(r"(\d+)所薄弱学校各轮都未走到", page.plain) or 0)


def test_items_of_two_sections_are_not_counted_as_items_of_a_school(deps: Dependencies) -> None:
    """Two items that both sections of a school miss were `4项未达标`, and two on its slide."""
    page = Asked(deps, "2026", "as_was").page("/rounds")
    snapshot = deps.warehouse.current()
    for name, words in re.findall(r"\|([^|]+示例[^|]+)\|([^|]*项未达标)\|", page.words):
        (weak,) = [w for w in rounds.weak_schools(snapshot, "2026", "as_was") if w.school_name == name]
        cells = district.sections(snapshot, "2026", "as_was", weak.district_code)
        failing = [c for c in cells if c.school_code == weak.school_code and c.is_in_scope and c.complies is False]
        stages, missed = {c.stage for c in failing}, sum(c.is_met is False for c in failing)
        assert words == (f"{missed}项未达标" if len(stages) == 1 else f"{len(stages)}所（部）共{missed}项未达标")


@pytest.mark.parametrize("period", ["2025", "2026-03", "2026"])
@pytest.mark.parametrize("group", ["", "northeast"])
def test_a_ratio_of_paces_follows_from_the_paces_beside_it(deps: Dependencies, period: str, group: str) -> None:
    """城口: `0.003 → 0.003`, `1.2倍`; 开州: `0.005 → 0.022`, `4.8倍`."""
    rows = Asked(deps, period, "as_was", group=group).page("/plan").rows("倍数")
    assert rows
    for row in rows:
        achieved, needed, ratio = (float(n) for n in re.findall(r"\d+\.\d+", " ".join(row))[-3:])
        assert abs(needed / achieved - ratio) <= 0.05 + 1e-9, row


@pytest.mark.parametrize(("period", "basis", "is_whole"), [("2019", "current", False), ("2026", "current", True)])
def test_a_form_of_a_unit_that_cannot_be_recast_whole_is_marked(
    deps: Dependencies, period: str, basis: str, is_whole: bool
) -> None:
    """The official tables of 北碚 in 2019, by present boundaries, counted the schools that could be placed as all."""
    search = f"?period={period}&basis={basis}"
    file = forms_file(deps, "forms", f"/district/{RECUT}", search)
    sheets = xlsx_cells(content_of(file))
    marked = [name for name, rows in sheets.items() if "不能按现在区划完整重算" in rows[0][0]]
    assert marked == ([] if is_whole else list(sheets))


def test_why_a_change_cannot_be_taken_apart_is_the_reason(deps: Dependencies) -> None:
    """两江 was founded in 2025-11: `有缺数据的学校`, though every school reported."""
    asked = Asked(deps, "2026", "as_was", "P50LJ2")
    assert not asked.rows.unknown_sections().get("P50LJ2")
    assert "2025年还没有这个区县" in asked.page("/trend").plain
    assert "变化不能分解" not in Asked(deps, "2026", "current", "P50LJ2").page("/trend").plain


@pytest.mark.parametrize("unit", ["500103", "500242", "500101"])
@pytest.mark.parametrize("period", ["2019", "2026"])
def test_a_paper_names_all_that_a_school_lacks(deps: Dependencies, unit: str, period: str) -> None:
    """Of a school with three items two were printed, and the third on no paper."""
    asked = Asked(deps, period, "as_was", unit)
    names = asked.rows.indicator_names
    lacks: dict[str, set[str]] = {}
    for cell in district.sections(deps.warehouse.current(), period, "as_was", unit):
        if cell.is_in_scope and cell.required_gap:
            lacks.setdefault(cell.school_name, set()).add(names[cell.indicator_code])
    paper = asked.paper("docx")
    for school, items in lacks.items():
        words = found(rf"\n{school}\|([^\n]*)", paper) or ""
        assert all(item in words for item in items), (school, words, items)
    over = [c for c in asked.rows.cvs if c.district_code == unit and c.is_within_limit is False]
    for cv in over:
        line = found(rf"\n{cv.indicator_code} [^|]*\|([^\n]*)", paper) or ""
        assert {"primary": "小学", "junior": "初中"}[cv.stage] + "系数" in line, line


def test_a_sum_over_unknown_values_is_not_zero(deps: Dependencies) -> None:
    """两江新区 in 2019 had not reported rooms of one school: 0 in the column of rooms."""
    asked = Asked(deps, "2019", "as_was")
    row = next(r for r in asked.page("/matrix").tables[0].rows if r[0].endswith("两江新区"))
    assert asked.rows.unknown_sections("L6")["P50LJ1"]
    assert row[-2:] == ["—", "—"]


def test_titles_say_which_stage_they_count(deps: Dependencies) -> None:
    page = Asked(deps, "2026", "as_was").page("/", "&indicator=L2&stage=junior").plain
    assert re.search(r"初中骨干教师差异系数：\d+个区县超过上限", page)
    assert "初中骨干教师差异系数超过上限的" in page
    whole = Asked(deps, "2026", "as_was").page("/", "&stage=junior").plain
    assert "两学段合判：到2028年" in whole


def test_what_cannot_be_recast_is_no_gap_in_the_data(deps: Dependencies) -> None:
    """北碚 in 2019 by present boundaries: `有小学部或初中部缺数据` gave the reason that boundaries do."""
    sections = Asked(deps, "2019", "current", RECUT).district.plain
    assert "差异系数无法计算，不能分解本期无法按现在区划完整重算。" in sections


@pytest.mark.parametrize(("unit", "period"), [*((u, "2026") for u in UNITS), (RECUT, "2025"), ("500103", "2025")])
def test_every_section_that_misses_an_item_keeps_one_as_its_exempt_one(
    deps: Dependencies, unit: str, period: str
) -> None:
    """渝中's bill brings six sections' exempt item to 85 % and two need nothing: `2所（部）按留1项计`."""
    asked = Asked(deps, period, "as_was", unit)
    form = xlsx_cells(content_of(forms_file(deps, "2-2", f"/district/{unit}", asked.search)))
    missing = [
        row for cells in form.values() for row in cells if row[0].isdigit() and not row[-1].startswith("7项达标")
    ]
    assert found(r"(\d+)所（部）按留1项计", asked.district.plain) == str(len(missing))


@pytest.mark.parametrize("unit", ["500103", "500242"])
def test_a_direction_of_autumns_says_until_when_beside_a_spring_value(deps: Dependencies, unit: str) -> None:
    """酉阳 in March 2026: `0.604，2年下降0.0132` above `↑0.0025 变差` and a red warning that it got worse."""
    for period, until in (("2026-03", "至2025年9月的"), ("2025", "")):
        asked = Asked(deps, period, "as_was", unit)
        for page in (asked.page("/"), asked.page("/trend"), asked.page(f"/district/{unit}")):
            courses = re.findall(
                r"(至\d{4}年\d月的)?\d年(?:下降|上升|持平|起伏)", "|".join([page.heading, *page.section_titles])
            )
            assert set(courses) == {until}, page.heading
