"""Search by Chinese, pinyin and initials; expected spellings are ordinary pinyin."""

import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.search import show_found
from data.atomic_files import DamagedFileError
from data.rows.search import EntryRow
from data.warehouse.spelling import spelling
from queries import search
from queries.reader import NoSnapshotError, OutdatedSnapshotError, TooSlowError
from queries.search import matches

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
        ("石柱", "500240"),
        ("shizhu", "500240"),
        ("sz", "500240"),
        ("sx", "500240"),
        ("yuzhong", "500103"),
        ("yz", "500103"),
        ("YOUYANG", "500242"),
        ("骨干", "L2"),
        ("l2", "L2"),
        ("zbjz", "/matrix"),
        ("渝中 小学", "S1"),
        ("500103", "500103"),
    ],
)
def test_first_match(words: str, first: str) -> None:
    assert matches(ENTRIES, words)[0].code == first


@pytest.mark.parametrize("words", ["", "   ", "不存在", "qqqq"])
def test_nothing_to_find(words: str) -> None:
    assert matches(ENTRIES, words) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoSnapshotError, "还没有发布数据"),
        (DamagedFileError, "已损坏"),
        (OutdatedSnapshotError, "由旧程序发布"),
        (TooSlowError, "用时过长"),
    ],
)
def test_a_search_that_fails_says_why(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch, error: type[Exception], words: str
) -> None:
    def fail(*_: object) -> None:
        raise error("x")

    monkeypatch.setattr(search, "find", fail)
    (tree,) = show_found(deps, "云阳")
    assert words in tree
    assert "没有找到" not in tree
