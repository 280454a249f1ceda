"""The matrix with one stage in view says what that stage lacks, and which cells are 未达标又变差.

Expected values are counted here from the published CVs and amounts of each stage.
"""

import re

import pytest

from callbacks.dependencies import Dependencies
from queries import overview
from tests.one_fact.surfaces import Asked, Page, found

STAGES = {"primary": "小学", "junior": "初中"}
CELL = re.compile(r"<td([^>]*item\.(\w+)\.(L\d)[^>]*)>(.*?)</td>")


def cells(page: Page) -> dict[tuple[str, str], tuple[str, str]]:
    """Attributes and words of each cell of an L item."""
    return {
        (unit, item): (attributes, re.sub(r"<[^>]*>", "", words))
        for attributes, unit, item, words in CELL.findall(page.html)
    }


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("period", ["2025", "2026"])
def test_a_cell_says_what_the_stage_itself_lacks(deps: Dependencies, period: str, stage: str) -> None:
    snapshot = deps.warehouse.current()
    lacks = {
        (g.district_code, g.indicator_code)
        for g in overview.gaps(snapshot, period, "as_was", stage)
        if g.section_count or g.spare_section_count
    }
    over = {
        (c.district_code, c.indicator_code): f"{c.cv:.3f}"
        for c in overview.unit_cv(snapshot, period, "as_was")
        if c.stage == stage and c.is_within_limit is False
    }
    other = next(name for code, name in STAGES.items() if code != stage)
    asked = Asked(deps, period, "as_was")
    whole, page = cells(asked.page("/matrix")), asked.page("/matrix", f"&stage={stage}")
    due = elsewhere = 0
    for key, (attributes, words) in cells(page).items():
        is_unmet = "m-unmet" in whole[key][0]
        if is_unmet and key in lacks | set(over):
            due += 1
            assert "m-unmet" in attributes, key
            assert re.search(r"\d", words), (key, words)
            if key not in lacks:
                assert words.removeprefix("系数").strip("↑")[:4] == over[key][:4], key
        elif is_unmet:
            elsewhere += 1
            assert "m-elsewhere" in attributes
            assert words == other
            assert f"未达标只因{other}" in attributes
        else:
            assert "m-unmet" not in attributes
            assert "m-elsewhere" not in attributes
    assert due
    assert elsewhere
    assert f"L项{due}格因{STAGES[stage]}未达标" in page.plain
    assert f"另有{elsewhere}格只因{other}（浅色）" in page.plain
    assert f"|未达标只因{other}|{elsewhere}|" in page.words
    table = page.tables[0]
    columns = [c for c in table.rows[1] if re.fullmatch(r"L\d(?:人|㎡|万元|间)", c)]
    for item in columns:
        unmet = sum(k[1] == item[:2] and "m-unmet" in c[0] for k, c in cells(page).items())
        at = table.rows[1].index(item)
        total = table.rows[-1][at] or table.rows[-1][at - 1]
        assert re.match(rf"{unmet}(?!\d)", total) or total.startswith(str(unmet)), (item, total)


@pytest.mark.parametrize("stage", ["", *STAGES])
@pytest.mark.parametrize("period", ["2025", "2026"])
def test_what_is_marked_as_double_red_is_what_the_key_counts(deps: Dependencies, period: str, stage: str) -> None:
    red = {
        (c.district_code, c.indicator_code)
        for c in overview.unit_cv(deps.warehouse.current(), period, "as_was")
        if c.is_double_red and stage in ("", c.stage)
    }
    page = Asked(deps, period, "as_was").page("/matrix", f"&stage={stage}" if stage else "")
    marked = {key for key, (attributes, _) in cells(page).items() if "data-twice" in attributes}
    assert marked == red
    assert all("未达标又变差" in cells(page)[key][0] for key in marked)
    assert found(r"未达标又变差\|(\d+)", page.words) == str(len(red))


def test_the_key_has_thousands_separators(deps: Dependencies) -> None:
    asked = Asked(deps, "2026", "as_was")
    assert re.search(r"\|达标\|\d,\d{3}\|", asked.page("/matrix").words)
    assert not re.search(r"\D\d{4,}所达标", asked.paper("docx"))
