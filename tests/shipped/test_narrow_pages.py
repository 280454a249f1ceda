"""Every page of a narrow scope, live in a browser: nothing is drawn inside out, nothing complains."""

import pytest
from playwright.sync_api import Browser

from data.access import Permission
from layouts.routes import ROUTES
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor

ONE = {"district": UNIT, "school": SCHOOL, "cv": f"{UNIT}/primary/L2"}
BELOW_ZERO = """() => Array.from(document.querySelectorAll("svg *")).filter((shape) =>
  ["width", "height", "r"].some((name) => parseFloat(shape.getAttribute(name)) < 0)).map((shape) => shape.outerHTML)"""


@pytest.mark.parametrize("who", ["district", "inspector", "school"])
def test_pages_of_a_narrow_scope_are_drawn_whole(shipped: FrontDoor, browser: Browser, who: str) -> None:
    tab = shipped.tab(browser, who)
    for route in (r for r in ROUTES if r.needs is Permission.READ_FIGURES):
        path = f"{route.path}/{ONE[route.page]}" if route.keys else route.path
        page = tab.open(path)
        page.wait_for_function("() => window.oversightShown")
        figure = page.locator("#page-root [data-figure]")
        if figure.count():
            figure.first.hover()
            page.locator("#page-root .live-figure .main-svg").first.wait_for()
        assert page.evaluate(BELOW_ZERO) == [], path
        assert not tab.errors, (path, tab.errors)
    tab.close()
