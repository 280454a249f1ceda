"""Pages are composed of `layouts/components/`: they write no tags."""

import ast
from pathlib import Path

import pytest

LAYOUTS = Path(__file__).parents[2] / "layouts"
COMPOSED = (
    "document.py",
    "meeting",
    "office",
    "pages/changes",
    "pages/cv",
    "pages/district",
    "pages/funds",
    "pages/leads",
    "pages/league",
    "pages/ledger",
    "pages/library",
    "pages/matrix",
    "pages/meeting",
    "pages/method",
    "pages/overview",
    "pages/parents",
    "pages/plan",
    "pages/rounds",
    "pages/school",
    "pages/trend",
    "pages/warn",
    "parts/source.py",
    "proof",
    "search",
    "sign_in.py",
)


def writes_tags(path: Path) -> bool:
    """Whether a file imports the function that makes nodes."""
    imports = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom))
    return any(n.module == "layouts.markup" and any(a.name == "h" for a in n.names) for n in imports)


@pytest.mark.parametrize("place", COMPOSED)
def test_a_page_writes_no_tags(place: str) -> None:
    path = LAYOUTS / place
    paths = [path] if path.is_file() else sorted(path.rglob("*.py"))
    assert paths
    assert [str(p.relative_to(LAYOUTS)) for p in paths if writes_tags(p)] == []
