"""A return of 120 schools on five sheets, from the template to everybody's figures: few clicks, little time."""

import csv
import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.shipped.front_door import UNIT, FrontDoor, front_door
from tests.shipped.test_reception_desk import typed
from tests.small_demo import small_sources

PERIOD, SCHOOLS, TOWNS = "2026", 120, 5
MOST_CLICKS, MOST_SECONDS = 12, 180
HEAD = 1


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(tmp_path_factory.mktemp("office")) as door:
        yield door


class Hand:
    """Clicks, and counts them."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()


def filled(template: bytes, rows: list[dict[str, str]]) -> bytes:
    """The template with its sheet of schools copied for each town and filled in."""
    book = openpyxl.load_workbook(BytesIO(template))
    first = book.worksheets[0]
    heads = [str(c.value).partition("（")[0].rstrip("*") for c in first[HEAD]]
    for town in range(TOWNS):
        sheet = first if town == 0 else book.copy_worksheet(first)
        sheet.title = f"{town + 1}镇"
    for town in range(TOWNS):
        sheet = book[f"{town + 1}镇"]
        for row in rows[town::TOWNS]:
            sheet.append([typed(head, row.get(head, "")) for head in heads])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def schools(folder: Path) -> list[dict[str, str]]:
    """120 schools of one unit: those of the demonstration, and more with other pupils under other names."""
    small_sources(folder, (UNIT,))
    with (folder / f"学校基础数据表_{PERIOD}.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    more = [
        {**row, "学校代码": f"{row['学校代码']}-9", "学校名称": f"{row['学校名称']}东校", "图书册数": str(9000 + n)}
        for n, row in enumerate(rows[: SCHOOLS - len(rows)])
    ]
    return rows + more


def answer(page: Page, hand: Hand) -> None:
    """Each doubt gets its words; typing into a field takes a click."""
    for box in page.locator("textarea[name^='explain.']").all():
        hand.click(box)
        box.fill("已核实")


def test_from_the_template_to_the_figures_in_twelve_clicks(bare: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    rows, hand = schools(tmp_path / "sources"), Hand()
    office = bare.tab(browser, "district")
    page = office.open(f"/data?period={PERIOD}")
    started = time.monotonic()
    with page.expect_download() as download:
        hand.click(page.get_by_role("link", name="下载模板"))
    path = tmp_path / "酉阳2026.xlsx"
    path.write_bytes(filled(Path(download.value.path()).read_bytes(), rows))
    hand.clicks += 1  # the field of files opens the system's own window
    page.locator("input[type=file]").set_input_files(path)
    hand.click(page.get_by_role("button", name="上传并核对"))
    page.wait_for_url(re.compile(r"/data/\d+$"), timeout=120_000)
    expect(page.locator(".sheets-read h2")).to_have_text(f"{TOWNS}张工作表共{SCHOOLS}行记录")
    expect(page.locator("h1")).not_to_contain_text("必须改正")
    answer(page, hand)
    hand.click(page.get_by_role("button", name="报送", exact=True))
    expect(page.locator("h1")).to_contain_text("已报送")

    city = bare.tab(browser, "city")
    page = city.open("/data")
    hand.click(page.locator("a[href$='/data/1']").first)
    hand.click(page.get_by_role("button", name="接收入库"))
    expect(page.locator("h1")).to_contain_text("已接收入库", timeout=60_000)
    hand.click(page.get_by_role("link", name="报送进度"))
    hand.click(page.get_by_role("button", name="发布", exact=True))
    expect(page.get_by_role("button", name="发布", exact=True)).to_have_count(0, timeout=60_000)
    seconds = time.monotonic() - started
    leader = bare.tab(browser, "leader")
    expect(leader.open(f"/district/{UNIT}").locator("h1")).to_contain_text("酉阳")
    assert hand.clicks <= MOST_CLICKS, hand.clicks
    assert seconds <= MOST_SECONDS, seconds
    for tab in (office, city, leader):
        tab.close()
