"""Documents, words, ids and files say what is there."""

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import plotly.graph_objects as go
import pytest

from callbacks.dependencies import Dependencies
from data.settings import ROOT, Settings
from data.text import all_texts
from data.warehouse.publish import content_hash, publish
from layouts.charts.figure_types import Figure
from layouts.charts.specification import Chart
from tests.depth import IS_FULL
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
    import json

    tokens = json.loads((ROOT / "assets" / "tokens.json").read_text(encoding="utf-8"))["light"]
    css = (ROOT / "assets" / "css" / "00-tokens.css").read_text(encoding="utf-8").split("[data-theme")[0]
    colors = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", css))
    assert {k: v.lower() for k, v in tokens.items() if str(v).startswith("#")} == colors


def test_trend_figures_are_valid_plotly(deps: Dependencies) -> None:
    from callbacks.rendering.dispatch import page_of
    from layouts.charts import plotly

    searches = ("?district=500103", "?district=P50LJ2", "?indicator=L5&stage=junior")
    built: list[Figure] = []

    def figure(chart: Chart) -> Figure:
        built.append(plotly.figure(chart))
        return built[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("layouts.charts.figure.figure", figure)
        for address in (
            *(f"/{page}{search}" for page in ("", "trend") for search in ("", *searches)),
            "/district/500103",
        ):
            path, _, search = address.partition("?")
            page_of(deps, path, "?" + search if search else "")
    assert len(built) == 9
    for description in built:
        go.Figure(description)


def test_address_other_than_loopback_is_refused() -> None:
    from app import create_app

    with pytest.raises(ValueError, match="loopback"):
        create_app(Settings(host="0.0.0.0"))


def test_publication_is_identical_at_any_number_of_threads(demo_settings: Settings, tmp_path: Path) -> None:
    hashes: set[str] = set()
    (tmp_path / "batches").symlink_to(demo_settings.batches_folder)
    for number, threads in enumerate((1, 2, 8) if IS_FULL else (1, 8)):
        settings = Settings(var_folder=tmp_path, publish_threads=threads)
        made = publish(settings, datetime(2026, 11, 23, 0, number, tzinfo=UTC))
        path = settings.snapshots_folder / f"snapshot_{made.snapshot_id}.duckdb"
        hashes.add(content_hash(path))
        assert not path.stat().st_mode & 0o222
    assert len(hashes) == 1


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
