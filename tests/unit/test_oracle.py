"""The oracle alone, on published cases and on boundaries worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.made_schools import L_KEYS, only, rich_primary, school, spread_of
from tests.oracle import composite, evaluate

# reference/cases/worked_example_5_primary_schools_books.csv: pupils, books
BOOKS = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)]
# reference/cases/basic_balanced_chongqing_published.csv: eight CVs and the composite
CHONGQING = {
    "万州区小学": "0.437,0.419,0.255,0.188,0.171,0.263,0.263,0.420,0.302",
    "万州区初中": "0.381,0.298,0.264,0.212,0.207,0.502,0.445,0.539,0.356",
    "黔江区小学": "0.633,0.891,0.435,0.328,0.351,0.391,0.379,0.541,0.494",
    "黔江区初中": "0.808,0.445,0.537,0.472,0.492,0.243,0.272,0.265,0.442",
    "江津区小学": "0.535,0.478,0.376,0.354,0.191,0.264,0.254,0.369,0.353",
    "江津区初中": "0.319,0.346,0.187,0.241,0.154,0.267,0.250,0.324,0.261",
    "永川区小学": "0.696,0.916,0.819,0.580,0.450,0.286,0.285,0.470,0.562",
    "永川区初中": "0.422,0.491,0.637,0.409,0.544,0.298,0.259,0.449,0.439",
    "綦江区小学": "0.568,0.610,0.201,0.415,0.267,0.336,0.324,0.423,0.393",
}


def test_worked_example_is_weighted() -> None:
    rows = [school(f"小学{i}", "小学", {"小学": pupils}, 图书册数=books) for i, (pupils, books) in enumerate(BOOKS, 1)]
    found = spread_of(evaluate(rows, "basic_balanced"), "B5")
    assert round(found["mean"], 6) == Fraction("6.334437")
    assert round(found["sd"], 6) == Decimal("3.263861")
    assert round(found["cv"], 6) == Decimal("0.515257")
    assert abs(found["cv"] - Decimal("0.488771")) > Decimal("0.02")  # unweighted population CV
    assert abs(found["cv"] - Decimal("0.546462")) > Decimal("0.02")  # sample CV
    assert sum(found["contributions"].values()) == 1
    # The published terms 0.003, 0.85, 5.13, 4.50, 0.17 of a sum of 10.65.
    variance = found["cv_squared"] * found["mean"] ** 2
    terms = [float(part * variance) for part in found["contributions"].values()]
    assert terms == pytest.approx([0.003, 0.85, 5.13, 4.50, 0.17], abs=0.01)


def test_published_split_of_a_nine_year_school() -> None:
    row = school("九", "九年一贯制学校", {"小学": 166, "初中": 210}, 图书册数=23226)
    result = evaluate([row], "basic_balanced")
    primary = only(result)["values"]["B5"] * 166
    junior = only(result, "junior")["values"]["B5"] * 210
    assert (round(primary, 4), round(junior, 4)) == (Fraction("9711.6272"), Fraction("13514.3728"))
    assert primary == Fraction(23226 * 166, 397)
    assert primary + junior == 23226


def test_split_of_the_other_mixed_schools() -> None:
    complete = school("完", "完全中学", {"初中": 600, "高中": 500}, 网络多媒体教室数=24)
    assert only(evaluate([complete]), "junior")["values"]["L7"] == 2  # 600 / (600 + 1.2 × 500)
    twelve = {"小学": 100, "初中": 100, "高中": 100}
    result = evaluate([school("十二", "十二年一贯制学校", twelve, 网络多媒体教室数=342)])
    assert only(result)["values"]["L7"] == 100  # 342 / (1 + 1.1 + 1.32)
    assert only(result, "junior")["values"]["L7"] == 110
    assert len(result["sections"]) == 2
    unknown = evaluate([school("完", "完全中学", {"初中": 600}, 网络多媒体教室数=24)])
    assert only(unknown, "junior")["values"]["L7"] is None


@pytest.mark.parametrize(("name", "line"), CHONGQING.items())
def test_published_composites(name: str, line: str) -> None:
    *cvs, published = map(Fraction, line.split(","))
    limit = Fraction("0.65") if name.endswith("小学") else Fraction("0.55")
    cv, complies = composite([cv**2 for cv in cvs], limit)
    assert cv is not None
    assert abs(Fraction(cv) - published) <= Fraction("0.001")
    assert Fraction(cv) == sum(cvs) / 8
    assert complies is True


def test_composite_is_compared_exactly() -> None:
    limit = Fraction("0.65")
    assert composite([limit**2] * 8, limit)[1] is True
    thirds = [Fraction(1, 9), Fraction("0.65") ** 2, (Fraction("1.3") - Fraction(1, 3)) ** 2]
    assert composite(thirds, limit)[1] is True
    assert composite([*thirds[:2], thirds[2] + Fraction(1, 10**80)], limit)[1] is False
    assert composite([*thirds[:2], thirds[2] - Fraction(1, 10**80)], limit)[1] is True
    assert composite([Fraction(1), None], limit) == (None, None)


def test_every_threshold_exactly_met() -> None:
    result = evaluate([rich_primary("甲")])
    section = only(result)
    assert section["values"]["L1"] == Fraction("4.2")
    assert section["values"]["L6"] == 2000
    assert set(section["meets"].values()) == {True}
    assert section["complies"] is True
    assert section["gaps"] == {}
    allocation = result["resource_allocation"]["500103"]
    assert allocation["complies"] is True
    assert allocation["stages"] == {"primary": True}
    assert set(allocation["items"].values()) == {True}
    assert {d["cv"] for d in result["districts"]} == {Decimal(0)}
    assert result["composite"] == [
        {"district_code": "500103", "stage": "primary", "cv": Decimal(0), "limit": None, "complies": None}
    ]


def test_one_short_item_at_the_floor_complies() -> None:
    at_floor = rich_primary("甲", 教学及辅助用房面积="4325.00")  # L4 = 3.825 = 85 % of 4.5
    section = only(evaluate([at_floor]))
    assert (section["meets"]["L4"], section["floor_met"]["L4"]) == (False, True)
    assert section["complies"] is True
    assert (section["gaps"], section["exempt"]) == ({}, "L4")
    assert evaluate([at_floor])["resource_allocation"]["500103"]["items"]["L4"] is True

    result = evaluate([rich_primary("甲", 教学及辅助用房面积="4324.99")])
    assert only(result)["complies"] is False
    assert only(result)["gaps"] == {"L4": {"amount": 1, "unit": "㎡"}}  # 0.01 up to the floor
    items = result["resource_allocation"]["500103"]["items"]
    assert items == {key: key != "L4" for key in L_KEYS}


def test_two_short_items_fail() -> None:
    row = rich_primary("甲", 小学高于规定学历教师数=41, 网络多媒体教室数=22)
    result = evaluate([row])
    section = only(result)
    assert section["complies"] is False
    assert section["gaps"] == {"L1": {"amount": 1, "unit": "人"}}  # 1/42 costs less than 1/23
    assert section["exempt"] == "L7"
    items = result["resource_allocation"]["500103"]["items"]
    assert [key for key in L_KEYS if items[key] is False] == ["L1", "L7"]


def test_what_must_be_supplied_is_rounded_up() -> None:
    section = only(evaluate([rich_primary("甲", 1001)]))
    assert section["gaps"]["L1"] == {"amount": 1, "unit": "人"}  # 42.042 - 42
    assert section["gaps"]["L4"] == {"amount": 5, "unit": "㎡"}  # 4,504.5 - 4,500
    assert section["gaps"]["L6"] == {"amount": 2000, "unit": "元"}
    assert section["exempt"] == "L3"  # 1/9.009 is the largest part of a line


def test_a_mixed_school_is_supplied_until_its_section_has_enough() -> None:
    """Standard.md 6: share 1/3 and 409.5 short need 1,228.5; what is printed is 1,229."""
    pupils = {"小学": 6600, "初中": 3000}  # junior: 3,300 of 9,900 weighted pupils
    cells: dict[str, object] = {"初中高于规定学历教师数": 0, "室内体育用房面积": 0}

    def junior(ground: str) -> dict[str, Any]:
        row = school("九", "九年一贯制学校", pupils, 运动场地面积=ground, **cells)
        return only(evaluate([row]), "junior")

    short = junior("90571.5")  # 10.2 × 3,000 × 3 = 91,800
    assert short["exempt"] == "L1"
    assert short["gaps"]["L5"] == {"amount": 1229, "unit": "㎡"}
    assert junior("90980.5")["meets"]["L5"] is False  # the section's own 409.5 are not enough
    assert junior("91799.5")["meets"]["L5"] is False  # nor is a step less
    assert junior("91800.5")["meets"]["L5"] is True
