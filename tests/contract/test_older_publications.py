"""A publication of an earlier version is read, or refused with the reason and what to run."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.atomic_files import read_signed, sha256_of, sign_record
from data.settings import Settings
from layouts.page import static_page
from queries.warehouse import Warehouse

PAGES = (
    "/",
    "/plan",
    "/league",
    "/matrix",
    "/matrix?district=500242",
    "/trend?district=500242",
    "/district/500242",
    "/cv/500242/primary/L2",
    "/warn",
    "/rounds",
    "/funds",
    "/method",
    "/?mode=meeting",
    "/?district=500242&mode=meeting",
)
REFUSED = "这个数据版本由旧程序发布"
COMMAND = "python -m data publish"
LACKS = {
    "a relation that CVs are read from": ("drop table cv_standing", {"/method"}),
    "a column that pages of units are read from": ("alter table unit_status drop column due_on", {"/method"}),
    "a column that the trend alone is read from": (
        "alter table unit_cv drop column is_nothing_owed",
        set(PAGES) - {"/trend?district=500242"},
    ),
}
"""What an earlier version did not publish, and pages that are read without it."""


def older(settings: Settings, folder: Path, change: str) -> tuple[Warehouse, str]:
    """The publication in force as an earlier version would have made it."""
    (pointer,) = [settings.snapshots_folder / "current"]
    name = pointer.read_text(encoding="utf-8").strip()
    path = Path(shutil.copy(settings.snapshots_folder / name, folder / name))
    with duckdb.connect(str(path)) as connection:
        connection.execute(change)
    record = read_signed((settings.snapshots_folder / name).with_suffix(".json"))
    record["file_sha256"] = sha256_of(path)
    path.with_suffix(".json").write_text(sign_record(record), encoding="utf-8")
    (folder / "current").write_text(name, encoding="utf-8")
    return Warehouse(folder, settings.reader_memory), record["snapshot_id"]


def words_of(deps: Dependencies, address: str) -> str:
    path, _, search = address.partition("?")
    name, _, panels = page_of(deps, path, f"?{search}" if search else "")
    return re.sub(r"<[^>]*>", "", static_page(name, panels))


@pytest.mark.parametrize("lack", LACKS)
def test_each_page_is_read_or_says_why_not_and_what_to_run(
    deps: Dependencies, demo_settings: Settings, tmp_path: Path, lack: str
) -> None:
    change, readable = LACKS[lack]
    warehouse, _ = older(demo_settings, tmp_path, change)
    now = replace(deps, warehouse=warehouse)
    read = {page for page in PAGES if REFUSED not in (words := words_of(now, page)) or COMMAND not in words}
    assert read >= readable
    assert len(read) < len(PAGES)
    for page in set(PAGES) - read:
        assert COMMAND in words_of(now, page), page


def test_a_link_to_an_older_publication_leads_to_the_newest(
    deps: Dependencies, demo_settings: Settings, tmp_path: Path
) -> None:
    warehouse, name = older(demo_settings, tmp_path, "drop table cv_standing")
    now = replace(deps, warehouse=warehouse)
    address = f"?period=2026&district=500242&snapshot={name}"
    _, _, panels = page_of(now, "/", address)
    page = static_page("message", panels)
    assert REFUSED in page
    assert 'href="/?period=2026&amp;district=500242"' in page
    assert json.dumps(page).count(name) == 0
