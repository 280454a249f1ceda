"""The installation's own words are said by every page at once, and are words wherever they stand."""

import ast
import json
from collections.abc import Iterator

import pytest

from callbacks.rendering.index_document import script_words
from data.settings import ROOT
from data.text import project_texts, use_words

FOLDERS = ("data", "queries", "layouts", "callbacks")
SAYING = {"text", "all_texts"}
MARKUP = "</script><script>alert(1)</script><!--"


@pytest.fixture
def own_words() -> Iterator[None]:
    keys = ("state.offline", "state.failed", "state.failed_body", "export.choose_panel", "app.copied")
    use_words({key: f"{project_texts()[key]}{MARKUP}" for key in keys})
    yield
    use_words({})


def said_at_import(tree: ast.Module) -> list[int]:
    """Lines that ask for a text while the module is read: those would say the words of the start for ever."""
    found: list[int] = []
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            found.append(node.lineno)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += [d for d in (*node.args.defaults, *node.args.kw_defaults) if d is not None]
            waiting += getattr(node, "decorator_list", [])
        else:
            waiting += ast.iter_child_nodes(node)
    return found


def test_no_module_writes_words_down_while_it_is_read() -> None:
    modules = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py")]
    assert sorted(said_at_import(ast.parse("X = [text('a')]\ndef f(b=text('c')):\n    return text('d')"))) == [1, 2]
    found = {str(p.relative_to(ROOT)): said_at_import(ast.parse(p.read_text(encoding="utf-8"))) for p in modules}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_scripts_are_told_own_words_that_cannot_end_their_element(own_words: None) -> None:
    written = script_words()
    assert "<" not in written
    said = json.loads(written)
    assert said["offline"] == f"{project_texts()['state.offline']}{MARKUP}"
    assert said["copied"].endswith(MARKUP)
