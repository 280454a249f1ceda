"""The tool that changes code changes code only, and what is set aside in it still stands there."""

from pathlib import Path

import pytest

from tests.mutants import changes
from tests.mutants.changes import ROOT, equivalents, function_of, mutants_of

PYTHON = '''"""Words and more >= words."""


def is_late(days: int, most: int = 3 - 1) -> bool:
    """At most, or later."""
    known = "a and b"  # and a word
    return days > most and bool(known) and f"{days + 1}" != ""
'''
SQL = """-- relation: late
-- what is late and open
select
    day,
    'and' as word
from issue
where day between 1 and 7 and is_open is not null
"""


def changed(folder: Path, name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> set[tuple[int, str]]:
    monkeypatch.setattr(changes, "ROOT", folder)
    (folder / name).write_text(text, encoding="utf-8")
    return {(mutant.line, mutant.after.strip()) for mutant in mutants_of(folder / name)}


def test_operators_of_python_are_changed_one_by_one_and_words_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = 'return days > most and bool(known) and f"{days + 1}" != ""'
    assert changed(tmp_path, "late.py", PYTHON, monkeypatch) == {
        (4, "def is_late(days: int, most: int = 3 + 1) -> bool:"),
        (7, line.replace(">", ">=")),
        (7, line.replace("most and", "most or")),
        (7, line.replace("(known) and", "(known) or")),
        (7, line.replace("!=", "==")),
    }


def test_a_frozen_row_stays_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Row:\n    is_open: bool = True\n"
    assert changed(tmp_path, "row.py", text, monkeypatch) == {(6, "is_open: bool = False")}


def test_what_would_be_no_sql_is_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed(tmp_path, "late.sql", SQL, monkeypatch) == {
        (7, "where day between 1 and 7 or is_open is not null"),
        (7, "where day between 1 and 7 and is_open is null"),
    }


def test_a_change_is_placed_in_its_function() -> None:
    file = ROOT / "data" / "store" / "agenda.py"
    lines = file.read_text(encoding="utf-8").splitlines()
    [mutant] = [m for m in mutants_of(file) if "len(order), position + 1" in m.after]
    first = function_of(mutant)
    assert first is not None
    assert lines[first - 1].startswith("def place_slide(")


def test_what_is_set_aside_still_stands_there_and_has_a_reason() -> None:
    for (file, before, after), reason in equivalents().items():
        assert (before, after) in {(m.before.strip(), m.after.strip()) for m in mutants_of(ROOT / file)}, before
        assert len(reason) > 20
