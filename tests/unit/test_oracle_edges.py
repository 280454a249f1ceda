"""The oracle where something is missing, zero, out of scope, or exactly at a limit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.made_schools import L_KEYS, only, rich_primary, school, spread_of
from tests.oracle import evaluate


def test_missing_input_is_missing() -> None:
    row = rich_primary("甲", 室内体育用房面积=None)
    del row["小学骨干教师数"]
    result = evaluate([row])
    section = only(result)
    for key in ("L2", "L4", "L5"):
        assert (section["values"][key], section["meets"][key]) == (None, None)
        assert spread_of(result, key)["cv"] is None
    assert section["complies"] is None
    allocation = result["resource_allocation"]["500103"]
    assert allocation["complies"] is None
    assert allocation["items"] == {key: None if key in ("L2", "L4", "L5") else True for key in L_KEYS}
    # A known failure outweighs what is missing.
    row |= {"小学高于规定学历教师数": 0}
    assert only(evaluate([row]))["complies"] is False


def test_one_missing_school_makes_the_cv_undefined() -> None:
    rows = [rich_primary("甲"), rich_primary("乙", 网络多媒体教室数=None)]
    assert (spread_of(evaluate(rows), "L7")["cv"], spread_of(evaluate(rows), "L1")["cv"]) == (None, 0)
    out_of_scope = [rows[0], rows[1] | {"办学类型": "特殊教育学校"}]
    assert spread_of(evaluate(out_of_scope), "L7")["cv"] == 0


def test_zero_pupils() -> None:
    rows = [rich_primary("甲"), rich_primary("空", 0)]
    result = evaluate(rows)
    empty = result["sections"][1]
    assert empty["in_scope"]
    assert set(empty["values"].values()) == {None}
    assert (empty["complies"], empty["gaps"]) == (None, {})
    assert spread_of(result, "L1")["cv"] == 0
    assert spread_of(result, "L1")["contributions"] == {}
    assert result["resource_allocation"]["500103"]["complies"] is None
    assert evaluate([rich_primary("空", 0)])["districts"][0]["mean"] is None
    mixed = school("九", "九年一贯制学校", {"小学": 0, "初中": 10})
    assert [s["stage"] for s in evaluate([mixed])["sections"]] == ["junior"]


def test_zero_mean_is_undefined() -> None:
    result = evaluate([rich_primary("甲", 网络多媒体教室数=0)])
    found = spread_of(result, "L7")
    assert (found["mean"], found["cv"], found["complies"]) == (0, None, None)


@pytest.mark.parametrize(
    ("kind", "pupils", "reason"),
    [
        ("教学点", 49, "small_teaching_point"),
        ("教学点", 50, None),
        ("教学点", 51, None),
        ("特殊教育学校", 500, "special_school"),
        ("职业学校", 500, "vocational_school"),
        ("小学", 1, None),
    ],
)
def test_scope(kind: str, pupils: int, reason: str | None) -> None:
    result = evaluate([rich_primary("甲", pupils, 办学类型=kind)])
    section = only(result)
    assert (section["reason"], section["in_scope"]) == (reason, reason is None)
    assert section["values"]["L1"] == Fraction(4200, pupils)
    assert bool(result["districts"]) == (reason is None)
    if reason:
        assert section["complies"] is None
        allocation = result["resource_allocation"]["500103"]
        assert (allocation["complies"], set(allocation["items"].values())) == (None, {None})


def test_teaching_point_scope_counts_both_stages() -> None:
    result = evaluate([school("点", "教学点", {"小学": 30, "初中": 20}, 网络多媒体教室数=52)])
    assert [s["reason"] for s in result["sections"]] == [None, None]
    assert only(result)["values"]["L7"] == 100  # 52 × 30 / (30 + 22)


@pytest.mark.parametrize(
    ("kind", "zh", "stage", "low", "high", "verdict"),
    [
        ("小学", "小学", "primary", 50, 150, True),  # CV = 0.5 exactly
        ("小学", "小学", "primary", 499, 1501, False),
        ("初级中学", "初中", "junior", 55, 145, True),  # CV = 0.45 exactly
        ("初级中学", "初中", "junior", 54, 146, False),
    ],
)
def test_cv_at_the_limit(kind: str, zh: str, stage: str, low: int, high: int, verdict: bool) -> None:
    rows = [school(code, kind, {zh: 700}, 网络多媒体教室数=rooms) for code, rooms in (("甲", low), ("乙", high))]
    found = spread_of(evaluate(rows), "L7", stage)
    assert found["complies"] is verdict
    assert found["cv_squared"] == Fraction(high - low, high + low) ** 2
    assert found["contributions"] == {"甲": Fraction(1, 2), "乙": Fraction(1, 2)}


def test_printed_roots_have_thirty_digits() -> None:
    rows = [
        school(code, "小学", {"小学": pupils}, 图书册数=books) for code, pupils, books in (("甲", 1, 1), ("乙", 2, 4))
    ]
    found = spread_of(evaluate(rows, "basic_balanced"), "B5")  # values 1, 2, 2: variance 2/9
    assert found["cv_squared"] == Fraction(2, 25)
    assert found["cv"] == Decimal("0.282842712474619009760337744842")


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError):
        evaluate([school("甲", "小学", {"小学": 10}, 网络多媒体教室数=2.5)])
