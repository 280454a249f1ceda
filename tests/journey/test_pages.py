"""The pages as a leader meets them, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journey.conftest import Watched, settle
from tests.page_addresses import EVERY_PAGE

PAGES = (
    *EVERY_PAGE,
    "/?map=tiles",
    "/?map=list",
    "/?indicator=L2&stage=primary",
    "/?district=500103",
    "/?period=2024",
    "/?period=2024&basis=current",
    "/?group=northeast",
    "/?district=500238",
    "/league?grouping=group&rank=hidden",
    "/matrix?district=500116",
    "/district/P50LJ2",
    "/district/500116?why=unit.500116",
    "/trend?district=500116&measure=mean",
    "/plan?group=northeast",
    "/rounds?district=500101",
    "/leads?period=2024&district=500116",
    "/warn?district=500242",
    "/warn?only=red&issue=target_missed.500103",
    "/ledger?district=500238&only=all",
)
PUBLIC = ("/method", "/library")  # the rules and the policies: nothing of them is invented
SIZES = ((1440, 900), (1920, 1080), (1280, 720), (1093, 614), (820, 1100), (390, 844))


@pytest.mark.parametrize("path", PAGES)
def test_page_is_complete_quiet_and_local(server: str, watched: Watched, path: str) -> None:
    watched.open(server + path)
    page = watched.page
    expect(page.locator("h1")).to_be_visible()
    if path not in PUBLIC:
        expect(page.locator("#page-root .demo")).to_be_visible()
        expect(page.locator("#page-root .page-source")).to_contain_text("演示数据")
    if path.startswith("/?") or path == "/":
        page.wait_for_selector("body.live #overview-trend .still")
    elif "league" in path:
        page.wait_for_selector(".ag-row")
    assert not watched.errors
    outside = [a for a in watched.addresses if not a.startswith((server, "data:", "blob:"))]
    assert not outside


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_horizontal_scroll(server: str, watched: Watched, path: str) -> None:
    watched.open(server + path)
    for width, height in SIZES:
        watched.page.set_viewport_size({"width": width, "height": height})
        settle(watched.page)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "path",
    [
        "/?map=list&indicator=L5",
        "/?map=tiles",
        *EVERY_PAGE,
        "/matrix?district=500116",
        "/district/500116?why=item.500116.L2",
    ],
)
def test_no_serious_accessibility_violation(server: str, watched: Watched, path: str) -> None:
    watched.open(server + path)
    if path == "/league":
        watched.page.wait_for_selector(".ag-row")
    settle(watched.page)
    result = Axe().run(watched.page)
    serious = [
        (v["id"], [n["html"][:120] for n in v["nodes"][:3]])
        for v in result.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not serious


def test_first_paint_holds_the_answer_before_any_script(server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "/?district=500103")
    expect(page.locator("h1")).to_contain_text("渝中区")
    assert page.locator("#first-paint svg.map .unit").count() > 40
    context.close()
