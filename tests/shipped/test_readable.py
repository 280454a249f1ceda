"""What is drawn can be read: no word is cut, none lies on another, none is too small, at the sizes of real desks."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from tests.shipped.front_door import UNIT, FrontDoor

SIZES = [(1440, 900), (1366, 768), (1093, 614), (390, 844)]
CUT = """() => Array.from(document.querySelectorAll("#page-root .matrix td, #page-root .matrix th")).filter((cell) => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  const [inner, outer] = [words.getBoundingClientRect(), cell.getBoundingClientRect()];
  return cell.textContent && (inner.right > outer.right + 1 || inner.left < outer.left - 1);
}).map((cell) => cell.textContent)"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_headings_and_amounts_of_the_matrix_stay_in_their_cells(
    shipped: FrontDoor, browser: Browser, width: int, height: int
) -> None:
    tab = shipped.tab(browser, "leader", width, height)
    page = tab.open("/matrix")
    page.wait_for_function("() => window.oversightShown")
    assert page.locator("#page-root .matrix thead th", has_text="G15").count() == 1
    assert page.evaluate(CUT) == []
    tab.close()


SMALLEST_LETTERS = 10.5
"""Pixels on the screen."""
LETTERS = """() => Array.from(document.querySelectorAll("#page-root .line-chart text, #page-root .state-bar text"))
  .filter((words) => words.getClientRects().length)
  .map((words) => parseFloat(getComputedStyle(words).fontSize) * words.getScreenCTM().a)"""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("path", ["/trend", f"/cv/{UNIT}/primary/L2", f"/district/{UNIT}", "/ledger"])
def test_letters_of_charts_can_be_read(
    shipped: FrontDoor, browser: Browser, width: int, height: int, path: str
) -> None:
    tab = shipped.tab(browser, "leader", width, height)
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    sizes = page.evaluate(LETTERS)
    assert sizes
    assert min(sizes) >= SMALLEST_LETTERS
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the chart moves, not the page"
    tab.close()


@pytest.mark.parametrize("path", ["/warn", "/ledger?only=all"])
def test_long_words_of_a_table_have_room_on_a_phone(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader", 390, 844)
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    cell = page.locator("#page-root td.wide").first.bounding_box()
    assert cell is not None
    assert cell["width"] >= 220
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.close()


BARE = """() => Array.from(document.querySelectorAll("#page-root .plan-board td.line text")).filter((words) => {
  const [ink, ground] = [words, words.previousElementSibling].map((part) => part.getBoundingClientRect());
  return ink.left < ground.left - 2 || ink.right > ground.right + 2;
}).map((words) => words.textContent)"""
HEADS = """() => Array.from(document.querySelectorAll("#page-root .plan-bands span"), (head) => {
  const words = document.createRange();
  words.selectNodeContents(head);
  const box = words.getBoundingClientRect();
  return [box.left, box.right];
})"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_word_of_the_plan_lies_on_another_or_on_a_line(
    shipped: FrontDoor, browser: Browser, width: int, height: int
) -> None:
    tab = shipped.tab(browser, "leader", width, height)
    page = tab.open("/plan")
    page.wait_for_function("() => window.oversightShown")
    heads = page.evaluate(HEADS)
    assert len(heads) == 4
    assert all(one[1] < other[0] for one, other in pairwise(heads)), heads
    assert page.locator("#page-root .plan-board td.line text").count() > 0
    assert page.evaluate(BARE) == []
    tab.close()
