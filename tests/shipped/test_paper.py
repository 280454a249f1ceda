"""Paper by the browser: every row of every table, its head on each sheet, and around it what it is of."""

import base64
import io
import re
import unicodedata
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from layouts.routes import PLAIN_PAGES, ROUTES, PlainPage
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor
from tests.shipped.test_projected_views import ready

RADICALS = str.maketrans("⻓⻰⻄⻘⻢⻛⻬⻅⻝⻆⻔⻩⻉⻋⻥⻦⻨⻣⻚―", "长龙西青马风齐见食角门黄贝车鱼鸟麦骨页—")
"""What the text of a PDF calls signs by whose radical or twin a font draws them."""
ROWS = """() => Array.from(document.querySelectorAll("#page-root .page-content table tbody tr, #page-root .ag-row"))
  .filter((row) => row.checkVisibility())
  .map((row) => Array.from(row.querySelectorAll("th, td, .ag-cell"), (cell) => cell.textContent.replace(/\\s/g, ""))
    .find((words) => words.length > 1)).filter(Boolean)"""
CHOSEN = "() => Array.from(document.querySelectorAll('.filters select'), (list) => list.selectedOptions[0].textContent)"
OF_ONE = {"district": UNIT, "school": SCHOOL, "cv": f"{UNIT}/primary/L2"}
VIEWS = (
    *("/".join(filter(None, (route.path, OF_ONE.get(route.page)))) for route in ROUTES),
    "/league?grouping=group",
    f"/league?district={UNIT}&basis=current",
    "/matrix?sort=L2&basis=current",
    f"/matrix?district={UNIT}&only=all",
    f"/trend?district={UNIT}&stage=junior&indicator=L5",
    f"/ledger?district={UNIT}&only=overdue",
    f"/warn?district={UNIT}",
    f"/plan?district={UNIT}",
    "/rounds?round=3",
    f"/?district={UNIT}",
)
HEAVIEST = 2 * 1024 * 1024
UPRIGHT = ("/method", "/library", "/school", "/cv")
WITHOUT_DEMONSTRATION = ("/method", "/library", "/changes")


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


def signs(words: str) -> str:
    """Words as they can be compared with what a PDF holds."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).translate(RADICALS)


@pytest.mark.parametrize("view", VIEWS)
def test_a_printed_page_has_every_row_and_says_on_each_sheet_what_it_is_of(
    shipped: FrontDoor, browser: Browser, view: str
) -> None:
    """On paper the league had 14 of 37 rows, the matrix 25 and ten megabytes; the title of 线索 stood alone."""
    tab = shipped.tab(browser, "city", 1440, 900)
    page = tab.open(view)
    ready(page)
    if view.startswith("/league"):
        page.wait_for_selector(".ag-row [col-id=name]")
    rows, chosen = page.evaluate(ROWS), page.evaluate(CHOSEN)
    version = page.locator("#page-root .page-source").get_attribute("data-version")
    file = printed(page)
    paper = PdfReader(io.BytesIO(file)).pages
    sheets = [signs(sheet.extract_text()) for sheet in paper]
    whole = "".join(sheets)
    assert [row for row in rows if signs(row) not in whole] == []
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number}/{len(sheets)}" in sheet
        assert signs(" · ".join([*chosen, version or ""])) in sheet
        assert "演示数据" in sheet or view in WITHOUT_DEMONSTRATION
        assert paper[number - 1].mediabox.width < paper[number - 1].mediabox.height or not view.startswith(UPRIGHT)
    first_part = page.locator("#page-root .page-content > div:not(.head, .answer, .drawer)").first
    assert any(signs(words) in sheets[0] for words in first_part.all_inner_texts()[0].split("\n")[:3] if words)
    assert len(file) < HEAVIEST
    assert page.locator(".grid-table").count() == 0
    tab.close()


GREYS = """(names) => { const probe = document.body.appendChild(document.createElement("i"));
  const greys = names.map((name) => { probe.style.color = `var(--${name})`;
    const [red, green, blue] = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number);
    return 0.299 * red + 0.587 * green + 0.114 * blue; });
  probe.remove();
  return greys; }"""
LEAST_DIFFERENCE = 20
"""Of 255 steps of grey; a copier keeps about fifteen steps apart."""
TOLD_APART = (("ok", "on", "near", "fail"), ("cv1", "cv2", "cv3", "cv4", "cv5"), ("w-red", "w-orange", "w-yellow"))


@pytest.mark.parametrize("tones", TOLD_APART)
def test_on_grey_paper_verdicts_are_told_apart(shipped: FrontDoor, browser: Browser, tones: tuple[str, ...]) -> None:
    """达标 and 已逾期 were the same grey, and so nearly were a CV within its limit and one beyond."""
    tab = shipped.tab(browser, "leader")
    page = tab.open("/")
    page.emulate_media(media="print")
    greys = sorted(page.evaluate(GREYS, list(tones)))
    assert all(lighter - darker >= LEAST_DIFFERENCE for darker, lighter in pairwise(greys)), greys
    tab.close()


LEGEND_ON_MAP = """() => { const [map, legend] = [".map-panel svg.map", ".map-panel .legend"]
  .map((selector) => document.querySelector(`#page-root ${selector}`).getBoundingClientRect());
  return legend.height > 0 && legend.top < map.bottom && legend.bottom > map.top; }"""


@pytest.mark.parametrize("view", ["/", "/?indicator=L5&stage=junior"])
def test_the_legend_of_a_printed_map_stands_below_it(shipped: FrontDoor, browser: Browser, view: str) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(view)
    ready(page)
    page.set_viewport_size({"width": 1047, "height": 718})
    page.emulate_media(media="print")
    assert page.evaluate(LEGEND_ON_MAP) is False
    tab.close()


@pytest.mark.parametrize("page", PLAIN_PAGES, ids=lambda page: page.page)
def test_an_office_page_on_paper_has_no_empty_sheet(shipped: FrontDoor, browser: Browser, page: PlainPage) -> None:
    """The height of a window made a second sheet of nothing behind each short list."""
    who = {"catalogue": "administrator", "accounts": "administrator", "server": "administrator", "audit": "auditor"}
    tab = shipped.tab(browser, who.get(page.page, "city"))
    sheets = PdfReader(io.BytesIO(printed(tab.open(page.path)))).pages
    assert [number for number, sheet in enumerate(sheets) if not sheet.extract_text().strip()] == []
    tab.close()
