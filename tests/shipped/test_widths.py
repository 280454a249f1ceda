"""Nothing lies over its neighbour or beside the window, on the screens between a phone's and a desk's."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from layouts.routes import ROUTES
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor

TOO_WIDE = """() => [
  ...Array.from(document.querySelectorAll("#page-root .page-content > div > .p > table")).filter((table) => innerWidth > 768 &&
    table.getBoundingClientRect().right > table.parentElement.getBoundingClientRect().right + 1).map((t) => t.className),
  ...(document.documentElement.scrollWidth > innerWidth ? ["page"] : []),
]"""


BESIDE_ITS_PANEL = """() => Array.from(document.querySelectorAll("#page-root .page-content > div table"))
  .filter((table) => table.getBoundingClientRect().right
    > table.closest(".page-content > div").getBoundingClientRect().right + 1)
  .map((table) => table.className)"""
A4_LANDSCAPE = 1047
"""CSS pixels between margins of 10 mm."""


ON_PAPER = ("/", f"/school/{SCHOOL}", "/trend", "/rounds", "/ledger", f"/cv/{UNIT}/primary/L5")
CUT = """() => Array.from(document.querySelectorAll("#page-root [tabindex]"))
  .filter((area) => getComputedStyle(area).overflowY !== "visible" && area.scrollHeight > area.clientHeight + 1)
  .map((area) => area.className)"""


@pytest.mark.parametrize("path", ON_PAPER)
def test_on_paper_tables_are_whole_and_lie_over_no_neighbour(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    page.set_viewport_size({"width": A4_LANDSCAPE, "height": 718})
    page.emulate_media(media="print")
    assert page.evaluate(BESIDE_ITS_PANEL) == []
    assert page.evaluate(CUT) == []
    tab.close()


OF_ONE = {"district": UNIT, "school": SCHOOL, "cv": f"{UNIT}/primary/L5"}
VIEWS = (
    *("/".join(filter(None, (route.path, OF_ONE.get(route.page)))) for route in ROUTES),
    f"/?district={UNIT}",
    f"/plan?district={UNIT}",
    f"/matrix?district={UNIT}",
    f"/trend?district={UNIT}",
)
SCREENS = (
    (3840, 2160),
    (1920, 1080),
    (1600, 900),
    (1440, 900),
    (1366, 768),
    (1280, 720),
    (1093, 614),
    (820, 1180),
    (720, 450),
    (390, 844),
)
"""1093×614 is 1366×768 at 125 %, 720×450 is 1440×900 at a zoom of 200 %."""
OUT_OF_REACH = """() => {
  const root = document.querySelector("#page-root");
  const around = (element, wanted) => {
    for (let above = element.parentElement; above && above !== root; above = above.parentElement) {
      if (wanted.includes(getComputedStyle(above).overflowX)) return above;
    }
    return null;
  };
  const isShown = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const words = (element) => (element.textContent || element.getAttribute("aria-label") || "").trim().slice(0, 30);
  const controls = Array.from(root.querySelectorAll("a, button, select, input, summary"))
    .filter((control) => !control.closest("svg, .skip") && isShown(control) && !around(control, ["auto", "scroll"]))
    .filter((control) => control.getBoundingClientRect().width)
    .filter((control) => control.getBoundingClientRect().right > innerWidth + 1 || control.getBoundingClientRect().left < -1);
  const columns = Array.from(root.querySelectorAll(".page-content td, .page-content th, .page-content h2"))
    .filter((cell) => !cell.closest(".ag-root") && isShown(cell) && /^[\u4e00-\u9fff]{4}/.test(cell.innerText))
    .filter((cell) => cell.clientWidth && cell.clientWidth < 1.9 * parseFloat(getComputedStyle(cell).fontSize));
  const over = Array.from(root.querySelectorAll(".page-content > div table"))
    .filter((table) => isShown(table) && !around(table, ["auto", "scroll"]))
    .filter((table) => table.getBoundingClientRect().right
      > table.closest(".page-content > div").getBoundingClientRect().right + 1);
  const beyond = Array.from(root.querySelectorAll(".page-content *"))
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1 && part.getBoundingClientRect().width > 1)
    .filter((part) => isShown(part) && !around(part, ["auto", "scroll", "hidden", "clip"]));
  return [
    ...beyond.map((part) => `beyond the screen: ${part.tagName} ${words(part)}`),
    ...(document.documentElement.scrollWidth > innerWidth ? [`page of ${document.documentElement.scrollWidth}`] : []),
    ...controls.map((control) => `out: ${words(control)}`),
    ...columns.map((cell) => `column of single signs: ${words(cell)}`),
    ...over.map((table) => `over its neighbour: ${table.className}`),
  ];
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_on_every_screen_all_of_a_page_is_within_reach(shipped: FrontDoor, browser: Browser, view: str) -> None:
    """On a wall of 3840 the side of 规划 and the gaps of 总览 were one sign wide, on a phone the columns of 经费."""
    tab = shipped.tab(browser, "city", 3840, 2160)
    page = tab.open(view)
    page.wait_for_function("() => window.oversightShown")
    found = []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: {words}" for words in page.evaluate(OUT_OF_REACH)]
    assert found == []
    tab.close()


