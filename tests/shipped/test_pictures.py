"""PNG and SVG where a page has several panels: the reader is asked for one, and nothing else is in the way."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data.text import text
from tests.menus import choose
from tests.shipped.front_door import FrontDoor


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
