"""Search by Chinese, pinyin and initials; expected spellings are ordinary pinyin."""

import pytest

from data.warehouse.spelling import spelling
from queries.search import EntryRow, matches

ENTRIES = [
    EntryRow(kind, code, name, "", None, "", None, None, *spelling(name))
    for kind, code, name in (
        ("district", "500240", "石柱土家族自治县"),
        ("district", "500103", "渝中区"),
        ("district", "500242", "酉阳土家族苗族自治县"),
        ("indicator", "L2", "L2 每百名学生拥有县级以上骨干教师数"),
        ("page", "/matrix", "指标矩阵"),
        ("school", "S1", "渝中示例小学"),
    )
]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("石柱", "500240"), ("shizhu", "500240"), ("sz", "500240"), ("sx", "500240"),
        ("yuzhong", "500103"), ("yz", "500103"), ("YOUYANG", "500242"), ("骨干", "L2"),
        ("l2", "L2"), ("zbjz", "/matrix"), ("渝中 小学", "S1"), ("500103", "500103"),
    ],
)  # fmt: skip
def test_first_match(words: str, first: str) -> None:
    assert matches(ENTRIES, words)[0].code == first


@pytest.mark.parametrize("words", ["", "   ", "不存在", "qqqq"])
def test_nothing_to_find(words: str) -> None:
    assert matches(ENTRIES, words) == []
