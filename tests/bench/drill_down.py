"""City → district → school → proof, and the matrix, in Chromium: milliseconds from click to settled."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page

ROUNDS = 8
MATRIX_CELLS = 1000
SETTLED = {
    "district": "!!document.querySelector('#district-schools h2')",
    "school": "!!document.querySelector('#school-sections h2')",
    "proof": "!!document.querySelector('#proof .proof')",
    "matrix": f"document.querySelectorAll('#matrix-table td').length > {MATRIX_CELLS}",
}
Timed = Callable[[Page, str, Callable[[], Any]], float]


def drill_down(browser: Browser, address: str, observer: str, timed: Timed) -> dict[str, list[float]]:
    """The three clicks of a drill-down from the overview, and the way to the matrix."""
    page = browser.new_page(bypass_csp=True, viewport={"width": 1440, "height": 900})
    page.add_init_script(observer)
    found: dict[str, list[float]] = {name: [] for name in SETTLED}

    def step(name: str, selector: str, number: int = 0) -> None:
        target = page.locator(selector).nth(number)
        found[name].append(timed(page, SETTLED[name], target.click))
        page.wait_for_timeout(300)

    for number in range(ROUNDS):
        page.goto(address)
        page.wait_for_selector("body.live #overview-trend .still")
        page.wait_for_timeout(500)
        step("district", "#overview-actions a.act", number % 5)
        step("school", "#district-schools .heat-mini tbody th a")
        step("proof", "#school-sections tbody tr a")
        page.goto(address + "method")
        page.wait_for_selector("body.live")
        page.wait_for_timeout(300)
        step("matrix", "#page-root .nav a[href^='/matrix']")
    page.close()
    return found
