"""A request that fails changes nothing: address, lists, screen and export agree, and asking again asks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from data.text import text
from tests.journey.conftest import VIEWPORT, Watched
from tests.menus import choose
from tests.present import present

STAGE = "#page-root select[name=stage]"
BAR = "#page-root #update-error"


@pytest.fixture
def page(server: str, watched: Watched) -> Iterator[Page]:
    """The overview as it was opened, with the network there again afterwards."""
    watched.open(server + "/")
    watched.page.wait_for_function("() => window.oversightShown")
    yield watched.page
    watched.page.context.set_offline(False)
    watched.page.unroute_all()


def headline(page: Page) -> str:
    return page.locator("#page-root h1").inner_text()


def chosen(page: Page) -> str:
    return page.eval_on_selector(STAGE, "list => list.selectedOptions[0].textContent")


def asked_for_export(page: Page) -> str:
    """The search of the address that an export is asked about."""
    with page.expect_request(lambda r: "_dash-update" in r.url and "export-request" in (r.post_data or "")) as sent:
        choose(page, "csv")
    body = present(sent.value.post_data_json)
    return next(s["value"] for s in [*body["inputs"], *body["state"]] if s["property"] == "search")


def test_a_filter_that_cannot_be_had_changes_nothing_and_can_be_asked_for_again(server: str, page: Page) -> None:
    before, all_stages = headline(page), chosen(page)
    page.context.set_offline(True)
    for _ in range(2):
        page.select_option(STAGE, label=text("stage.junior"))
        expect(page.locator(BAR)).to_contain_text(text("state.offline"))
        assert (page.url, headline(page), chosen(page)) == (f"{server}/", before, all_stages)
    page.context.set_offline(False)
    assert asked_for_export(page) == ""

    page.select_option(STAGE, label=text("stage.junior"))
    page.wait_for_url(f"{server}/?stage=junior")
    expect(page.locator(BAR)).to_be_hidden()
    assert chosen(page) == text("stage.junior")
    assert headline(page) != before
    assert asked_for_export(page) == "?stage=junior"


def test_what_failed_is_asked_for_again_by_the_button_that_says_so(server: str, page: Page) -> None:
    page.evaluate("window.kept = 1")
    page.context.set_offline(True)
    page.select_option(STAGE, label=text("stage.junior"))
    expect(page.locator(BAR)).to_be_visible()
    page.context.set_offline(False)
    page.locator(BAR).get_by_role("button", name=text("state.retry")).click()
    page.wait_for_url(f"{server}/?stage=junior")
    expect(page.locator(BAR)).to_be_hidden()
    assert page.evaluate("window.kept") == 1, "asked for in place, not loaded again"


def test_a_page_that_cannot_be_had_leaves_the_one_that_is_there(server: str, page: Page) -> None:
    before = headline(page)
    page.context.set_offline(True)
    page.locator("#page-root .nav a[href^='/matrix']").click()
    expect(page.locator(BAR)).to_be_visible()
    page.wait_for_url(f"{server}/")
    assert headline(page) == before
    page.context.set_offline(False)
    assert asked_for_export(page) == ""
    page.locator("#page-root .nav a[href^='/matrix']").click()
    page.wait_for_url(f"{server}/matrix")
    expect(page.locator("#matrix-table table")).to_be_visible()


def test_the_way_back_that_cannot_be_had_returns_to_what_is_shown(server: str, page: Page) -> None:
    before, all_stages = headline(page), chosen(page)
    page.select_option(STAGE, label=text("stage.junior"))
    page.wait_for_url(f"{server}/?stage=junior")
    shown = headline(page)
    page.context.set_offline(True)
    page.go_back()
    expect(page.locator(BAR)).to_be_visible()
    page.wait_for_url(f"{server}/?stage=junior")
    assert (headline(page), chosen(page)) == (shown, text("stage.junior"))
    page.context.set_offline(False)
    assert asked_for_export(page) == "?stage=junior"
    page.go_back()
    page.wait_for_url(f"{server}/")
    expect(page.locator("#page-root h1")).to_have_text(before)
    expect(page.locator(BAR)).to_be_hidden()
    assert chosen(page) == all_stages


def test_a_page_whose_libraries_cannot_be_had_leaves_the_one_that_is_there(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport=VIEWPORT, locale="zh-CN")
    page = context.new_page()  # nothing is kept here from a page opened before
    page.goto(server + "/")
    page.wait_for_function("() => window.oversightShown")
    before = headline(page)
    context.set_offline(True)
    page.locator("#page-root .nav a[href^='/league']").click()
    expect(page.locator(BAR)).to_be_visible()
    assert (page.url, headline(page)) == (f"{server}/", before)
    context.set_offline(False)
    page.locator("#page-root .nav a[href^='/league']").click()
    page.wait_for_url(f"{server}/league")
    page.wait_for_selector(".ag-row")
    context.close()


def test_what_comes_late_does_not_take_back_what_was_said_after_it_was_asked(server: str, page: Page) -> None:
    held: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: held.append(route) if not held else route.abort())
    page.select_option(STAGE, label=text("stage.junior"))
    page.wait_for_function("() => document.body.classList.contains('slow')")
    choose_export = page.locator("#page-root .menu", has_text=text("app.export"))
    choose_export.locator("summary, button").first.click()
    page.locator("#page-root button[data-kind=csv]").click()
    expect(page.locator(BAR)).to_be_visible()
    held[0].continue_()
    page.wait_for_url(f"{server}/?stage=junior")
    expect(page.locator(BAR)).to_be_visible()


def test_a_server_that_fails_is_the_same(server: str, page: Page) -> None:
    before = headline(page)
    page.route("**/_dash-update-component*", lambda route: route.fulfill(status=500, body="{}"))
    page.select_option(STAGE, label=text("stage.junior"))
    expect(page.locator(BAR)).to_contain_text(text("state.failed"))
    assert (page.url, headline(page)) == (f"{server}/", before)
    page.unroute_all()
    page.select_option(STAGE, label=text("stage.junior"))
    page.wait_for_url(f"{server}/?stage=junior")
    expect(page.locator(BAR)).to_be_hidden()


@pytest.mark.parametrize("part", ["**/page.js*", "**/react-dom*", "**/dash_renderer*"])
def test_a_script_that_is_lost_once_is_asked_for_again(browser: Browser, server: str, part: str) -> None:
    page = browser.new_context(viewport=VIEWPORT, locale="zh-CN").new_page()
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        if len(lost) > 1:
            route.continue_()
        else:
            route.abort()

    page.route(part, lose)
    page.goto(server + "/")
    page.wait_for_selector("body.live", timeout=20_000)
    assert len(lost) >= 2
    page.context.close()


def test_a_page_whose_scripts_do_not_come_says_so_and_can_be_asked_for_anew(browser: Browser, server: str) -> None:
    page = browser.new_context(viewport=VIEWPORT, locale="zh-CN").new_page()
    page.route("**/page.js*", lambda route: route.abort())
    page.goto(server + "/")
    bar = page.locator("#first-paint #update-error")
    expect(bar).to_be_visible(timeout=20_000)
    expect(bar).to_contain_text(text("state.offline"))
    expect(page.locator("h1").first).to_be_visible()
    page.unroute_all()
    bar.get_by_role("button", name=text("state.retry")).click()
    page.wait_for_selector("body.live")
    page.context.close()


def test_a_script_for_which_nobody_answers_is_said_too(browser: Browser, server: str) -> None:
    page = browser.new_context(viewport=VIEWPORT, locale="zh-CN").new_page()
    held: list[Route] = []
    page.route("**/page.js*", lambda route: held.append(route))
    page.goto(server + "/", wait_until="domcontentloaded")
    bar = page.locator("#first-paint #update-error")
    expect(bar).to_be_visible(timeout=30_000)
    assert held, "asked for and not answered"
    held[0].continue_()
    page.wait_for_selector("body.live")
    expect(page.locator("#page-root #update-error")).to_be_hidden()
    page.context.close()
