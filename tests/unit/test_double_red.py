"""What is said of 双红 beside CVs that have no value of a year before."""

from types import SimpleNamespace
from typing import cast

import pytest

from data.rows.context import UnitContext
from layouts.parts.double_red import rest_words, unknown_words


def cv(unit: str, stage: str, change: str | None, *, is_within: bool = False) -> SimpleNamespace:
    return SimpleNamespace(district_code=unit, stage=stage, cv=0.6, change_kind=change, is_within_limit=is_within)


def rows(*cvs: SimpleNamespace) -> UnitContext:
    return cast(UnitContext, SimpleNamespace(cvs=cvs, scoped_codes={"A", "B"}))


@pytest.mark.parametrize(
    ("cvs", "unknown", "rest"),
    [
        ([], "", ""),
        ([cv("A", "primary", "worse")], "", ""),
        ([cv("A", "primary", None, is_within=True)], "", ""),
        ([cv("C", "primary", None)], "", ""),
        (
            [cv("A", "primary", None)],
            "1项差异系数超上限，没有可比的上年值，不判是否变差",
            "，另有1项超上限而没有可比的上年值",
        ),
        ([cv("A", "primary", None), cv("B", "junior", "better")], "", "，另有1项超上限而没有可比的上年值"),
    ],
    ids=["none over", "all compared", "within", "outside the filter", "none compared", "some compared"],
)
def test_what_cannot_be_compared_is_no_zero(cvs: list[SimpleNamespace], unknown: str, rest: str) -> None:
    assert unknown_words(rows(*cvs)) == unknown
    assert rest_words(rows(*cvs)) == rest


def test_only_the_stage_in_view_is_spoken_of() -> None:
    mixed = rows(cv("A", "primary", None), cv("B", "junior", "worse"))
    assert unknown_words(mixed, "primary")
    assert not unknown_words(mixed, "junior")
    assert not rest_words(mixed, "junior")
