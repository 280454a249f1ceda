"""The list of modules in ARCHITECTURE.md: one line each, in the words that the module says of itself.

`python -m tests.modules` writes it anew.
"""

import ast
from pathlib import Path

from data.settings import ROOT

FOLDERS = ("data", "queries", "layouts", "callbacks")
HEAD = "## Modules\n"
END = "\n## Decided against"


def modules() -> list[Path]:
    """Every module of the four folders but the migrations, which are a history."""
    found = (p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py"))
    return sorted(p for p in found if "migrations" not in p.parts and not (p.name == "__init__.py" and not said(p)))


def said(path: Path) -> str:
    """The first line of a module's docstring."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return words.partition("\n")[0]


def section() -> str:
    """The section as it should stand."""
    lines = [HEAD]
    place = ""
    for path in modules():
        folder = str(path.parent.relative_to(ROOT))
        if folder != place:
            place = folder
            package = path.parent / "__init__.py"
            lines.append(f"\n`{folder}/` {said(package) if package.exists() else ''}".rstrip() + "\n")
        if path.name != "__init__.py":
            lines.append(f"- `{path.name}` {said(path)}")
    return "\n".join(lines) + "\n"


def written() -> tuple[str, str, str]:
    """ARCHITECTURE.md before the section, the section, and after it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    start = text.index(HEAD)
    end = text.index(END, start)
    return text[:start], text[start:end], text[end:]


if __name__ == "__main__":
    before, _, after = written()
    (ROOT / "ARCHITECTURE.md").write_text(before + section() + after, encoding="utf-8")
