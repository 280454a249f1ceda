"""Pages are composed of `layouts/components/`: they write no tags, but where a chart is drawn."""

import ast
from pathlib import Path

import pytest

LAYOUTS = Path(__file__).parents[2] / "layouts"
COMPOSED = (
    "pages/cv",
    "pages/funds",
    "pages/league",
    "pages/matrix",
    "pages/method",
    "pages/overview",
    "pages/trend",
    "proof",
    "search",
)
CHARTS = {"pages/cv/plot.py", "pages/league/side.py", "pages/trend/chart.py"}
"""Files that still draw SVG by themselves."""


def writes_tags(path: Path) -> bool:
    """Whether a file imports the function that makes nodes."""
    imports = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom))
    return any(n.module == "layouts.markup" and any(a.name == "h" for a in n.names) for n in imports)


@pytest.mark.parametrize("folder", COMPOSED)
def test_a_page_writes_no_tags(folder: str) -> None:
    files = [str(p.relative_to(LAYOUTS)) for p in sorted((LAYOUTS / folder).rglob("*.py")) if writes_tags(p)]
    assert [file for file in files if file not in CHARTS] == []


def test_each_exception_is_needed() -> None:
    assert {file for file in CHARTS if writes_tags(LAYOUTS / file)} == CHARTS
