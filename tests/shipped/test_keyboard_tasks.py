"""Tasks 2, 4, 5 and 6 of a leader by keyboard alone: from the first Tab to the answer."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from data.text import text
from tests.present import present
from tests.shipped.front_door import FrontDoor

MOST = 250
"""More presses than a page has stops."""
HAS_FOCUS = "selector => document.activeElement.matches(selector)"
STARTS_AT = "() => document.body.classList.contains('live') && Boolean(window.oversightShown)"


@pytest.fixture
def page(shipped: FrontDoor, browser: Browser) -> Iterator[Page]:
    """The overview of a leader who has no mouse."""
    tab = shipped.tab(browser, "leader")
    page = tab.open("/")
    page.wait_for_function(STARTS_AT)
    yield page
    tab.close()


def press_until(page: Page, key: str, selector: str) -> None:
    """Press a key until something like this has the focus; no press may lose it."""
    for _ in range(MOST):
        page.keyboard.press(key)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        if page.evaluate(HAS_FOCUS, selector):
            return
        assert not page.evaluate(HAS_FOCUS, "body"), f"the focus is lost on the way to {selector}"
    raise AssertionError(f"{selector} cannot be reached")


def turned(page: Page, path: str) -> None:
    """Another page is there, and begins at its heading."""
    page.wait_for_url(path)
    page.wait_for_function("name => window.oversightShown.page === name", arg=path.split("/")[1])
    expect(page.locator("#page-root h1#content")).to_be_focused()


def test_task_2_a_unit_is_chosen_on_the_strip_and_on_the_map(page: Page) -> None:
    press_until(page, "Tab", "a[data-tile]")
    press_until(page, "ArrowRight", "a[data-tile][data-district='500103']")
    expect(page.locator("#tip")).to_contain_text("渝中区")
    page.keyboard.press("Enter")
    page.wait_for_url("**?district=500103")
    outline = page.locator("#page-root svg.map use.selected")
    expect(outline.first).to_have_attribute("href", re.compile("500103$"))
    press_until(page, "Tab", "svg.map a.unit[data-district='500119']")
    page.keyboard.press("Enter")
    page.wait_for_url("**?district=500119")
    expect(page.locator("#page-root svg.map a.unit[data-district='500119']").first).to_be_focused()
    expect(outline.first).to_have_attribute("href", re.compile("500119$"))


def test_task_4_from_the_city_to_the_row_of_a_school_s_file(page: Page) -> None:
    press_until(page, "Tab", "#overview-actions a.act")
    page.keyboard.press("Enter")
    turned(page, "**/district/*")
    press_until(page, "Tab", "#district-schools .heat-mini tbody th a")
    school = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    turned(page, "**/school/*")
    expect(page.locator("#page-root h1")).to_contain_text(school)
    press_until(page, "Tab", "#school-sections tbody tr:has(.t-unmet) a")
    page.keyboard.press("Enter")
    proof = page.get_by_role("dialog", name=text("proof.label"))
    expect(proof).to_be_focused()
    expect(proof).to_contain_text(school)
    expect(proof).to_contain_text(re.compile(r"工作表.+，第\d+行，列"))
    page.keyboard.press("Escape")
    expect(proof).to_have_count(0)
    page.wait_for_function(HAS_FOCUS, arg="#school-sections tbody tr:has(.t-unmet) a")


def test_task_5_all_double_red_items_and_the_proof_of_one(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("m")
    turned(page, "**/matrix")
    press_until(page, "Tab", ".key-double_red")
    count = int(present(re.search(r"(\d+)\s*$", page.evaluate("document.activeElement.innerText")))[1])
    assert count > 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/matrix?only=double_red")
    bright = page.locator("#page-root .matrix.filtered tbody td[data-why]:not(.dim):not(.num)")
    expect(bright).to_have_count(count)
    assert page.evaluate(HAS_FOCUS, ".key-double_red")
    press_until(page, "Tab", ".matrix-scroll")
    page.keyboard.press("ArrowDown")
    why = present(bright.first.get_attribute("data-why"))
    press_until(page, "ArrowDown", f"td[data-why='unit.{why.split('.')[1]}']")
    press_until(page, "ArrowRight", f"td[data-why='{why}']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=text("proof.label"))).to_be_focused()
    page.wait_for_url(f"**why={why}*")


def test_task_6_the_three_schools_that_make_a_cv_large(page: Page) -> None:
    press_until(page, "Tab", "#overview-worst tbody tr td.num a")
    page.keyboard.press("Enter")
    turned(page, "**/cv/**")
    expect(page.locator("#cv-plot .share-dot.first")).to_have_count(3)
    press_until(page, "Tab", "#cv-plot [data-chart]")
    heard = page.locator(".chart-voice")
    page.keyboard.press("Home")
    expect(heard).to_have_text(re.compile("占差异的"))
    press_until(page, "Tab", "#cv-shares a")
    assert page.locator("#cv-shares tbody tr").count() >= 3
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=text("proof.label"))).to_be_focused()
