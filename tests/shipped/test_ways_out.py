"""A drawer is left, or taken back before it has come, whatever the network does."""

from playwright.sync_api import Browser, Route, expect

from data.text import text
from tests.shipped.front_door import SCHOOL, FrontDoor
from tests.shipped.test_chrome import opened


def test_a_drawer_is_left_without_the_server(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, f"/school/{SCHOOL}")
    page = tab.page
    link = page.locator("#school-sections tbody tr a").first
    link.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=text("proof.label"))
    expect(drawer).to_be_focused()
    page.wait_for_url("**why=*")
    page.context.set_offline(True)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.wait_for_function("() => !location.search.includes('why=')")
    expect(link).to_be_focused()
    expect(page.locator("#update-error").first).to_be_hidden()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    page.wait_for_url("**why=*")
    page.go_back()
    expect(drawer).to_have_count(0)
    tab.errors = [e for e in tab.errors if "ERR_INTERNET_DISCONNECTED" not in e]
    tab.close()


def test_escape_before_a_drawer_has_come_takes_it_back(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, f"/school/{SCHOOL}")
    page = tab.page
    held: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: held.append(route))
    link = page.locator("#school-sections tbody tr a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert len(held) == 1
    page.keyboard.press("Escape")
    with page.expect_response("**/_dash-update-component*"):
        held[0].continue_()
    page.unroute_all()
    page.wait_for_timeout(500)
    expect(page.locator("#proof .sheet")).to_have_count(0)
    assert "why=" not in page.url
    assert not page.evaluate("() => document.body.classList.contains('slow')")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=text("proof.label"))).to_be_focused()
    tab.close()
