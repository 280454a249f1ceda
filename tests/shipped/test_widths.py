"""Nothing lies over its neighbour or beside the window, on the screens between a phone's and a desk's."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor

TOO_WIDE = """() => [
  ...Array.from(document.querySelectorAll("#page-root .page-content > div > .p > table")).filter((table) => innerWidth > 768 &&
    table.getBoundingClientRect().right > table.parentElement.getBoundingClientRect().right + 1).map((t) => t.className),
  ...(document.documentElement.scrollWidth > innerWidth ? ["page"] : []),
]"""


BESIDE_ITS_PANEL = """() => Array.from(document.querySelectorAll("#page-root .page-content > div table"))
  .filter((table) => table.getBoundingClientRect().right
    > table.closest(".page-content > div").getBoundingClientRect().right + 1)
  .map((table) => table.className)"""
A4_LANDSCAPE = 1047
"""CSS pixels between margins of 10 mm."""


ON_PAPER = ("/", f"/school/{SCHOOL}", "/trend", "/rounds", "/ledger", f"/cv/{UNIT}/primary/L5")
CUT = """() => Array.from(document.querySelectorAll("#page-root [tabindex]"))
  .filter((area) => getComputedStyle(area).overflowY !== "visible" && area.scrollHeight > area.clientHeight + 1)
  .map((area) => area.className)"""


@pytest.mark.parametrize("path", ON_PAPER)
def test_on_paper_tables_are_whole_and_lie_over_no_neighbour(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    page.set_viewport_size({"width": A4_LANDSCAPE, "height": 718})
    page.emulate_media(media="print")
    assert page.evaluate(BESIDE_ITS_PANEL) == []
    assert page.evaluate(CUT) == []
    tab.close()


@pytest.mark.parametrize("path", [f"/school/{SCHOOL}", "/rounds", "/plan"])
def test_tables_keep_to_their_place(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    page.evaluate("async () => { await document.fonts.ready; }")
    for width in (1440, 1280, 1140, 1139, 1093, 1024, 900, 800, 769, 768, 600, 414, 390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == [], width
    tab.close()


def test_what_scrolls_on_a_phone_is_reached_by_keys(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader", 390, 844)
    page = tab.open(f"/school/{SCHOOL}")
    found = Axe().run(page).response["violations"]
    assert [v["nodes"][0]["html"] for v in found if v["id"] == "scrollable-region-focusable"] == []
    tab.close()
