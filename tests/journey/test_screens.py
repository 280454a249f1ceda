"""Any screen: from a phone to a wall without moving sideways, with colours that a reader's system forces."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journey.conftest import Watched, settle

PATHS = ("/", "/league", "/matrix", "/district/500242", "/trend", "/ledger")
SIZES = ((360, 740), (768, 1024), (769, 1024), (1093, 614), (1279, 720), (1366, 768), (1920, 1080), (3840, 2160))
OUTSIDE = """width => [...document.querySelectorAll("#page-root .top :is(a, button), #page-root .filter-bar :is(select, button)")]
  .filter((each) => each.checkVisibility() && !each.closest(".nav"))
  .filter((each) => each.getBoundingClientRect().right > width || each.getBoundingClientRect().left < 0)
  .map((each) => each.textContent)"""
LEVELS = ("met", "on_plan", "late", "overdue", "veto")
COLOURS = """level => {
  const style = (selector) => { const each = document.querySelector(selector); return each && getComputedStyle(each); };
  const [swatch, shape, tile] = [`.legend .sw-${level}`, `.map .f-${level}`, `.strip-tile.s-${level}`].map(style);
  return [swatch && swatch.backgroundColor, shape && shape.fill, tile && tile.backgroundColor];
}"""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_its_width_with_every_tool_in_reach(server: str, watched: Watched, path: str) -> None:
    watched.open(server + path)
    page, problems = watched.page, []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        if (whole := page.evaluate("document.documentElement.scrollWidth")) > width:
            problems.append((width, whole))
        problems += [(width, each) for each in page.evaluate(OUTSIDE, width)]
    assert problems == []


def colours(page: Page) -> dict[str, list[str | None]]:
    return {level: page.evaluate(COLOURS, level) for level in LEVELS}


def test_forced_colours_leave_the_legend_with_the_colours_of_the_map(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(server + "/")
    page.wait_for_selector("body.live")
    before = colours(page)
    page.emulate_media(forced_colors="active")
    forced = colours(page)
    context.close()
    assert forced == before
    compared = {level: [c for c in three if c] for level, three in forced.items()}
    assert sum(len(c) > 1 for c in compared.values()) >= 3
    assert {level: c for level, c in compared.items() if len(set(c)) > 1} == {}


def test_a_page_is_not_darkened_or_translated_by_the_browser(server: str, watched: Watched) -> None:
    """Figures that a translator or a forced dark mode changes are not those that were published."""
    watched.open(server + "/")
    page = watched.page
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light only"
    assert page.evaluate("document.documentElement.translate") is False
