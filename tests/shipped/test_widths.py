"""Nothing lies over its neighbour or beside the window, on the screens between a phone's and a desk's."""

import pytest
from playwright.sync_api import Browser

from tests.shipped.front_door import SCHOOL, FrontDoor

TOO_WIDE = """() => [
  ...Array.from(document.querySelectorAll("#page-root .page-content > div > .p > table")).filter((table) => innerWidth > 768 &&
    table.getBoundingClientRect().right > table.parentElement.getBoundingClientRect().right + 1).map((t) => t.className),
  ...(document.documentElement.scrollWidth > innerWidth ? ["page"] : []),
]"""


@pytest.mark.parametrize("path", [f"/school/{SCHOOL}", "/rounds", "/plan"])
def test_tables_keep_to_their_place(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    for width in (1440, 1280, 1140, 1139, 1093, 1024, 900, 800, 769, 768, 600, 414, 390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == [], width
    tab.close()
