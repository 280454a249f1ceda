"""What must hold of the oracle itself for any generated district."""

from __future__ import annotations

import math
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from tests.oracle import evaluate
from tests.oracle_amounts import STAGES, Row
from tests.oracle_strategies import districts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(districts())
def test_generated_rows_are_valid(rows: list[Row]) -> None:
    assert 1 <= len(rows) <= 8
    assert len({row["学校代码"] for row in rows}) == len(rows)
    for row in rows:
        rooms, indoor = row.get("教学及辅助用房面积"), row.get("室内体育用房面积")
        if rooms is not None and indoor is not None:
            assert Decimal(str(indoor)) <= Decimal(str(rooms))
        for stage, zh in (("primary", "小学"), ("junior", "初中"), ("senior", "高中")):
            pupils = row[f"{zh}在校生数"]
            if stage in STAGES[str(row["办学类型"])]:
                assert isinstance(pupils, int)
            else:
                assert not pupils
            teachers = row.get(f"{zh}专任教师数")
            parts = [v for k, v in row.items() if k.startswith(zh) and k.endswith("教师数")]
            counts = [v for v in parts if isinstance(v, int)]
            assert not isinstance(teachers, int) or max(counts) <= teachers
        for key, value in row.items():
            if value is not None and key.endswith(("数", "面积", "值", "经费", "预算")):
                assert Decimal(str(value)) >= 0
                assert isinstance(value, int) or not key.endswith("数")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(districts())
def test_properties_of_the_standard(rows: list[Row]) -> None:
    result = evaluate(rows)
    allocation = result["resource_allocation"]["500103"]
    # §1.1: the seven items are all met exactly when the district rule holds.
    items = list(allocation["items"].values())
    assert (allocation["complies"] is True) == all(met is True for met in items)
    assert (allocation["complies"] is False) == any(met is False for met in items)
    for found in (*result["districts"], *evaluate(rows, "basic_balanced")["districts"]):
        assert not found["contributions"] or sum(found["contributions"].values()) == 1
        if found["cv"] is not None:
            assert math.isclose(float(found["cv"]) ** 2, float(found["cv_squared"]))
    # The order of the schools is irrelevant.
    assert evaluate(rows[::-1])["resource_allocation"] == result["resource_allocation"]
