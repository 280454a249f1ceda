"""What is drawn has room: no page is wider than the screen, no slide runs into its foot, no cell over the next."""

import pytest
from playwright.sync_api import Browser

from tests.shipped.front_door import UNIT, FrontDoor

OVERDUE = "500103"
OF_UNITS = (
    f"/trend?district={UNIT}",
    f"/district/{UNIT}",
    f"/plan?district={UNIT}",
    f"/matrix?district={UNIT}",
    f"/district/{OVERDUE}",
    f"/warn?district={UNIT}",
    f"/?district={UNIT}",
)
DECKS = (
    "/?mode=meeting",
    f"/?mode=meeting&district={UNIT}",
    f"/?mode=meeting&district={OVERDUE}",
    "/?mode=meeting&period=2019",
)
OUTSIDE = """() => {
  const slide = document.querySelector(".slide.on");
  const [foot, sheet] = [document.querySelector(".slide-foot"), slide].map((e) => e.getBoundingClientRect());
  return Array.from(slide.querySelectorAll("*")).filter((e) => {
    const box = e.getBoundingClientRect();
    const isDrawn = box.width && box.height && (e.tagName === "svg" || !e.closest("svg"));
    return isDrawn && (box.bottom > foot.top + 2 || box.right > sheet.right + 2);
  }).map((e) => e.textContent);
}"""
NARROW = """() => Array.from(document.querySelectorAll(".slide.on .slide-number strong"))
  .filter((name) => name.getBoundingClientRect().height > 3 * parseFloat(getComputedStyle(name).fontSize))
  .map((name) => name.textContent)"""
SPILT = """() => Array.from(document.querySelectorAll(".ag-row .ag-cell")).filter((cell) => {
  const [inner, outer] = [cell.firstElementChild, cell].map((e) => e && e.getBoundingClientRect());
  return inner && inner.right > outer.right + 1;
}).map((cell) => cell.textContent)"""
CUT = """() => Array.from(document.querySelectorAll(
  ".ag-row [col-id=change] .ag-cell-value > *, .ag-row [col-id=change] > *, .ag-row [col-id=worst_ratio] .sm, .lacks"
)).filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 3).map((e) => e.textContent)"""


@pytest.mark.parametrize("width", [1440, 1093, 390])
def test_no_page_of_a_unit_is_wider_than_the_screen(shipped: FrontDoor, browser: Browser, width: int) -> None:
    tab = shipped.tab(browser, "leader", width, 844)
    for path in OF_UNITS:
        page = tab.open(path)
        page.wait_for_function("() => window.oversightShown")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    tab.close()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (1024, 768)])
def test_nothing_of_a_slide_runs_out_of_it(shipped: FrontDoor, browser: Browser, width: int, height: int) -> None:
    """`何时全部达标` stood in one column of single signs beside a date in words."""
    tab = shipped.tab(browser, "leader", width, height)
    for path in DECKS:
        page = tab.open(path)
        count = page.locator(".slide").count()
        assert count > 1, path
        for number in range(count):
            assert page.evaluate(OUTSIDE) == [], (path, number)
            assert page.evaluate(NARROW) == [], (path, number)
            page.keyboard.press("ArrowRight")
    tab.close()


def test_a_cell_of_the_league_keeps_to_its_column(shipped: FrontDoor, browser: Browser) -> None:
    """`（4项无法判定）` lay over the schools, and the sign of a change was cut."""
    tab = shipped.tab(browser, "leader", 1440, 900)
    page = tab.open("/league")
    page.wait_for_selector(".ag-row [col-id=change]")
    page.wait_for_function("() => window.oversightShown")
    assert page.evaluate(SPILT) == []
    assert page.evaluate(CUT) == []
    side = page.locator(".side-scroll")
    assert side.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    tab.close()
