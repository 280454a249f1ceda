"""The evidence of the long runs is written when it is complete, and not before."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from data.settings import ROOT
from tests.faults import figures

NAME = re.compile(r"\brecord\(\s*f?\"([a-z_{}]+)\"")


@pytest.fixture
def complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with every figure, and a target that is not the project's."""
    folder = tmp_path / "figures"
    folder.mkdir()
    for name in figures.EXPECTED:
        (folder / f"{name}.json").write_text('{"trials": 1}')
    monkeypatch.setattr(figures, "FIGURES", folder)
    monkeypatch.setattr(figures, "TARGET", tmp_path / "faults.json")
    return folder


def test_complete_figures_are_written(complete: Path) -> None:
    figures.main()
    assert json.loads(figures.TARGET.read_text())["figures"].keys() == figures.EXPECTED


@pytest.mark.parametrize("name", ["two_hosts", "ledger_machine", "canaries_school_office"])
def test_a_missing_figure_is_named(complete: Path, name: str) -> None:
    (complete / f"{name}.json").unlink()
    with pytest.raises(SystemExit, match=f"^not recorded: {name}$"):
        figures.main()
    assert not figures.TARGET.exists()


def test_a_figure_that_nobody_expects_is_named(complete: Path) -> None:
    (complete / "surprise.json").write_text("{}")
    with pytest.raises(SystemExit, match="not expected: surprise"):
        figures.main()


def test_what_the_tests_record_is_what_is_expected() -> None:
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py")]
    recorded = [re.sub(r"\{\w+\}", "*", name) for text in texts for name in NAME.findall(text)]
    assert len(recorded) > 25
    unknown = [r for r in recorded if not any(fnmatch(name, r) for name in figures.EXPECTED)]
    unrecorded = [n for n in figures.EXPECTED if not any(fnmatch(n, r) for r in recorded)]
    assert (unknown, unrecorded) == ([], [])
