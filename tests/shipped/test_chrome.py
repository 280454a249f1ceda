"""Menus, dialogs and drawers of dash-bootstrap-components: late, by keyboard alone, and the focus comes back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from data.text import text
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor, Tab

LIBRARY = "() => Boolean(window.dash_bootstrap_components)"
FOCUS = "document.activeElement.textContent"
INSIDE = "() => document.activeElement === document.body || Boolean(document.activeElement.closest('#proof'))"
SIZES = [(1440, 900), (1093, 614), (390, 844)]


def opened(shipped: FrontDoor, browser: Browser, path: str, who: str = "city", size: tuple[int, int] = SIZES[0]) -> Tab:
    tab = shipped.tab(browser, who, *size)
    tab.open(path)
    tab.page.wait_for_function("() => window.oversightShown")
    return tab


def no_serious_fault(page: Page, place: str = "body") -> None:
    found = Axe().run(page, context=place).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_the_library_waits_for_a_reader(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    tab.page.wait_for_timeout(1500)
    assert tab.page.evaluate(LIBRARY) is False
    tab.page.mouse.move(300, 300)
    tab.page.wait_for_function(LIBRARY)
    tab.close()


def test_a_page_works_without_the_library(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city")
    tab.context.route("**/dash_bootstrap_components*", lambda route: route.abort())
    page = tab.open("/")
    page.wait_for_function("() => window.oversightShown")
    page.locator("#page-root .menu", has_text=text("app.export")).locator("summary").click()
    with page.expect_download():
        page.locator("#page-root button[data-kind=csv]").click()
    page.locator("#page-root .nav a[href^='/matrix']").click()
    page.wait_for_url("**/matrix*")
    page.goto(f"{shipped.address}/school/{SCHOOL}?why=section.primary.L1.{SCHOOL}")
    page.wait_for_selector("body.live")
    expect(page.locator("#proof .sheet")).to_be_visible()
    page.locator("#proof [data-close]").click()
    expect(page.locator("#proof .sheet")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#update-error").first).to_be_visible()
    tab.errors = [e for e in tab.errors if "net::ERR_FAILED" not in e]
    tab.close()


def test_a_press_that_falls_into_the_library_s_arrival_opens_the_menu(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city")
    held: list[Route] = []
    tab.context.route("**/dash_bootstrap_components*", lambda route: held.append(route))
    page = tab.open("/")
    page.wait_for_function("() => window.oversightShown")
    menu = page.locator("#page-root .menu", has_text=text("app.export"))
    menu.locator("summary").hover()
    while not held:
        page.wait_for_timeout(50)
    page.mouse.down()
    held[0].continue_()
    page.wait_for_function(LIBRARY)
    page.wait_for_timeout(300)
    page.mouse.up()
    with page.expect_download():
        menu.locator("button[data-kind=csv]").click()
    page.mouse.move(300, 600)
    expect(menu.locator(".dropdown-toggle")).to_be_visible()
    tab.close()


def test_search_takes_what_is_typed_at_once_and_gives_the_focus_back(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.keyboard.press("/")
    page.keyboard.type("youyang")
    expect(page.locator("#search-input")).to_have_value("youyang")
    expect(page.locator("#search-results .found li").first).to_contain_text("酉阳")
    page.keyboard.press("ArrowDown")
    first = page.locator("#search-results .found a").first
    expect(page.locator("#search-input")).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    no_serious_fault(page)
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)
    button = page.locator("#page-root [data-action=search]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#search-input")).to_be_focused()
    expect(page.locator("#search-input")).to_have_value("")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("youyang")
    expect(page.locator("#search-results .found li").first).to_contain_text("酉阳")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/district/{UNIT}*")
    expect(page.locator(".modal")).to_have_count(0)
    tab.close()


def test_the_list_of_keys_is_a_dialog(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name=text("help.title"))
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("规划进度")
    expect(dialog.get_by_role("link", name=text("navigation.data"))).to_have_count(1)
    no_serious_fault(page)
    page.keyboard.press("g")
    page.keyboard.press("m")
    assert page.url.endswith("/"), "keys are the dialog's as long as it is open"
    dialog.get_by_role("button", name=text("help.close")).click()
    expect(dialog).to_have_count(0)
    tab.close()
    leader = opened(shipped, browser, "/", "leader")
    leader.page.keyboard.press("?")
    expect(leader.page.locator(".help-dialog")).to_be_visible()
    assert leader.page.locator(".help-dialog a").count() == 0, "who hands nothing in is shown no way there"
    leader.close()


def test_a_menu_is_walked_through_by_arrows(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.mouse.move(300, 300)
    toggle = page.locator("#page-root .menu .dropdown-toggle", has_text=text("app.export"))
    toggle.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUS).startswith("XLSX")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUS).startswith("CSV")
    no_serious_fault(page)
    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(page.locator("#page-root .dropdown-menu.show")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")
    tab.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_proof_is_opened_and_left_by_keys(shipped: FrontDoor, browser: Browser, size: tuple[int, int]) -> None:
    tab = opened(shipped, browser, f"/school/{SCHOOL}", size=size)
    page = tab.page
    link = page.locator("#school-sections tbody tr a").first
    link.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=text("proof.label"))
    expect(drawer).to_be_focused()
    page.wait_for_url("**why=*")
    no_serious_fault(page, "#proof")
    for _ in range(10):
        page.keyboard.press("Tab")
        page.wait_for_function(INSIDE)
    page.keyboard.press("/")
    expect(page.locator("#search-input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.wait_for_function("() => !location.search.includes('why=')")
    expect(link).to_be_focused()
    tab.close()


def test_beside_a_drawer_the_page_can_be_used_with_a_pointer(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, f"/school/{SCHOOL}?why=section.primary.L1.{SCHOOL}")
    page = tab.page
    expect(page.get_by_role("dialog", name=text("proof.label"))).to_be_visible()
    period = page.locator("#page-root select[name=period]")
    period.click()
    page.wait_for_timeout(100)
    expect(period).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#school-sections tbody tr a").nth(1).click()
    page.wait_for_url("**L2*")
    expect(page.get_by_role("dialog", name=text("proof.label"))).to_have_count(1)
    tab.close()


def test_the_filters_of_a_phone_unfold_at_a_button_that_says_so(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/", size=(390, 844))
    page = tab.page
    button, stage = page.locator("#page-root .filters-button"), page.locator("#page-root select[name=stage]")
    expect(stage).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(stage).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.wait_for_function(LIBRARY)
    stage.select_option(label=text("stage.junior"))
    page.wait_for_url("**stage=junior*")
    expect(stage).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    button.click()
    expect(stage).to_be_hidden()
    tab.close()


def test_a_failure_is_an_alert_and_goes_when_it_is_over(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.mouse.move(300, 300)
    page.wait_for_function(LIBRARY)
    page.context.set_offline(True)
    page.select_option("#page-root select[name=stage]", label=text("stage.junior"))
    alert = page.locator("#page-root .alert")
    expect(alert).to_contain_text(text("state.offline"))
    no_serious_fault(page, "#update-error")
    page.context.set_offline(False)
    alert.get_by_role("button", name=text("state.retry")).click()
    page.wait_for_url("**stage=junior*")
    expect(alert).to_have_count(0)
    tab.errors = [e for e in tab.errors if "ERR_INTERNET_DISCONNECTED" not in e]
    tab.close()


def test_a_projection_has_keys_of_its_own(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, "/?mode=meeting", size=(1920, 1080))
    page = tab.page
    page.keyboard.press("?")
    expect(page.locator("#slide-help")).to_have_text(text("meeting.keys"))
    expect(page.locator("#slide-help")).to_be_visible()
    expect(page.locator(".modal")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#slide-help")).to_be_hidden()
    expect(page.locator(".slide.on")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#page-root .nav")).to_be_visible()
    tab.close()


@pytest.mark.parametrize("place", ["select[name=stage]", ".menu summary"])
def test_the_library_takes_nobody_s_focus_away(shipped: FrontDoor, browser: Browser, place: str) -> None:
    tab = opened(shipped, browser, "/")
    page = tab.page
    page.locator(f"#page-root {place}").first.focus()
    page.keyboard.press("Shift")
    page.wait_for_function(LIBRARY)
    page.evaluate("() => new Promise(window.requestIdleCallback)")
    outer = place.split(" ")[0]
    assert page.evaluate("place => Boolean(document.activeElement.closest(place))", outer)
    page.keyboard.press("Tab")
    assert not page.evaluate("() => document.activeElement === document.body")
    tab.close()


def test_on_a_phone_files_and_papers_can_be_had(shipped: FrontDoor, browser: Browser) -> None:
    tab = opened(shipped, browser, f"/district/{UNIT}", size=(390, 844))
    page = tab.page
    for kind in ("csv", "docx"):
        menu = page.locator("#page-root .menu", has_text=text("app.export")).first
        expect(menu).to_be_visible()
        box = menu.locator("summary, .dropdown-toggle").bounding_box()
        assert box is not None
        assert box["height"] >= 44, "as high as a finger needs"
        menu.locator("summary, .dropdown-toggle").click()
        item = menu.locator(f"button[data-kind={kind}]")
        inside = "item => { const b = item.getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth; }"
        expect(item).to_be_visible()
        assert item.evaluate(inside), "no part of the list is off the screen"
        with page.expect_download() as download:
            item.click()
        assert download.value.suggested_filename.endswith(kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.close()
