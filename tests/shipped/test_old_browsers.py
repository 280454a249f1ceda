"""A browser older than what slides are drawn with is told so in words, on every page; a newer one sees nothing of it."""

import pytest
from playwright.sync_api import Browser, expect

from data.text import text
from tests.shipped.front_door import FrontDoor

WITHOUT_WHAT_OLD_ONES_LACK = """() => Array.from(document.styleSheets).forEach((sheet) =>
  Array.from(sheet.cssRules).map((rule, at) => [rule, at]).reverse().forEach(([rule, at]) => {
    if (rule instanceof CSSSupportsRule && rule.conditionText.includes("container-type")) { sheet.deleteRule(at); }
  }))"""


@pytest.mark.parametrize("path", ["/", "/meeting", "/data", "/login"])
def test_an_old_browser_is_told_and_a_new_one_is_not(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.stranger(browser) if path == "/login" else shipped.tab(browser, "city")
    page = tab.open(path)
    note = page.get_by_text(text("app.old_browser"))
    expect(note).to_be_hidden()
    page.evaluate(WITHOUT_WHAT_OLD_ONES_LACK)
    expect(note).to_be_visible()
    tab.close()
