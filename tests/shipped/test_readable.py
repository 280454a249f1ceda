"""What is drawn can be read: no word is cut, none lies on another, none is too small, at the sizes of real desks."""

import pytest
from playwright.sync_api import Browser

from tests.shipped.front_door import FrontDoor

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
    page.wait_for_function("window.oversightShown")
    assert page.locator("#page-root .matrix thead th", has_text="G15").count() == 1
    assert page.evaluate(CUT) == []
    tab.close()
