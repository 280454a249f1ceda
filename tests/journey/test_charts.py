"""A chart answers: arrow keys walk its points and say them, Plotly zooms and resets, no tip keeps an old value."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journey.conftest import Watched

WALKED = 60
"""More presses than a chart has points in a row."""
YEARS = """(chart) => Array.from(chart.querySelectorAll(".main-svg .xaxislayer-above text"),
  (name) => name.textContent).sort().join(" ")"""


def heard(page: Page) -> Locator:
    return page.locator(".chart-voice")


def focus(page: Page, chart: str) -> Locator:
    """Reach a chart by keyboard: from the place before it, by Tab."""
    target = page.locator(f"#page-root {chart}")
    page.keyboard.press("Tab")
    target.focus()
    return target


def press(page: Page, link: str) -> None:
    """Follow a link while the pointer rests where it is."""
    page.evaluate("(link) => document.querySelector(link).click()", link)


def walk(page: Page, key: str) -> list[str]:
    """What is heard on the way to the last point."""
    said = [heard(page).inner_text()]
    for _ in range(WALKED):
        page.keyboard.press(key)
        if heard(page).inner_text() == said[-1]:
            break
        said.append(heard(page).inner_text())
    return said


def test_arrow_keys_say_every_point_of_a_trend_and_escape_leaves(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?basis=as_was&period=2026")
    chart = focus(page, "#overview-trend [data-chart]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    said = walk(page, "ArrowRight")
    years = [int(words[:4]) for words in said]
    assert len(said) > 5
    assert years == sorted(years)
    assert all(re.fullmatch(r"\d{4}年\d+月 实际\d+个", words) for words in said)
    page.keyboard.press("ArrowUp")
    expect(heard(page)).to_have_text(re.compile(r"^\d{4}年底 规划\d+个$"))
    page.keyboard.press("Escape")
    expect(heard(page)).to_have_text("")
    expect(chart).not_to_be_focused()
    assert not watched.errors


def test_arrow_keys_move_between_the_links_of_a_bubble_chart(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/cv/500101/primary/L5?period=2026")
    chart = focus(page, "#cv-plot [data-chart]")
    page.keyboard.press("End")
    page.wait_for_selector("#cv-plot .figure.alive")  # Plotly comes while the reader is walking: nothing is lost
    expect(chart).to_be_focused()
    page.keyboard.press("Home")
    bubble = page.locator("#cv-plot a[data-reached]")
    expect(heard(page)).to_have_text(bubble.get_attribute("data-tip") or "")
    expect(heard(page)).to_have_text(re.compile("占差异的"))
    page.keyboard.press("Enter")
    expect(page.locator("#page-root .proof")).to_be_visible()
    assert not watched.errors


def test_arrow_keys_say_every_unit_of_the_plan_with_its_name(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/plan?period=2026")
    focus(page, ".plan-board[data-chart]")
    page.keyboard.press("Home")
    said = walk(page, "ArrowDown")
    names = page.locator("#page-root .plan-board tbody tr:not(.phase) th").all_inner_texts()
    assert [words.split(" ")[0] for words in said] == [name.strip() for name in names]
    assert not watched.errors


def test_a_range_is_zoomed_into_and_a_double_click_resets(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/trend?basis=as_was&period=2026")
    frame = page.locator("#page-root .chart-panel .figure")
    frame.hover()
    page.wait_for_selector("#page-root .figure.alive")
    expect(frame.locator(".modebar")).to_have_count(0)
    whole = frame.evaluate(YEARS)
    box = frame.locator(".nsewdrag").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=5)
    page.mouse.up()
    changed = "([chart, whole]) => (" + YEARS + ")(chart) !== whole"
    page.wait_for_function(changed, arg=[frame.element_handle(), whole])
    assert set(frame.evaluate(YEARS).split()) < set(whole.split())
    page.mouse.dblclick(box["x"] + box["width"] * 0.3, middle)
    page.wait_for_function(changed.replace("!==", "==="), arg=[frame.element_handle(), whole])
    assert not watched.errors


def test_a_tip_says_what_its_point_says_now(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?period=2025")
    unit = page.locator("#page-root svg.map a.unit[data-district='500236']").first
    unit.hover()
    tip = page.locator("#tip")
    expect(tip).to_have_text(unit.get_attribute("data-tip") or "")
    before = tip.inner_text()
    press(page, "a[data-period-dot][href*='period=2023']")
    page.wait_for_function("() => new URLSearchParams(location.search).get('period') === '2023'")
    expect(tip).not_to_have_text(before)
    expect(tip).to_have_text(unit.get_attribute("data-tip") or "")
    press(page, ".nav a[href^='/plan']")
    page.locator("#page-root .plan-board").wait_for()
    expect(tip).to_be_hidden()  # its point is gone
