"""What is counted of one stage or one indicator alone says of which: the others may lack what this one has."""

import re

import pytest

from callbacks.dependencies import Dependencies
from queries import district
from tests.one_fact.surfaces import Asked, found

PRIMARY_WHOLE = "500118"
"""永川: no primary section owes anything, four junior ones do."""
UNITS = ("500103", "500242", PRIMARY_WHOLE)
STAGES = {"primary": "小学", "junior": "初中"}


def short_sections(deps: Dependencies, unit: str) -> dict[str, set[str]]:
    """By stage, the schools that must supply something."""
    cells = district.sections(deps.warehouse.current(), "2026", "as_was", unit)
    return {s: {c.school_code for c in cells if c.stage == s and c.required_gap} for s in STAGES}


def test_schools_of_one_stage_are_not_called_all_schools(deps: Dependencies) -> None:
    """`永川区各校没有缺口` and `没有未达标的小学部、初中部` above a filter that left the junior schools out."""
    short = short_sections(deps, PRIMARY_WHOLE)
    assert not short["primary"]
    assert short["junior"]
    asked = Asked(deps, "2026", "as_was", PRIMARY_WHOLE)
    pages = [asked.page(path, "&stage=primary").plain for path in (f"/district/{PRIMARY_WHOLE}", "/")]
    for page in pages:
        assert "永川区小学各校没有缺口" in page
        assert "永川区各校没有缺口" not in page
    assert "没有未达标的小学部、初中部" not in pages[0]
    assert "没有未达标的小学部" in pages[0]
    assert asked.page("/matrix", "&stage=primary").heading.startswith("永川区小学参评的")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("stage", STAGES)
def test_a_count_over_one_stage_names_it(deps: Dependencies, unit: str, stage: str) -> None:
    """`渝中：0项差异系数超过上限` and `各小学部、初中部均已计入` of the junior schools, one primary CV being over."""
    asked = Asked(deps, "2026", "as_was", unit)
    page = asked.page("/", f"&stage={stage}").plain
    name = asked.row.short_name
    over = sum(c.is_within_limit is False for c in asked.rows.cvs if (c.district_code, c.stage) == (unit, stage))
    assert f"{name}{STAGES[stage]}：{over}项差异系数超过上限" in page
    assert f"各{STAGES[stage]}部均已计入" in page
    assert "各小学部、初中部均已计入" not in page
    assert re.search(rf"{STAGES[stage]}(还差|各校没有缺口)", page)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("stage", STAGES)
def test_the_lists_of_a_unit_s_page_name_their_stage(deps: Dependencies, unit: str, stage: str) -> None:
    """`补齐清单：3所（部）` and `3所（部）未达标` of 渝中's junior schools: it has eight."""
    short, page = (
        short_sections(deps, unit),
        Asked(deps, "2026", "as_was", unit).page(f"/district/{unit}", f"&stage={stage}"),
    )
    listed = [t for t in page.section_titles if "补齐清单：" in t or "所（部）未达标" in t]
    assert len(listed) == (2 if short[stage] else 0)
    assert all(title.startswith(STAGES[stage]) for title in listed)


def test_a_unit_seen_by_one_indicator_is_not_said_to_lack_nothing(deps: Dependencies) -> None:
    """`渝中：0项差异系数超过上限` and `渝中区各校没有缺口` of L1, above eight sections that owe something of others."""
    unit = UNITS[0]
    assert any(short_sections(deps, unit).values())
    page = Asked(deps, "2026", "as_was", unit).page("/", "&indicator=L1").plain
    assert "渝中高于规定学历教师：0项差异系数超过上限" in page
    assert "渝中区各校高于规定学历教师没有缺口" in page
    assert "没有未达标项" not in page
    assert "未达标项中没有高于规定学历教师" in page


@pytest.mark.parametrize("stage", STAGES)
def test_the_city_s_double_reds_of_one_stage_name_it(deps: Dependencies, stage: str) -> None:
    """`最大差异系数：未达标又变差3个区县5项` of the primary schools, beside five units on the slide."""
    asked = Asked(deps, "2026", "as_was")
    cells = [c for c in asked.rows.double_red if c.stage == stage]
    units = {c.district_code for c in cells}
    words = f"最大差异系数：{STAGES[stage]}未达标又变差{len(units)}个区县{len(cells)}项"
    assert cells
    assert words in asked.page("/", f"&stage={stage}").plain


def test_on_the_wall_a_unit_whose_other_stage_fails_is_not_said_to_fail_nothing(deps: Dependencies) -> None:
    """`7个区县没有未达标（…、巴南、…）` of the primary schools: three junior sections of 巴南 owe something."""
    page = Asked(deps, "2026", "as_was").page("/matrix", "&stage=primary&mode=meeting").plain
    assert re.search(r"\d+个区县的小学没有未达标", page)
    assert not re.search(r"\d+个区县没有未达标", page)


