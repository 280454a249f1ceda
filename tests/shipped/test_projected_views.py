"""What is projected is the view on screen: its sentence, its filters, its rows; and nothing of it runs out of the wall."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_room import OUTSIDE

VIEWS = (
    f"/trend?district={UNIT}&stage=junior&indicator=L5",
    "/trend",
    "/funds",
    "/leads",
    "/matrix?sort=item.L2",
    f"/matrix?district={UNIT}",
    f"/cv/{UNIT}/primary/L2",
    f"/ledger?district={UNIT}&only=overdue",
    f"/plan?district={UNIT}",
    "/league?grouping=group&rank=hidden",
    "/?indicator=L5&stage=junior",
    "/rounds?round=3",
    "/method",
    "/changes",
)
SIZES = ((1920, 1080), (1280, 720), (1024, 768))
SENTENCE = "() => document.querySelector('#page-root h1').innerText.replace(/\\s/g, '')"
CHOSEN = """() => Array.from(document.querySelectorAll('#page-root .filters select'),
  (list) => list.selectedOptions[0].textContent)"""
FIRST_ROWS = """(within) => Array.from(document.querySelectorAll(`${within} table`)).map((table) =>
  Array.from(table.querySelectorAll('tbody tr')).filter((row) => row.offsetHeight)
    .map((row) => row.textContent.replace(/\\s/g, ''))).filter((rows) => rows.length)"""
SMALL = """(least) => Array.from(document.querySelectorAll('.slide.on .slide-view th, .slide.on .slide-view td'))
  .filter((cell) => cell.offsetHeight && cell.textContent.trim() && cell.children.length === 0)
  .filter((cell) => parseFloat(getComputedStyle(cell).fontSize) * (cell.currentCSSZoom || 1) < least)
  .map((cell) => cell.textContent)"""

SMALL_SIGNS = """(least) => Array.from(document.querySelectorAll('.slide.on .wall :is(p, th, th span, td, td i)'))
  .filter((part) => part.getBoundingClientRect().height && part.textContent.trim() && !part.matches('.m-met'))
  .map((part) => [part.textContent, parseFloat(getComputedStyle(part).fontSize) * (part.currentCSSZoom || 1)])
  .filter(([, size]) => size < least - 0.01)"""


def projected(page: Page) -> None:
    page.keyboard.press("f")
    page.wait_for_url("**mode=meeting**")
    expect(page.locator("#page-root .slide.on h1")).to_be_visible()
    page.wait_for_function("() => document.fullscreenElement")
    page.evaluate("() => document.exitFullscreen()")  # a window on the whole screen has no other size


def ready(page: Page) -> None:
    page.wait_for_selector("body.live", state="attached")
    page.wait_for_function("() => window.oversightShown")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_projected_with_its_sentence_its_filters_and_its_rows(
    shipped: FrontDoor, browser: Browser, view: str
) -> None:
    """`F` on 经费, 线索, 口径 and 趋势 showed another view, and a unit's plan stood under 全市."""
    tab = shipped.tab(browser, "city", 1920, 1080)
    page = tab.open(view)
    ready(page)
    sentence, chosen = page.evaluate(SENTENCE), page.evaluate(CHOSEN)
    rows_of_page = {row for table in page.evaluate(FIRST_ROWS, "#page-root") for row in table}
    projected(page)
    slide = page.locator("#page-root .slide.on")
    assert "".join(slide.locator("h1").inner_text().split()) == sentence
    footer = page.locator("#slide-filters").text_content() or ""
    assert [words for words in chosen if words not in footer] == []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        assert page.evaluate(OUTSIDE) == [], width
        assert slide.locator("table, svg, .d, p").first.is_visible()
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_timeout(150)
    if not view.startswith(("/matrix?sort", "/league")):  # its failing columns alone, and a grid
        assert page.evaluate(SMALL, 22) == []
        rows_of_slide = [row for table in page.evaluate(FIRST_ROWS, ".slide.on") for row in table]
        assert [row for row in rows_of_slide if row not in rows_of_page] == []
    tab.close()


@pytest.mark.parametrize(("width", "least"), [(1920, 24), (3840, 48)])
def test_the_matrix_can_be_read_from_the_last_row(shipped: FrontDoor, browser: Browser, width: int, least: int) -> None:
    """45 columns stood on the wall in letters of 12 pixels; rows beyond the wall are counted."""
    tab = shipped.tab(browser, "city", width, width * 9 // 16)
    page = tab.open("/matrix?sort=item.L2")
    ready(page)
    failing = page.locator("#page-root table.matrix tbody tr:has(:is(.m-unmet, .m-veto))").count()
    projected(page)
    page.set_viewport_size({"width": width, "height": width * 9 // 16})
    page.wait_for_timeout(150)
    rows = page.locator(".slide.on table.wall-matrix tbody tr")
    assert rows.count() == failing
    kept = sum(rows.nth(n).is_visible() for n in range(failing))
    assert 2 < kept <= failing
    if kept < failing:
        expect(page.locator(".slide.on .slide-more")).to_have_text(f"另有{failing - kept}行，见材料。")
    assert page.evaluate(SMALL_SIGNS, least) == []
    assert page.evaluate(OUTSIDE) == []
    tab.close()
