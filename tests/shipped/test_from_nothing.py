"""From an empty installation to the first published figure in the browser alone, as it is shipped."""

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.shipped.front_door import UNIT, FrontDoor, front_door
from tests.small_demo import small_sources

PERIOD = "2026"


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(tmp_path_factory.mktemp("bare")) as door:
        yield door


def filled(template: Path, rows: list[dict[str, str]]) -> Path:
    """The downloaded template with the schools under its own headers."""
    book = openpyxl.load_workbook(template)
    sheet = book.active
    assert sheet is not None
    heads = [str(c.value).partition("（")[0].rstrip("*") for c in sheet[1]]
    for row in rows:
        sheet.append([row.get(head) or None for head in heads])
    path = template.with_name("filled.xlsx")
    book.save(path)
    return path


def explained(page: Page) -> None:
    for box in page.locator("textarea[name^='explain.']").all():
        box.fill("已核实")


def test_from_nothing_to_the_first_figure(bare: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    small_sources(tmp_path / "sources", (UNIT,))
    source = tmp_path / "sources" / f"学校基础数据表_{PERIOD}.csv"
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))

    leader = bare.tab(browser, "leader")
    page = leader.open("/")
    expect(page.locator("h1")).to_have_text("还没有发布数据")
    expect(page.locator("body")).not_to_contain_text("python")
    expect(leader.open("/method").locator("h1")).to_contain_text("32项")

    office = bare.tab(browser, "district")
    page = office.open("/")
    page.get_by_role("link", name="数据报送").last.click()
    page.wait_for_url("**/data")
    assert page.locator("select[name=period] option").count() == 11
    page.locator("select[name=period]").select_option(PERIOD)
    page.wait_for_url("**/data?period=*")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    page.locator("input[type=file]").set_input_files(filled(template, rows))
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/data/1")
    explained(page)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已报送")

    city = bare.tab(browser, "city")
    page = city.open("/data/1")
    expect(page.locator("body")).to_contain_text("学校报表")
    page.get_by_role("button", name="接收入库").click()
    expect(page.locator("h1")).to_contain_text("已接收入库")
    page = city.open("/data")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("button", name="发布", exact=True)).to_have_count(0, timeout=60_000)

    page = leader.open("/")
    expect(page.locator("h1")).to_contain_text("区县")
    page = leader.open(f"/district/{UNIT}")
    expect(page.locator("h1")).to_contain_text("酉阳")
    expect(page.locator("body")).not_to_contain_text("演示数据")
    for tab in (leader, office, city):
        tab.close()
