"""PNG and SVG where a page has several panels: the reader is asked for one, and nothing else is in the way."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from data.text import text
from tests.menus import choose
from tests.shipped.front_door import UNIT, FrontDoor

WHOLE = {
    "/league": ("grid-panel", ".ag-row [col-id=name]"),
    "/league?grouping=group": ("grid-panel", ".ag-row [col-id=name]"),
    "/matrix": ("table-panel", "table.matrix tbody th"),
    f"/cv/{UNIT}/primary/L2": ("shares-panel", ".share-scroll tbody th, .share-scroll tbody td:first-child"),
    "/rounds": ("coverage-panel", ".coverage-panel tbody tr"),
    "/trend": ("multiples-panel", ".multiple"),
}
NAMES = """(rows) => Array.from(document.querySelectorAll(rows), (row) => row.innerText.split(/[\\n\\t]/)[0].trim())
  .filter(Boolean)"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("path", ["/", "/league", "/plan"])
def test_the_reader_is_asked_for_a_panel_and_gets_it(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    asked = page.locator(".choose-panel")
    expect(asked).to_be_hidden()
    choose(page, "svg")
    expect(asked).to_have_text(text("export.choose_panel"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".svg")
    assert Path(download.value.path()).read_bytes().startswith(b"<svg")
    expect(asked).to_be_hidden()
    tab.close()


def test_another_button_does_what_it_does(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open("/")
    page.wait_for_function("() => window.oversightShown")
    asked = page.locator(".choose-panel")
    choose(page, "png")
    expect(asked).to_be_visible()
    with page.expect_download() as download:
        choose(page, "docx")
    assert download.value.suggested_filename.endswith(".docx")
    expect(asked).to_be_hidden()
    choose(page, "png")
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    choose(page, "png")
    page.locator("#page-root .nav a[href^='/league']").click()
    page.wait_for_url("**/league*")
    expect(asked).to_be_hidden()
    tab.close()


def saved(page: Page, kind: str, panel: str) -> Path:
    """The picture of a panel that the reader points at."""
    choose(page, kind)
    with page.expect_download() as download:
        if page.locator("body.choosing").count():
            page.locator(f".page-content > .{panel}").focus()
            page.keyboard.press("Enter")
    return Path(download.value.path())


@pytest.mark.parametrize("path", WHOLE)
def test_a_picture_is_as_tall_as_its_part_and_says_what_it_is_of(
    shipped: FrontDoor, browser: Browser, path: str
) -> None:
    """The picture of the league ended above its last four districts: their rows ran below its edge."""
    panel, rows = WHOLE[path]
    tab = shipped.tab(browser, "city", 1280, 720)
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    page.locator(rows).first.wait_for()
    names = page.evaluate(NAMES, rows)
    title = page.locator("#page-root h1").inner_text()
    chosen = page.locator("#page-root .filters select").first.evaluate("(list) => list.selectedOptions[0].textContent")
    drawing = ElementTree.parse(saved(page, "svg", panel)).getroot()
    height, width = float(drawing.attrib["height"]), float(drawing.attrib["width"])
    words = ["".join(line.itertext()) for line in drawing.iter(f"{SVG}text")]
    whole = "".join(words)
    assert len(names) > 2
    assert [name for name in names if name.replace(" ", "") not in whole.replace(" ", "")] == []
    part = drawing.findall(f"./{SVG}g")[-1]
    left, top = (float(number) for number in part.attrib["transform"][len("translate(") : -1].split())
    placed = [
        (line.text, float(line.attrib["x"]) + left, float(line.attrib["y"]) + top) for line in part.iter(f"{SVG}text")
    ]
    assert [name for name, x, y in placed if x > width or y > height] == []
    for said in (title.replace("\n", ""), "演示数据", chosen, "数据版本", "版本编号"):
        assert said.replace(" ", "") in whole.replace(" ", "")
    header = saved(page, "png", panel).read_bytes()[16:24]
    assert struct.unpack(">II", header) == (2 * width, 2 * height)
    tab.close()
