"""Paper by the browser: every row of every table, its head on each sheet, and around it what it is of."""

import base64
import io
import re
import unicodedata

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_projected_views import ready

RADICALS = str.maketrans("⻓⻰⻄⻘⻢⻛⻬⻅⻝⻆⻔⻩⻉⻋⻥⻦⻨", "长龙西青马风齐见食角门黄贝车鱼鸟麦")
"""What the text of a PDF calls signs by whose radical a font draws them."""
ROWS = """(rows) => Array.from(document.querySelectorAll(rows), (row) => (row.matches('th, td') ? row
  : row.querySelector('th, td')).textContent.replace(/\\s/g, '')).filter(Boolean)"""
PAGES = {
    "/league": ".ag-row [col-id=name], .ag-row td",
    "/league?grouping=group": ".ag-row td",
    "/matrix": "table.matrix tbody tr",
    f"/matrix?district={UNIT}&only=all": "table.heat tbody tr",
    f"/cv/{UNIT}/primary/L2": ".share-scroll tbody tr",
    "/ledger": "table.issues tbody tr",
    "/warn": "table.warnings tbody tr",
    "/rounds": "table.rounds tbody tr",
    "/funds": "table.funds tbody tr",
}


def printed(page: Page) -> bytes:
    """The PDF in pieces: ten megabytes at once are too much for the driver."""
    devtools = page.context.new_cdp_session(page)
    options = {"preferCSSPageSize": True, "printBackground": True, "transferMode": "ReturnAsStream"}
    stream = devtools.send("Page.printToPDF", options)["stream"]
    pieces: list[bytes] = []
    while True:
        piece = devtools.send("IO.read", {"handle": stream, "size": 1 << 19})
        pieces.append(base64.b64decode(piece["data"]) if piece.get("base64Encoded") else piece["data"].encode())
        if piece["eof"]:
            return b"".join(pieces)


def read(page: Page) -> list[str]:
    """The text of each sheet."""
    sheets = (sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed(page))).pages)
    return [re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).translate(RADICALS) for words in sheets]


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_has_every_row(shipped: FrontDoor, browser: Browser, path: str) -> None:
    """On paper the league had 14 of 37 rows and the matrix 25: those at the end, the farthest behind."""
    tab = shipped.tab(browser, "city", 1440, 900)
    page = tab.open(path)
    ready(page)
    if path.startswith("/league"):
        page.wait_for_selector(".ag-row [col-id=name]")
        rows = page.evaluate(
            "() => Array.from(document.querySelectorAll('.ag-row [col-id=name]'), (c) => c.textContent)"
        )
    else:
        rows = page.evaluate(ROWS, PAGES[path])
    assert len(rows) > 2
    sheets = read(page)
    whole = "".join(sheets)
    assert [row for row in rows if unicodedata.normalize("NFKC", row).translate(RADICALS) not in whole] == []
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number}/{len(sheets)}" in sheet
        assert "演示数据" in sheet
        assert "按当年区划" in sheet or path == "/funds" or "/ledger" in path or "/warn" in path
    assert page.locator(".print-table").count() == 0
    tab.close()
