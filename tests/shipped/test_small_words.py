"""Small words that said too little: sheets without a name, a list cut short, an offer that is none."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from data.text import text
from tests.menus import choose
from tests.shipped.front_door import FrontDoor, Tab


def taken(tab: Tab, path: str, kind: str) -> Path:
    """The file of a page that a press of its button brings."""
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    with page.expect_download() as download:
        choose(page, kind)
    return Path(download.value.path())


@pytest.mark.parametrize(("path", "name"), [("/league", "1 区县对比"), ("/matrix", "1 指标矩阵")])
def test_a_sheet_is_called_as_its_page(
    shipped: FrontDoor, browser: Browser, tmp_path: Path, path: str, name: str
) -> None:
    tab = shipped.tab(browser, "leader")
    book = tmp_path / "book.xlsx"
    book.write_bytes(taken(tab, path, "xlsx").read_bytes())
    assert load_workbook(book).sheetnames[0] == name
    tab.close()


def test_the_annex_of_the_brief_names_every_unit(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader")
    with taken(tab, "/", "docx").open("rb") as stream:
        tables = Document(stream).tables
    rows = [tuple(cell.text for cell in row.cells) for table in tables for row in table.rows]
    (unknown,) = [words for name, words in rows if name == text("level.not_reported")]
    count, _, names = unknown.partition("个：")
    assert len(names.split("、")) == int(count) == 31
    assert not [words for _, words in rows if words.endswith(text("warn.and_more"))]
    tab.close()


@pytest.mark.parametrize(("who", "key"), [("leader", "choose_one"), ("city", "choose")])
def test_only_who_prepares_meetings_is_offered_a_new_one(
    shipped: FrontDoor, browser: Browser, who: str, key: str
) -> None:
    tab = shipped.tab(browser, who)
    page = tab.open("/meeting")
    page.wait_for_function("() => window.oversightShown")
    forms = page.locator("#page-root form.send")
    assert (forms.count() > 0) == (key == "choose")
    if page.locator(".meeting-buttons").count() == 0:
        heading = page.locator("#page-root h2", has_text=text("meetings.choose_one"))
        expect(heading).to_have_text(text(f"meetings.{key}"))
    tab.close()
