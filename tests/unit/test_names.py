"""Names of locals and parameters: nouns of the domain, not words that fit whatever is held."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("callbacks", "data", "layouts", "queries")
VAGUE = {"found", "one", "own", "wanted", "words"}
TO_DO: tuple[str, ...] = ()


def vague_names(source: str) -> list[tuple[str, int, str]]:
    """Function, its line and name, of every local and parameter named so that it says nothing of what it holds."""
    return [
        (function.name, function.lineno, name)
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in sorted(_bound(function) & VAGUE)
    ]


def _bound(function: ast.AST) -> set[str]:
    nodes = list(ast.walk(function))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in nodes if isinstance(node, ast.arg)}


def test_a_vague_name_is_seen_wherever_it_is_bound() -> None:
    source = "def shown(words, *, rows):\n    return [own for own in rows], lambda one: one\n"
    assert vague_names(source) == [("shown", 1, "one"), ("shown", 1, "own"), ("shown", 1, "words")]
    assert vague_names("def shown(rows):\n    return rows.words, wanted\n") == []


@pytest.mark.parametrize("room", ROOMS)
def test_locals_and_parameters_are_nouns_of_the_domain(room: str) -> None:
    files = {path.relative_to(ROOT): path for path in sorted((ROOT / room).rglob("*.py"))}
    vague = [
        f"{name}:{line} {function}: {local}"
        for name, path in files.items()
        if not any(name.is_relative_to(folder) for folder in TO_DO)
        for function, line, local in vague_names(path.read_text(encoding="utf-8"))
    ]
    assert vague == []


def test_what_is_still_to_do_has_something_to_do() -> None:
    for folder in TO_DO:
        path = ROOT / folder
        files = [path] if path.is_file() else path.rglob("*.py")
        assert any(vague_names(file.read_text(encoding="utf-8")) for file in files), folder
