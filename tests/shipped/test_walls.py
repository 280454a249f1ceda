"""What the room looks at can be read from its last row: no drawing goes missing, no table is small, none is nearly empty."""

import pytest
from playwright.sync_api import Browser, Page

from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_projected_views import projected, ready
from tests.shipped.test_room import OUTSIDE

SIZES = ((1920, 1080), (1280, 720), (1024, 768))
DRAWN = """() => Array.from(document.querySelectorAll('.slide.on .slide-view svg:is(.map, .tiles, .line-chart)'))
  .map((drawing) => drawing.getBoundingClientRect()).filter((box) => box.height)
  .map((box) => box.height / window.innerHeight)"""
ROWS = "() => Array.from(document.querySelectorAll('.slide.on tbody tr')).filter((row) => row.offsetHeight).length"
SMALL = """(least) => Array.from(document.querySelectorAll('.slide.on :is(th, td, td *, svg.line-chart text)'))
  .filter((part) => part.getBoundingClientRect().height && part.textContent.trim())
  .filter((part) => !part.querySelector('*'))
  .filter((part) => parseFloat(getComputedStyle(part).fontSize) * (part.currentCSSZoom || 1) * (part.ownerSVGElement
    ? part.ownerSVGElement.getBoundingClientRect().width / part.ownerSVGElement.viewBox.baseVal.width
      / (part.currentCSSZoom || 1) : 1) < least)
  .map((part) => part.textContent)"""


def on_wall(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(200)


@pytest.mark.parametrize("view", ["/?indicator=L5&stage=junior", "/?indicator=L2", "/?stage=primary", "/trend"])
def test_a_drawing_keeps_its_place_on_every_wall(shipped: FrontDoor, browser: Browser, view: str) -> None:
    """The map of one item, whose legend is long, was left out whole: half of the slide was empty."""
    tab = shipped.tab(browser, "city", 1920, 1080)
    page = tab.open(view)
    ready(page)
    projected(page)
    for width, height in SIZES:
        on_wall(page, width, height)
        heights = page.evaluate(DRAWN)
        assert heights, (view, width)
        assert max(heights) > 0.2, (view, width)
        assert page.evaluate(OUTSIDE) == [], (view, width)
    tab.close()


def test_issues_have_room_for_the_words_of_who_must_act(shipped: FrontDoor, browser: Browser) -> None:
    """Two of sixteen issues stood on the wall, each five lines high in its narrowest column."""
    tab = shipped.tab(browser, "city", 1920, 1080)
    page = tab.open(f"/ledger?district={UNIT}&only=overdue")
    ready(page)
    projected(page)
    on_wall(page, 1920, 1080)
    assert page.evaluate(ROWS) >= 5
    tab.close()


@pytest.mark.parametrize("view", [f"/trend?district={UNIT}&stage=junior&indicator=L5", f"/cv/{UNIT}/primary/L2"])
def test_the_words_in_a_chart_can_be_read_on_the_wall(shipped: FrontDoor, browser: Browser, view: str) -> None:
    tab = shipped.tab(browser, "city", 1920, 1080)
    page = tab.open(view)
    ready(page)
    projected(page)
    on_wall(page, 1920, 1080)
    assert page.evaluate(SMALL, 18) == []
    tab.close()


@pytest.mark.parametrize("view", [f"/warn?district={UNIT}", f"/ledger?district={UNIT}", f"/plan?district={UNIT}"])
def test_the_title_names_the_place_that_it_speaks_of(shipped: FrontDoor, browser: Browser, view: str) -> None:
    """`红色预警1项` stood on the wall, and only the foot said of which unit."""
    tab = shipped.tab(browser, "city", 1280, 720)
    page = tab.open(f"{view}&mode=meeting")
    ready(page)
    assert "酉阳" in page.locator("#page-root .slide.on h1").inner_text()
    tab.close()
