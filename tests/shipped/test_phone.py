"""A leader on a phone: every page is two touches away, and what a page can do is in sight."""

from playwright.sync_api import Browser, expect

from data.text import text
from tests.shipped.front_door import FrontDoor
from tests.shipped.test_projected_views import ready

OFF_SCREEN = """() => Array.from(document.querySelectorAll("#page-root .nav a")).filter((link) => {
  const box = link.getBoundingClientRect();
  return box.left < -1 || box.right > window.innerWidth + 1 || box.top < 0 || box.bottom > window.innerHeight + 1;
}).map((link) => link.textContent)"""


def test_all_pages_are_in_sight_after_one_touch(shipped: FrontDoor, browser: Browser) -> None:
    """Nine of fourteen pages stood beyond the edge of the screen, and nothing said so."""
    tab = shipped.tab(browser, "city", 390, 844)
    page = tab.open("/")
    ready(page)
    assert page.evaluate(OFF_SCREEN) != []
    page.get_by_role("button", name=text("navigation_short.all"), exact=True).click()
    assert page.evaluate(OFF_SCREEN) == []
    links = page.locator("#page-root .nav a")
    assert links.count() > 10
    links.filter(has_text="趋势").click()
    page.wait_for_url("**/trend*")
    expect(page.locator(".nav.open")).to_have_count(0)
    tab.close()


def test_a_page_is_put_into_a_meeting_copied_and_printed_from_a_phone(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city", 390, 844)
    page = tab.open("/league")
    ready(page)
    for action in ("to-meeting", "copy-link", "print"):
        button = page.locator(f"#page-root [data-action={action}]")
        expect(button).to_be_visible()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, action
        assert box["x"] + box["width"] <= 390, action
    tab.close()
