"""Items that a predecessor reported and that cannot be recast: undecidable, everywhere, never a place.

In 2025 under the boundaries of today 沙坪坝, 九龙坡, 北碚, 两江 and 綦江 have 25 such items each.
"""

import re

import pytest

from callbacks.dependencies import Dependencies
from tests.one_fact.surfaces import Asked, found

RECUT = {"500106": "沙坪坝", "500107": "九龙坡", "500109": "北碚", "P50LJ2": "两江", "500110": "綦江"}
ITEMS = 25
UNDECIDED = "无法判定"


def asked(deps: Dependencies, unit: str = "") -> Asked:
    return Asked(deps, "2025", "current", unit)


@pytest.mark.parametrize("unit", RECUT)
def test_such_items_have_one_word(deps: Dependencies, unit: str) -> None:
    a = asked(deps, unit)
    for words in (a.district.plain, a.page("/").plain, a.slides["overview"].sentence):
        assert re.search(rf"{UNDECIDED}{ITEMS}项|{ITEMS}项{UNDECIDED}", words), words[-600:]
    body = "|".join(a.district.pieces[a.district.pieces.index("演示数据") :])
    assert "未报送" not in body.split("看数据表")[0].replace("（基本均衡认定满三年）", "")
    assert re.search(r"申报条件[^|]*\|无法判定", body)
    assert "无一票否决" not in body
    assert "一票否决项无法判定" in body
    for dimension in ("政府保障程度", "教育质量", "社会认可度", "一票否决"):
        assert re.search(rf"\|{dimension}\|—\|", body), dimension
    proof = a.page(f"/district/{unit}", f"&why=item.{unit}.G1")
    assert "不能按现在区划重算" in proof.plain
    assert "未填报" not in proof.plain
    cells = [
        re.sub(r"<[^>]*>", "", c)
        for c in re.findall(r'<td[^>]*aria-label="([^"]*)"', asked(deps).page("/matrix").html)
        if c.startswith(RECUT[unit])
    ]
    assert sum(UNDECIDED in c for c in cells) >= ITEMS
    assert not any("未报送" in c for c in cells)
    assert "未报送" not in "".join(str(c) for sheet in a.forms.values() for r in sheet for c in r)


@pytest.mark.parametrize("unit", RECUT)
def test_what_is_missing_is_no_place(deps: Dependencies, unit: str) -> None:
    (row,) = [r for r in asked(deps).page("/league").tables[0].rows if r[1] == RECUT[unit]]
    assert row[0] == "不排名"
    district = asked(deps, unit).district.plain
    assert "有项目无法判定，不排名" in district
    assert not re.search(r"个区县中第|个中第", district)


def test_they_are_counted_as_unranked_below_the_league(deps: Dependencies) -> None:
    page = asked(deps).page("/league")
    assert found(r"无法判定(\d+)个", page.plain.split("列出但不排名")[0][-40:]) == str(len(RECUT))
    units = len(asked(deps).rows.units)
    places = [int(r[0].removeprefix("并列")) for r in page.tables[0].rows if re.fullmatch(r"(并列)?\d+", r[0])]
    assert len(places) == units - len(RECUT)
    assert max(places) <= len(places)


def test_an_item_that_nobody_reported_is_not_reported(deps: Dependencies) -> None:
    """巫溪 sent nothing in 2026: its items are not reported under either basis."""
    for basis in ("as_was", "current"):
        (row,) = [r for r in Asked(deps, "2026", basis).page("/matrix").tables[0].rows if r[0] == "巫溪"]
        assert not any(UNDECIDED in cell for cell in row)


def test_a_unit_with_an_unknown_item_is_not_called_near(deps: Dependencies) -> None:
    """沙坪坝 in 2025, recast: two items a little short, 25 unknown."""
    units = {u.district_code: u for u in asked(deps).rows.units}
    assert units["500106"].verdict == "unmet"
    for basis in ("as_was", "current"):
        for period in ("2019", "2025", "2026"):
            for unit in Asked(deps, period, basis).rows.units:
                assert unit.verdict != "near" or not unit.undecidable_count, unit


@pytest.mark.parametrize("unit", ["500109", "P50LJ2"])
@pytest.mark.parametrize("period", ["2019", "2025"])
def test_a_part_of_a_unit_has_no_causes_of_change(deps: Dependencies, unit: str, period: str) -> None:
    """What cannot be compared is not taken apart on the same page: not every school of then is placed."""
    page = Asked(deps, period, "current", unit).page("/trend")
    assert "不能按现在区划重算" in page.plain
    assert "变化不能分解" in page.section_titles
    assert not re.search(r"由[\d.]+（.{7,8}）到", page.plain)
