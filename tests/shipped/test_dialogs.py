"""Dialogs, ways back and keys of the shipped dashboard, as a person meets them."""

from playwright.sync_api import Browser, expect

from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_chrome import opened


def test_enter_follows_what_is_typed_not_what_was_found_before(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.keyboard.press("/")
    page.keyboard.type("youyang")
    expect(page.locator("#search-results .found li").first).to_contain_text("酉阳")
    page.locator("#search-input").fill("")
    page.keyboard.type("yuzhong")
    page.keyboard.press("Enter")
    page.wait_for_url("**/district/500103*")
    expect(page.locator(".modal")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("youyang")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/district/{UNIT}*")
    tab.close()


def test_words_and_enter_typed_before_the_search_is_there_find_their_page(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.keyboard.press("/")
    page.keyboard.type("youyang")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/district/{UNIT}*")
    expect(page.locator(".modal")).to_have_count(0)
    tab.close()


def test_who_copies_twice_can_read_the_button_again(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = tab.open("/")
    button = page.locator("#page-root [data-action=copy-link]")
    words = button.inner_text()
    button.dblclick()
    expect(button).not_to_have_text(words)
    page.wait_for_timeout(1000)
    button.click()
    expect(button).to_have_text(words)
    tab.close()


def test_the_way_back_leaves_a_dialog_with_its_page(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.locator("#page-root .nav a[href^='/plan']").click()
    page.wait_for_url("**/plan*")
    for key in ("?", "/"):
        page.keyboard.press(key)
        expect(page.locator(".modal")).to_be_visible()
        page.go_back()
        page.wait_for_url(shipped.address + "/")
        expect(page.locator(".modal")).to_have_count(0)
        page.go_forward()
        page.wait_for_url("**/plan*")
    tab.close()


def test_another_page_begins_at_its_heading(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.locator("#page-root .nav a[href^='/plan']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan*")
    expect(page.locator("#page-root .page-plan h1#content")).to_be_focused()
    page.go_back()
    page.wait_for_url(shipped.address + "/")
    expect(page.locator("#page-root .page-overview h1#content")).to_be_focused()
    tab.close()


def test_forced_colours_underline_the_shown_page_alone(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader")
    tab.page.emulate_media(forced_colors="active")
    page = tab.open("/")
    line = "a => getComputedStyle(a).borderBottomColor"
    page_colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    links = page.locator("#page-root .nav a")
    assert links.first.evaluate(line) != page_colour
    assert links.nth(1).evaluate(line) == page_colour
    tab.close()


def test_who_goes_back_stops_what_plays(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.locator("#page-root [data-action=play]").click()
    for _ in range(2):
        before = page.url
        page.wait_for_function("before => location.href !== before", arg=before)
    page.go_back()
    page.wait_for_timeout(300)
    here = page.url
    page.wait_for_timeout(1800)
    assert page.url == here
    tab.close()
