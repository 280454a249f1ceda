"""What is selected in a table and copied is a table again: rows under their heads, numbers as numbers."""

import re

import pytest
from playwright.sync_api import Browser, Page

from data.text import text
from tests.shipped.front_door import UNIT, FrontDoor

SELECT = """([first, last]) => {
  const selection = getSelection();
  selection.removeAllRanges();
  const range = document.createRange();
  range.setStartBefore(document.querySelector(first).firstChild);
  range.setEndAfter(document.querySelector(last).lastChild);
  selection.addRange(range);
}"""
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const of = async (kind) => (await item.getType(kind)).text();
  return [await of("text/html"), await of("text/plain")];
}"""
CELLS = """(html) => Array.from(new DOMParser().parseFromString(html, "text/html").querySelectorAll("tr"),
  (row) => Array.from(row.cells, (cell) => cell.textContent))"""
TEXT_CELLS = """async () => {
  const [item] = await navigator.clipboard.read();
  const html = await (await item.getType("text/html")).text();
  return Array.from(new DOMParser().parseFromString(html, "text/html").querySelectorAll(".text"), (c) => c.textContent);
}"""
TABLES = {
    f"/cv/{UNIT}/primary/L2": [f".share-scroll tbody tr:nth-child({n})" for n in (2, 4)],
    "/matrix": [f"table.matrix tbody tr:nth-child({n})" for n in (1, 3)],
    "/league": [f".ag-row[row-index='{n}']" for n in (1, 3)],
}


def copied(page: Page, rows: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    """The cells of the table on the clipboard, and those of its text."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(SELECT, rows)
    page.keyboard.press("Control+c")
    html, plain = page.evaluate(CLIPBOARD)
    assert "<table" in html
    return page.evaluate(CELLS, html), [line.split("\t") for line in plain.splitlines()]


@pytest.mark.parametrize("path", TABLES)
def test_three_rows_are_copied_as_three_rows_under_their_heads(shipped: FrontDoor, browser: Browser, path: str) -> None:
    tab = shipped.tab(browser, "city")
    page = tab.open(path)
    page.wait_for_function("() => window.oversightShown")
    page.locator(TABLES[path][0]).wait_for()
    table, lines = copied(page, TABLES[path])
    assert len(lines) == len(table)
    heads = 2 if path == "/matrix" else 1
    assert len(table) == heads + 3
    first = page.locator(TABLES[path][0])
    name = first.locator("[col-id=name], th, td").first.inner_text().strip()
    assert any(name in cell for cell in table[heads])
    assert len({len(line) for line in lines}) == 1
    assert [cell for row in table for cell in row if "," in cell and cell.replace(",", "").isdigit()] == []
    tab.close()


def test_a_clerk_gets_numbers_apart_from_words_and_no_day_for_so_many_of(shipped: FrontDoor, browser: Browser) -> None:
    """`0.401小学骨干教师` was one word, `6/12` became 6月12日, and the head of the plan's last column named no column."""
    tab = shipped.tab(browser, "city")
    page = tab.open("/league")
    page.wait_for_function("() => window.oversightShown")
    rows = TABLES["/league"]
    page.locator(rows[0]).wait_for()
    table, _ = copied(page, rows)
    largest = table[0].index(next(head for head in table[0] if head.startswith("最大差异系数")))
    assert all(re.fullmatch(r"\d\.\d+ \S+", row[largest]) for row in table[1:]), table[1:]
    marked = page.evaluate(TEXT_CELLS)
    assert marked
    assert marked == [cell for row in table for cell in row if re.fullmatch(r"\d+/\d+", cell)]
    page.goto(shipped.address + "/plan")
    page.wait_for_function("() => window.oversightShown")
    heads = copied(page, ["table.plan-board tbody tr:nth-child(2)", "table.plan-board tbody tr:nth-child(4)"])[0][0]
    assert heads[-1] == text("plan.forecast")
    tab.close()


def test_words_of_one_cell_are_copied_as_words(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city")
    page = tab.open("/matrix")
    page.wait_for_function("() => window.oversightShown")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = "table.matrix tbody tr:first-child th"
    name = page.locator(cell).inner_text().strip()
    page.evaluate(SELECT, [cell, cell])
    page.keyboard.press("Control+c")
    assert page.evaluate("() => navigator.clipboard.readText()").strip() == name
    tab.close()
