"""What stands in the files is as the house asks: words, names, lengths. No city is built: `make check` runs it."""

import json
import re
import subprocess

from data.settings import ROOT
from data.text import all_texts
from tests.order import LONGEST

CODE = [p for f in ("layouts", "callbacks", "data", "queries") for p in (ROOT / f).rglob("*.py")]

PYTHON = [*CODE, ROOT / "app.py", *(ROOT / "tests").rglob("*.py")]


def source() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in CODE)


def test_every_text_is_used_and_every_used_text_exists() -> None:
    code, texts = source(), all_texts()
    used = set(re.findall(r"(?:text|file_column|rest_note)\(\s*\"([a-z_0-9.]+)\"", code))
    used |= {
        prefix + name for prefix, name in re.findall(r"column\(\s*\"([a-z_]+\.[a-z_.]*)\",\s*\"([a-z_0-9]+)\"", code)
    }
    assert used <= set(texts), used - set(texts)
    families = re.findall(r"text\(\s*f\"([a-z_.]+)\{", code)
    patterns = re.findall(r"text\(\s*f\"([a-z_.]*)\.\{[^}]+\}", code)
    unused = {
        key
        for key in texts
        if key not in used and not any(key.startswith(prefix) for prefix in [*families, *patterns, "grid."])
    }
    assert not unused


def test_no_chinese_text_in_layouts_and_callbacks_code() -> None:
    """Words stand in data/text; comments, docstrings and separators are free."""
    allowed = re.compile(r"^[，、；：。·（）等年\s]*$")
    for path in CODE:
        if path.parts[len(ROOT.parts)] not in ("layouts", "callbacks"):
            continue
        text = re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text(encoding="utf-8"))
        for literal in re.findall(r'"([^"\n]*)"', text):
            chinese = "".join(re.findall(r"[\u4e00-\u9fff，、；：。（）·]", literal))
            if path.name == "formatting.py" or path.name == "theme.py":
                continue
            assert allowed.match(chinese), (path.name, literal)


def test_documents_name_files_that_exist() -> None:
    for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:data|queries|layouts|callbacks|assets|tests|docs)/[^`*<>{} ]+)`", text):
            assert (ROOT / path).exists(), (name, path)
        targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
        for target in re.findall(r"`make ([a-z-]+)`", text):
            assert target in targets, (name, target)


def test_the_order_of_the_run_names_files_that_exist() -> None:
    assert [name for name in LONGEST if not (ROOT / name).exists()] == []


def test_files_are_short() -> None:
    long = [
        (p.name, n)
        for p in [
            *PYTHON,
            *(ROOT / "queries").rglob("*.sql"),
            *(ROOT / "assets").rglob("*.js"),
            *(ROOT / "assets").rglob("*.css"),
        ]
        if p.parent.name != "vendor" and (n := len(p.read_text(encoding="utf-8").splitlines())) > 300
    ]
    assert not long


def test_the_formatter_writes_the_code() -> None:
    """A file may keep its own shape in few places, each with a reason on its line."""
    skips = [line for p in PYTHON for line in p.read_text(encoding="utf-8").splitlines() if "# fmt: " + "skip" in line]
    assert len(skips) < 50
    assert [line for line in skips if line.endswith("skip")] == []


def test_no_package_imports_app() -> None:
    assert not re.search(r"^(from|import) app\b", source(), re.MULTILINE)


def test_callbacks_are_bound_in_one_place() -> None:
    bare = [p.name for p in CODE if re.search(r"^\s+\w+\.callback\(", p.read_text(encoding="utf-8"), re.MULTILINE)]
    assert bare == ["binding.py"]


def test_tokens_of_both_files_agree() -> None:
    tokens = json.loads((ROOT / "assets" / "tokens.json").read_text(encoding="utf-8"))["light"]
    css = (ROOT / "assets" / "css" / "00-tokens.css").read_text(encoding="utf-8").split("[data-theme")[0]
    colors = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", css))
    assert {k: v.lower() for k, v in tokens.items() if str(v).startswith("#")} == colors


def test_sources_carry_no_remote_address() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "assets", "layouts", "callbacks"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for name in listed:
        if "vendor" in name or not name.endswith((".js", ".css", ".py", ".svg")):
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://(?!www\.w3\.org)", text), name


def test_the_changelog_has_dated_versions_newest_first() -> None:
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    versions = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) — (\d{4}-\d\d-\d\d)", head) for head in heads[1:]]
    assert all(versions), heads
    order = [(tuple(map(int, v.groups()[:3])), v[4]) for v in versions if v]
    assert order == sorted(order, reverse=True)
