"""What a look ahead found, in sentences: each group of units once, with its number and its names."""

import pytest

from data.warehouse.trial_differences import Facts, differences_of
from layouts.office.catalogue_effects import effect_headline, effect_in_short, effect_sentences


def facts(verdicts: dict[str, str], **other: object) -> Facts:
    units = {
        code: {"district_code": code, "short_name": f"县{code}", "name": f"县{code}", "verdict": v, "progress": "late"}
        for code, v in verdicts.items()
    }
    given: dict[str, object] = {"earlier": {}, "items": {}, "schools": {}, "warnings": {}, "sections": {}, **other}
    return Facts("2026", units, **given)  # pyright: ignore[reportArgumentType]


NOW = facts({"1": "met", "2": "met", "3": "met", "4": "near"})


def test_units_that_flip_alike_are_one_sentence() -> None:
    after = facts({"1": "unmet", "2": "unmet", "3": "unmet", "4": "near"})
    found = {"is_as_if": False, **differences_of(NOW, after)}
    assert effect_sentences(found) == ["3个区县由达标转未达标：县1、县2、县3。"]
    assert effect_headline(found) == "3个区县不再达标"
    assert (found["met_before"], found["met_after"]) == (3, 0)
    assert effect_in_short(found) == "3个区县由达标转未达标：县1、县2、县3"


def test_why_nothing_could_be_published_comes_first() -> None:
    found = {
        "is_as_if": False,
        "problems": ["有1个单位没有判定（2026 500242）。"],
        **differences_of(NOW, facts({"1": "unmet"})),
    }
    assert effect_sentences(found)[0] == "发布不了：有1个单位没有判定（2026 500242）。"
    assert effect_headline(found) == "就发布不了"


@pytest.mark.parametrize(
    ("after", "headline"),
    [
        ({"1": "met", "2": "met", "3": "met", "4": "met"}, "1个区县转为达标"),
        ({"1": "unmet", "2": "met", "3": "met", "4": "met"}, "2个区县的判定改变"),
        ({"1": "met", "2": "met", "3": "met", "4": "near"}, "没有区县改变"),
    ],
)
def test_the_headline_says_which_way(after: dict[str, str], headline: str) -> None:
    assert effect_headline({"is_as_if": False, **differences_of(NOW, facts(after))}) == headline


def test_nothing_flips_is_said() -> None:
    found = differences_of(NOW, NOW)
    assert effect_sentences(found) == ["没有变化：2026数据期各区县的判定、项目、预警都与现在相同。"]


def test_schools_warnings_and_earlier_periods_are_counted() -> None:
    before = facts({"1": "met"}, schools={("1", "G5.primary"): 2}, earlier={("1", "2025"): "met"})
    warning = {("1", "over_limit"): {"district_code": "1", "name": "差异系数超上限", "level": "orange"}}
    after = facts({"1": "met"}, schools={("1", "G5.primary"): 9}, earlier={("1", "2025"): "unmet"}, warnings=warning)
    assert effect_sentences(differences_of(before, after)) == [
        "小学班额：1个区县的超限学校共由2所变为9所：县12→9。",
        "新触发橙色预警“差异系数超上限”1个区县：县1。",
        "以前的数据期也会改判，共1个区县次：生效日早于这些数据期。",
    ]