def test_a_phone_has_search_meeting_export_and_every_page(shipped: FrontDoor, browser: Browser) -> None:
    """The head of a phone had neither search nor 会议模式."""
    tab = shipped.tab(browser, "city", 390, 844)
    page = tab.open("/")
    page.wait_for_function("() => window.oversightShown")
    menu = page.locator("#page-root .menu", has=page.locator("button[data-kind=xlsx]")).locator(
        "summary, .dropdown-toggle"
    )
    search = page.locator("#page-root [data-action=search]")
    for wanted in (search, page.locator("#page-root [data-meeting]"), menu):
        box = wanted.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 40
    pages = page.locator("#page-root .nav a")
    assert pages.count() >= len([route for route in ROUTES if route.is_in_navigation])
    pages.last.scroll_into_view_if_needed()
    expect(pages.last).to_be_in_viewport()
    search.click()
    expect(page.locator("[role=dialog] input")).to_be_focused()
    tab.close()


@pytest.mark.parametrize("path", [f"/school/{SCHOOL}", "/rounds", "/plan"])
def test_tables_keep_to_their_place(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(path)
    page.evaluate("async () => { await document.fonts.ready; }")
    for width in (1440, 1280, 1200, 1199, 1140, 1139, 1093, 1024, 900, 800, 769, 768, 600, 414, 390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == [], width
    tab.close()


def test_what_scrolls_on_a_phone_is_reached_by_keys(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader", 390, 844)
    page = tab.open(f"/school/{SCHOOL}")
    found = Axe().run(page).response["violations"]
    assert [v["nodes"][0]["html"] for v in found if v["id"] == "scrollable-region-focusable"] == []
    tab.close()


WITHIN = """(selector) => Array.from(document.querySelectorAll(`#page-root ${selector}`)).map((part) =>
  part.getBoundingClientRect()).filter((box) => box.width && (box.left < 0 || box.right > innerWidth)).length"""


@pytest.mark.parametrize(
    ("path", "selector"),
    [("/leads", ".alarm-strip"), ("/meeting", ".slide-box, .decided li"), ("/ledger", ".state-bar, .state-bar text")],
)
def test_what_a_phone_shows_of_a_picture_ends_within_its_screen(
    shipped: FrontDoor, browser: Browser, path: str, selector: str
) -> None:
    """The alarm line lay beyond the right edge, in a table that was wider than the screen."""
    tab = shipped.tab(browser, "city", 390, 844)
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    assert page.evaluate(WITHIN, selector) == 0
    tab.close()
