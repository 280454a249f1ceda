"""docs/asvs.md: each requirement once, with a mark and a test that exists; what is open is named again."""

import re
from collections import Counter

from data.settings import ROOT

ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([●◐○–]) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
WORDS = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROWS = ROW.findall(WORDS)
LEVELS_ONE_AND_TWO = 253
"""Requirements of levels 1 and 2 in version 5.0."""


def test_each_requirement_stands_there_once() -> None:
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers)) == LEVELS_ONE_AND_TWO
    assert {int(n.split(".")[0]) for n in numbers} == set(range(1, 18))
    assert len(re.findall(r"^\| \d+\.\d+\.\d+ ", WORDS, re.MULTILINE)) == len(ROWS), "each line has all its columns"


def test_what_is_met_has_a_test_that_exists() -> None:
    for number, _, _, mark, how, tests in ROWS:
        paths = re.findall(r"`([^`]+)`", tests)
        assert [p for p in paths if not (ROOT / p).exists()] == [], number
        assert paths or mark == "–", number
        assert how.strip(), number


def test_open_points_are_named_again_and_counted() -> None:
    points = WORDS.split("## Open points")[1].split("\n## ")[0]
    named = set(re.findall(r"^- (\d+\.\d+\.\d+) ", points, re.MULTILINE))
    assert named == {row[0] for row in ROWS if row[3] in "◐○"}
    counted = dict(re.findall(r"^\| ([●◐○–]) \| (\d+) \|$", WORDS, re.MULTILINE))
    assert {mark: int(n) for mark, n in counted.items()} == dict(Counter(row[3] for row in ROWS))


def test_operations_names_tests_that_exist() -> None:
    words = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8") + (
        ROOT / "docs" / "data-protection.md"
    ).read_text(encoding="utf-8")
    assert [p for p in re.findall(r"`(tests/[^`*]+)`", words) if not (ROOT / p).exists()] == []