@pytest.mark.parametrize(
    ("narrowed", "title"),
    [
        ("", r"现在要办的\d+件事"),
        ("&stage=primary", r"小学：现在要办的\d+件事"),
        ("&stage=junior", r"初中：现在要办的\d+件事"),
        ("&indicator=L1", r"高于规定学历教师差异系数：现在要办的\d+件事"),
        ("&indicator=L5&stage=junior", r"初中运动场馆差异系数：现在要办的\d+件事"),
    ],
)
def test_what_is_to_do_of_a_part_is_not_all_that_is_to_do(deps: Dependencies, narrowed: str, title: str) -> None:
    """`现在要办的1件事` of L1 and `现在要办的26件事` of the junior schools, where 25 units have something to do."""
    assert any(re.fullmatch(title, t) for t in Asked(deps, "2026", "as_was").page("/", narrowed).section_titles)


@pytest.mark.parametrize("narrowed", ["", "&stage=primary", "&indicator=L5", "&indicator=L5&stage=primary"])
def test_nobody_must_still_mend_by_a_year_gone_by(deps: Dependencies, narrowed: str) -> None:
    """`渝中须在2024年底前补齐` of September 2026, where the unnarrowed page says `渝中原定2024年底前补齐`."""
    page = Asked(deps, "2026", "as_was").page("/", narrowed).plain
    assert "须在2030年底前补齐" in page
    assert "须在2024年底前补齐" not in page


@pytest.mark.parametrize("stage", STAGES)
def test_the_cvs_over_their_limit_of_one_stage_name_it(deps: Dependencies, stage: str) -> None:
    """`2个差异系数超过上限` of the primary schools of 开州, where the page of both says three."""
    asked = Asked(deps, "2026", "as_was", "500154")
    over = {
        s: sum(c.is_within_limit is False for c in asked.rows.cvs if c.district_code == asked.unit and c.stage == s)
        for s in STAGES
    }
    assert all(over.values())
    titles = asked.page(f"/district/{asked.unit}", f"&stage={stage}").section_titles
    assert any(t.startswith(f"{STAGES[stage]}{over[stage]}个差异系数超过上限：") for t in titles)


def amounts(cells: list[str]) -> tuple[int, float]:
    """How many cells print an amount, and what they come to."""
    printed = [float(m[1].replace(",", "")) for c in cells if (m := re.search(r"(?:差|同补)([\d,.]+)", c))]
    return len(printed), round(sum(printed), 1)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("stage", STAGES)
def test_the_amounts_of_one_stage_add_up_to_their_column_s_head(deps: Dependencies, unit: str, stage: str) -> None:
    """`4个差2,525㎡` above 460, 583, 2,734 and 43: two of them were what the junior sections require."""
    table = Asked(deps, "2026", "as_was", unit).page("/matrix", f"&stage={stage}").table("骨干教师")
    assert table is not None
    heads, rows = table.rows[table.head_rows - 1], table.rows[table.head_rows :]
    columns = [i for i, head in enumerate(heads) if re.search(r"\d个差", head)]
    assert columns or unit == PRIMARY_WHOLE
    for i in columns:
        said = re.search(r"(?<!\d)(\d+)个差([\d,.]+)", heads[i])
        assert said
        assert amounts([row[i] for row in rows]) == (int(said[1]), float(said[2].replace(",", "")))


@pytest.mark.parametrize(
    ("path", "more"), [("/school/S500103-011", ""), ("/ledger", "&origin=rounds"), ("/ledger", "&round=1")]
)
def test_the_order_of_a_place_has_all_issues_of_it(deps: Dependencies, path: str, more: str) -> None:
    """`在办问题2条，2条逾期` among slides of the city: the school's in the address alone, named nowhere."""
    city = Asked(deps, "2026", "as_was")
    said = found(r"(在办问题\d+条，\d+条逾期)", city.page("/", "&mode=meeting").plain)
    assert said
    projected = city.page(path, f"{more}&mode=meeting").plain
    assert said in projected
    assert len(set(re.findall(r"在办问题\d+条，\d+条逾期", projected))) == (2 if path == "/ledger" else 1)


@pytest.mark.parametrize("only", ["all", "failing"])
def test_the_city_s_matrix_is_whole_behind_a_word_of_a_unit_s(deps: Dependencies, only: str) -> None:
    """From 渝中's `全部` a meeting turned to the city: the wall broke down, and the page dimmed every cell."""
    city = Asked(deps, "2026", "as_was")
    assert f"/matrix?only={only}&amp;mode=meeting" in re.sub(
        r"&amp;snapshot=[\w-]+",
        "",
        Asked(deps, "2026", "as_was", "500103").page("/matrix", f"&only={only}&mode=meeting").html,
    )
    for mode in ("", "&mode=meeting"):
        assert city.page("/matrix", f"&only={only}{mode}").tables == city.page("/matrix", mode).tables
    assert " dim" not in city.page("/matrix", f"&only={only}").html
