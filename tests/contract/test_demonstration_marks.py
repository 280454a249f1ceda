"""演示 stands where rows of that kind are invented, and nowhere else: pages, files, letters, slides."""

import base64
import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from callbacks.dependencies import Dependencies
from callbacks.files.documents import MATERIAL, letter_file, material_file
from callbacks.files.export import export_page
from callbacks.files.official_forms import ALL_FORMS, forms_file
from callbacks.pages.ledger import ledger_file
from callbacks.pages.warn import warning_rows
from callbacks.rendering.dispatch import MESSAGES, page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import open_store
from data.store.monitoring import follow_publication
from data.warehouse.publish import publish
from layouts.export.tables import texts_of
from layouts.routes import ROUTES, address_of
from queries.ledger import ledger
from queries.warehouse import Warehouse
from tests.present import present
from tests.small_demo import AT, import_sources, small_sources
from tests.stores import NOW, an_issue, put

KINDS = ("school_return", "district_item", "plan", "visit", "issue", "fund", "policy")
UNITS = ("500103", "500242")
WORD = "演示"
PATHS = [r.path for r in ROUTES if not r.keys]
DEEP = [
    "/district/500242",
    "/school/S500242-040",
    "/cv/500242/primary/L2",
    "/district/500242?why=unit.500242",
    "/district/500242?why=item.500242.G9",
    "/cv/500242/primary/L2?why=cv.500242.primary.L2",
    "/school/S500242-040?why=section.primary.L2.S500242-040",
]
SLIDES = ["/?mode=meeting", "/?mode=meeting&district=500242"]


def installation(folder: Path, real: Collection[str]) -> Dependencies:
    """Published sources whose own words say nothing; the batches of `real` kinds are no demonstration."""
    settings = Settings(var_folder=folder)
    files = small_sources(folder / "sources", UNITS)
    for path in (p for p in files if p.suffix == ".csv"):
        path.write_text(path.read_text(encoding="utf-8").replace(WORD, "上报"), encoding="utf-8")
    import_sources(settings, files, real)
    publish(settings, AT)
    follow_publication(settings, load_catalogue(), AT.replace(tzinfo=None))
    warehouse = Warehouse(settings.snapshots_folder, settings.reader_memory)
    return Dependencies(warehouse, open_store(settings), load_catalogue, lambda: LOCAL_VIEWER, lambda: NOW)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Dependencies:
    return installation(tmp_path_factory.mktemp("real"), KINDS)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Dependencies:
    """Everything is real but the issues."""
    return installation(tmp_path_factory.mktemp("mixed"), [k for k in KINDS if k != "issue"])


def drawn(deps: Dependencies, address: str) -> str:
    path, _, search = address.partition("?")
    name, title, panels = page_of(deps, path, f"?{search}" if search else "")
    assert name not in MESSAGES, title
    return title + "".join(str(p.update_value()) for p in panels)


def text_inside(file: dict[str, object]) -> str:
    """A file's name and every part of it as text."""
    content = base64.b64decode(str(file["content"]))
    words = str(file["filename"])
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return words + content.decode("utf-8", errors="ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return words + "".join(
            parts.read(n).decode("utf-8", errors="ignore") for n in parts.namelist() if n.endswith((".xml", ".rels"))
        )


def files(deps: Dependencies) -> dict[str, str]:
    """Every kind of file that leaves, by what it is."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, present(address_of("/warn", ""))))
    warned = warning_rows(deps, snapshot, rows)[0].district_code
    made = {kind: material_file(deps, kind, "/", "") for kind in MATERIAL}
    made |= {
        "letter": letter_file(deps, warned, "/warn", ""),
        "issues": ledger_file(deps, "/ledger", "?only=all"),
        "forms": forms_file(deps, ALL_FORMS, "/district/500242", ""),
    }
    assert all(made.values())
    return {name: text_inside(file) for name, file in made.items() if file is not None}


@pytest.mark.parametrize("address", [*PATHS, *DEEP, *SLIDES])
def test_no_page_of_real_data_calls_anything_invented(real: Dependencies, address: str) -> None:
    assert WORD not in drawn(real, address)


def test_no_file_of_real_data_calls_anything_invented(real: Dependencies) -> None:
    assert {name for name, words in files(real).items() if WORD in words} == set()


@pytest.mark.parametrize("address", ["/", "/rounds", "/funds", "/library", "/method", "/cv/500242/primary/L2"])
def test_invented_issues_do_not_mark_what_is_drawn_from_real_rows(mixed: Dependencies, address: str) -> None:
    assert WORD not in drawn(mixed, address)


@pytest.mark.parametrize("address", ["/ledger", "/warn", *SLIDES])
def test_invented_issues_are_marked_where_they_are_drawn(mixed: Dependencies, address: str) -> None:
    assert WORD in drawn(mixed, address)


def test_the_source_lines_name_the_kind_and_count_the_rows(mixed: Dependencies) -> None:
    path = "/ledger"
    (line,) = texts_of(page_of(mixed, path, "")[2], "page-source")
    count = len(ledger(mixed.warehouse.current(), mixed.store))
    assert "演示数据：问题台账，非真实情况。" in line
    assert f"{count}条问题及其单位和人员为演示。" in line
    assert "走访" not in line.partition("数据期")[0]


def test_files_with_invented_issues_are_marked_and_the_forms_are_not(mixed: Dependencies) -> None:
    marked = {name for name, words in files(mixed).items() if WORD in words}
    assert {"issues", "docx", "pptx"} <= marked
    assert "forms" not in marked


def test_issues_that_are_real_are_not_called_invented(mixed: Dependencies, tmp_path: Path) -> None:
    """The store's issues say it themselves, whatever was published."""
    own = replace(mixed, store=open_store(Settings(var_folder=tmp_path)))
    put(own.store, an_issue(is_demonstration=False))
    assert WORD not in drawn(own, "/ledger?only=all")


def test_the_demonstration_is_marked_by_kind_and_its_documents_are_public(deps: Dependencies) -> None:
    kinds = deps.warehouse.current().info.demonstration_kinds
    assert kinds == set(KINDS) - {"policy"}
    (line,) = texts_of(page_of(deps, "/rounds", "")[2], "page-source")
    assert "演示数据：督导走访、学校报表，非真实情况。" in line
    assert "走访为演示分配" in line


def test_an_exported_page_bears_the_mark_of_the_page(
    real: Dependencies, mixed: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callbacks.files.export.note_export", lambda *_: None)
    for page, deps, is_marked in (("/ledger", mixed, True), ("/rounds", mixed, False), ("/ledger", real, False)):
        for kind in ("csv", "xlsx"):
            with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
                (file,) = export_page(deps, {"kind": kind}, page, "")
                assert isinstance(file, dict)
            assert (WORD in text_inside(file)) is is_marked, (page, kind)


def test_no_other_word_says_it(real: Dependencies) -> None:
    """Words of the text file with 演示 are used by the places tried above alone."""
    root = Path(__file__).parents[2]
    words = (root / "data" / "text" / "zh_CN.toml").read_text(encoding="utf-8")
    named = re.findall(rf"^((?:source_)?demo(?:_before)?) = .*{WORD}", words, re.MULTILINE)
    column_of_the_audit = 1
    assert len(named) == words.count(WORD) - column_of_the_audit
    assert sorted(named) == ["demo", "demo", "demo", "demo_before", "source_demo", "source_demo", "source_demo"]
