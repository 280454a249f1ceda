"""The pages of offices stand in the chrome of the dashboard, and the city's board says what waits, in every size."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.access import Permission, Scope, Viewer
from data.clock import utc_now
from data.store.engine import open_store
from data.store.submission import Step
from data.store.submissions import add_submission, send_back, submit
from tests.shipped.front_door import PEOPLE, FrontDoor

SIZES = ((390, 844), (1093, 614), (1440, 900), (1920, 1080))
PLAIN = (("city", "/data"), ("district", "/data"), ("administrator", "/accounts"), ("auditor", "/audit"))
OTHER_UNIT, SHORT_NAME = "500103", "渝中"
LINKS = "() => Array.from(document.querySelectorAll('.nav a')).map((a) => a.pathname)"
BESIDE = """() => [document.documentElement.scrollWidth - innerWidth,
  Array.from(document.querySelectorAll('main *')).filter((e) => !e.closest('.scroll-x') && e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 80))]"""


def serious(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in violations if v["impact"] in ("serious", "critical")]


@pytest.fixture
def waiting(shipped: FrontDoor) -> Iterator[int]:
    """A file of another unit that would turn an item, waiting for review; sent back afterwards."""
    store = open_store(shipped.settings)
    office = Viewer("于渝中", frozenset({Permission.RETURNS_SUBMIT}), Scope(frozenset({OTHER_UNIT})))
    result = {
        "findings": [],
        "kinds": [{"input_kind": "school_return", "sheet": "s", "rows": 33, "changed": 7}],
        "effect": {
            "before_met": 31,
            "after_met": 30,
            "item_count": 32,
            "gained": [],
            "lost": ["L4"],
            "undecidable": [],
        },
    }
    fields = {
        "district_code": OTHER_UNIT,
        "period": "2026",
        "file_name": "渝中.xlsx",
        "sha256": "0" * 64,
        "result": result,
    }
    number = add_submission(store, office, fields, utc_now())
    submit(store, office, Step(number, 1, "更正"), {}, utc_now(), is_correction=True, is_agreed=True)
    yield number
    reviewer = Viewer(PEOPLE["second"].name, frozenset({Permission.RETURNS_APPROVE}))
    send_back(store, reviewer, Step(number, 2, "试"), utc_now())


@pytest.mark.parametrize("who", ["city", "district"])
def test_plain_pages_have_the_navigation_of_the_dashboard(shipped: FrontDoor, browser: Browser, who: str) -> None:
    tab = shipped.tab(browser, who)
    dashboard = tab.open("/").evaluate(LINKS)
    page = tab.open("/data")
    assert page.evaluate(LINKS) == dashboard
    assert "/data" in dashboard
    current = page.locator(".nav a[aria-current]")
    assert (current.count(), current.get_attribute("href"), current.inner_text()) == (1, "/data", "报送")
    assert current.get_attribute("title") == "数据报送"
    expect(page.locator(".account-strip .who")).to_contain_text(PEOPLE[who].name)
    page.locator(".nav").get_by_role("link", name="问题台账").click()
    page.wait_for_url("**/ledger")
    page.wait_for_selector("body.live")
    page.locator("#page-root .nav").get_by_role("link", name="数据报送").click()
    page.wait_for_url("**/data")
    tab.close()


@pytest.mark.parametrize(
    ("who", "absent"),
    [
        ("leader", {"/data", "/leads", "/accounts", "/audit"}),
        ("school", {"/data", "/leads", "/meeting", "/accounts", "/audit"}),
        ("district", {"/leads", "/meeting", "/accounts", "/audit"}),
    ],
)
def test_pages_that_a_role_may_not_open_are_absent(
    shipped: FrontDoor, browser: Browser, who: str, absent: set[str]
) -> None:
    tab = shipped.tab(browser, who)
    links = tab.open("/").evaluate(LINKS)
    assert absent.isdisjoint(links)
    assert {"/", "/plan", "/ledger", "/method"} <= set(links)
    tab.close()


@pytest.mark.parametrize(
    ("who", "own"), [("administrator", ["/catalogue", "/accounts", "/server"]), ("auditor", ["/audit"])]
)
def test_who_reads_no_figures_has_the_own_pages_alone(
    shipped: FrontDoor, browser: Browser, who: str, own: list[str]
) -> None:
    tab = shipped.tab(browser, who)
    page = tab.open("/")
    assert page.evaluate(LINKS) == own
    expect(page.locator(".nav a[aria-current=page]")).to_have_count(1)
    tab.close()


@pytest.mark.parametrize(("who", "path"), PLAIN)
@pytest.mark.usefixtures("waiting")
def test_plain_pages_fit_every_window_and_can_be_heard(
    shipped: FrontDoor, browser: Browser, who: str, path: str
) -> None:
    tab = shipped.tab(browser, who)
    page = tab.open(path)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(BESIDE) == [0, []], width
        assert serious(page) == [], width
    tab.close()


def test_plain_pages_need_no_script(shipped: FrontDoor, browser: Browser, waiting: int) -> None:
    context = browser.new_context(java_script_enabled=False)
    host = str(urlsplit(shipped.address).hostname)
    for cookie in shipped.client("city").cookies:
        place = {"name": cookie.name, "value": cookie.value or "", "domain": host, "path": "/", "secure": True}
        context.add_cookies([place])  # pyright: ignore[reportArgumentType]  a dict of what it takes
    page = context.new_page()
    page.goto(shipped.address + "/data")
    expect(page.locator("h1")).to_contain_text("份等您审")
    page.locator(".period-menu", has_text="数据期").locator("summary").click()
    page.locator(".period-menu", has_text="数据期").get_by_role("link", name="2025年9月", exact=True).click()
    page.wait_for_url("**/data?period=2025")
    expect(page.locator(".period-menu summary").first).to_contain_text("2025年9月")
    page.goto(shipped.address + "/data")
    page.get_by_role("link", name=f"审{SHORT_NAME}的报送").click()
    page.wait_for_url(f"**/data/{waiting}")
    expect(page.locator(".nav a[aria-current]")).to_have_attribute("href", "/data")
    page.locator(".nav").get_by_role("link", name="口径").click()
    page.wait_for_url("**/method")
    expect(page.locator("h1").first).to_contain_text("32项")
    context.close()


def test_the_board_leads_the_city_to_what_changes_verdicts(shipped: FrontDoor, browser: Browser, waiting: int) -> None:
    tab = shipped.tab(browser, "city")
    page = tab.open("/data")
    expect(page.locator("h1")).to_contain_text(re.compile(r"37个单位已入库6个，\d+份等您审"))
    expect(page.locator(".sub").first).to_contain_text("1份会改变区县判定")
    row = page.locator("tr", has=page.get_by_role("link", name=f"审{SHORT_NAME}的报送"))
    for words in ("31→30", "转未达标：L4", "33", "7", "更正"):
        expect(row).to_contain_text(words)
    page.locator(".skip").focus()
    for key in ("Enter", *["Tab"] * 6):  # past the header: four menus, the file, the next step
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="审下一份")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/data/{waiting}")
    expect(page.get_by_role("button", name="接收入库")).to_be_visible()
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="导出", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")
    tab.close()


def test_the_skip_link_leads_to_what_the_page_says(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "auditor")
    page = tab.open("/audit")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    tab.close()


@pytest.mark.usefixtures("waiting")
def test_on_paper_the_board_is_whole(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city")
    page = tab.open("/data")
    page.set_viewport_size({"width": 1047, "height": 718})
    page.emulate_media(media="print")
    assert page.evaluate(BESIDE) == [0, []]
    cut = page.evaluate(
        """() => Array.from(document.querySelectorAll('main .scroll-x'))
          .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.innerText.slice(0, 40))"""
    )
    assert cut == []
    assert page.locator(".nav").is_hidden()
    tab.close()
