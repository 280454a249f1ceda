"""The browser half: no words of its own, small modules, joined as they are written, kept under their version."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from app import create_app
from callbacks.rendering.index_document import script_words
from data.settings import ROOT, Settings
from layouts.assets import ENTRIES, MODULES_FOLDER, UnknownModuleError, joined_modules, modules_address

SCRIPTS = [p for p in (ROOT / "assets").rglob("*.js") if p.parent.name != "vendor"]
MODULES = sorted(MODULES_FOLDER.glob("*.js"))
COMMENT = re.compile(r"/\*[\s\S]*?\*/")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
PICTURE = {"picture-drawing.js", "picture-file.js"}
"""Loaded when first asked for."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.name)
def test_no_script_has_words_of_its_own(script: Path) -> None:
    assert CHINESE.findall(COMMENT.sub("", script.read_text("utf-8"))) == []


def test_every_sentence_that_scripts_say_is_sent_with_the_page() -> None:
    said = {name for p in MODULES for name in re.findall(r"sentence\(\"(\w+)\"", p.read_text("utf-8"))}
    assert said == set(json.loads(script_words()))


def test_modules_are_small() -> None:
    assert {p.name: n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) >= 160} == {}


@pytest.mark.parametrize("entry", ENTRIES.values())
def test_what_is_joined_is_every_module_once_after_those_that_it_needs(entry: str) -> None:
    order = joined_names(entry)
    assert len(order) == len(set(order))
    assert order[-1] == entry
    for name in order:
        needed = re.findall(r'from "\./([\w-]+\.js)"', (MODULES_FOLDER / name).read_text("utf-8"))
        assert all(order.index(n) < order.index(name) for n in needed), name


def test_every_module_is_part_of_a_page() -> None:
    joined = {name for entry in ENTRIES.values() for name in joined_names(entry)}
    assert sorted(joined) == sorted({p.name for p in MODULES} - PICTURE - {"boot.js"})


def joined_names(entry: str) -> list[str]:
    return re.findall(r'^modules\["([\w-]+\.js)"\]', joined_modules(entry=entry), re.MULTILINE)


def test_what_is_joined_is_a_module_without_comments(tmp_path: Path) -> None:
    file = tmp_path / "page.mjs"
    file.write_text(joined_modules(), encoding="utf-8")
    subprocess.run(["node", "--check", file], check=True)
    assert "@param" not in joined_modules()


def test_a_joined_module_does_what_its_parts_do(tmp_path: Path) -> None:
    """Names, aliases and a whole module; comments of every place go, and a cast keeps its value."""
    parts = {
        "a.js": "/* One.\n   Two. */\nexport const ONE = 1;\n\n/** @type {number} */\nexport const TWO = 2;\n",
        "b.js": 'import { ONE as first, TWO } from "./a.js";\nimport * as a from "./a.js";\n\n'
        'export const sum = () => first + TWO + a.ONE; /* four */\nexport class Sign {\n  text = "/* kept */";\n}\n',
        "main.js": 'import {\n  sum,\n  Sign,\n} from "./b.js";\n\n'
        "export const start = () =>\n  /** @type {any} */ (sum()) + new Sign().text;\n",
    }
    for name, text in parts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "page.mjs").write_text(joined_modules(tmp_path), encoding="utf-8")
    ask = f'import {{ start }} from "{tmp_path}/page.mjs"; console.log(start())'
    answer = subprocess.run(["node", "--input-type=module", "-e", ask], check=True, capture_output=True, text=True)
    assert answer.stdout == "4/* kept */\n"
    assert "One." not in joined_modules(tmp_path)


@pytest.mark.parametrize(
    ("main", "problem"),
    [
        ('import a from "./a.js";\n', "import a from"),
        ('export { x } from "./a.js";\n', "export { x }"),
        ("export default 1;\n", "export default"),
        ('import { back } from "./a.js";\nexport const x = back;\n', "main.js → a.js → main.js"),
    ],
)
def test_a_form_that_is_not_joined_is_refused(tmp_path: Path, main: str, problem: str) -> None:
    (tmp_path / "main.js").write_text(main, encoding="utf-8")
    (tmp_path / "a.js").write_text('import { x } from "./main.js";\nexport const back = x;\n', encoding="utf-8")
    with pytest.raises(UnknownModuleError, match=re.escape(problem)):
        joined_modules(tmp_path)


def test_a_module_is_kept_under_its_version_and_asked_for_again_under_another(demo_settings: Settings) -> None:
    client = create_app(demo_settings).server.test_client()
    page = client.get("/").get_data(as_text=True)
    assert f'src="{modules_address()}boot.js"' in page
    for name in ("boot.js", "page.js", "picture-file.js"):
        kept = client.get(modules_address() + name)
        assert kept.mimetype == "text/javascript"
        assert "immutable" in kept.headers["Cache-Control"]
        earlier = client.get(f"/assets/modules/0/{name}")
        assert (earlier.status_code, earlier.data) == (200, kept.data)
        assert "no-cache" in earlier.headers["Cache-Control"]
    for name in ("nothing.js", "..%2fapp.css", "../../app.py"):
        assert client.get(modules_address() + name).status_code == 404
