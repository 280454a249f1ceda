"""A municipal leader reads, projects and takes every kind of file away."""

import csv
import io
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from pptx import Presentation
from pptx.shapes.autoshape import Shape
from pypdf import PdfReader

from data.catalogue.access_tables import RoleCapability
from data.catalogue.loader import load_catalogue
from data.store import audit
from data.store.engine import open_store
from layouts.routes import ROUTES
from tests.menus import choose
from tests.page_addresses import address
from tests.shipped.front_door import PEOPLE, UNIT, FrontDoor

LEADER = {c.permission for c in load_catalogue().rows(RoleCapability) if c.role_code == "municipal_leader"}
PAGES = tuple(address(route, district=UNIT) for route in ROUTES if route.needs in LEADER)
FORMS = 6


def words_of_docx(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def words_of_pptx(content: bytes) -> str:
    shapes = [s for slide in Presentation(BytesIO(content)).slides for s in slide.shapes]
    return "\n".join(s.text_frame.text for s in shapes if isinstance(s, Shape))


def words_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def words_of_xlsx(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    return "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)


def words_of_csv(content: bytes) -> str:
    return "\n".join(" ".join(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))))


READERS = {
    "xlsx": words_of_xlsx,
    "csv": words_of_csv,
    "docx": words_of_docx,
    "pptx": words_of_pptx,
    "pdf": words_of_pdf,
}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_quietly(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    expect(page.locator("h1").first).to_be_visible()
    assert page.locator(".account-strip .who").inner_text().startswith("李领导")
    tab.close()


@pytest.mark.parametrize("kind", READERS)
def test_every_format_leaves_with_its_chinese_name_and_the_unit_s_figures(
    shipped: FrontDoor, browser: Browser, kind: str
) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(f"/district/{UNIT}")
    with page.expect_download() as download:
        choose(page, kind)
    name = download.value.suggested_filename
    assert "酉阳" in name
    assert name.endswith(f"_演示数据.{kind}")
    assert "酉阳" in READERS[kind](Path(download.value.path()).read_bytes())
    tab.close()
    taken = audit.entries(open_store(shipped.settings), action="export", before=None, most=1)[0]
    assert (taken.row.actor, taken.row.reason) == (PEOPLE["leader"].name, kind)


def test_the_official_forms_leave_in_one_workbook(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(f"/district/{UNIT}")
    with page.expect_download() as download:
        page.locator("#page-root button[data-kind=forms]").first.click()
    assert download.value.suggested_filename.startswith("酉阳土家族苗族自治县")
    assert len(load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets) >= FORMS
    tab.close()


def test_one_key_projects_the_page_and_escape_comes_back(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader", 1920, 1080)
    page = tab.open(f"/ledger?district={UNIT}")
    page.keyboard.press("f")
    expect(page.locator("#page-root .slide.on h1")).to_be_visible()
    expect(page.locator(".slide-foot")).to_contain_text("酉阳")
    assert page.locator(".account-strip:visible").count() == 0, "nothing but the slide is on the wall"
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    expect(page.locator("#page-root .nav")).to_be_visible()
    tab.close()


def test_a_leader_is_offered_nothing_to_write(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader")
    for path in (f"/ledger?only=all&district={UNIT}&issue=D2024-0519", "/meeting"):
        page = tab.open(path)
        assert page.locator("form[data-send]").count() == 0, path
    tab.close()
