"""督导履职 as shipped: the city sees what is not visited and plans, the inspector goes, the unit sees it counted."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from data.text import text
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor, front_door
from tests.small_demo import build_small


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """A server of its own: what is planned and visited here would change what other tests count."""
    with front_door(tmp_path_factory.mktemp("duties")) as shipped:
        build_small(shipped.settings)
        yield shipped


def never_visited(page: Page) -> int:
    """How many schools the sentence says were not visited at all."""
    said = re.search(r"其中([0-9,]+)所没有走访", page.locator("h1").inner_text())
    assert said is not None
    return int(said.group(1).replace(",", ""))


def test_what_is_not_visited_is_planned_visited_and_counted_for_another_role(door: FrontDoor, browser: Browser) -> None:
    city = door.tab(browser, "city")
    page = city.open("/duties")
    before = never_visited(city.open(f"/duties?district={UNIT}"))
    page.get_by_role("link", name=text("duties.plan")).first.click()
    expect(page).to_have_url(re.compile(rf"/visits\?plan={UNIT}"))
    city.close()

    inspector = door.tab(browser, "inspector", 390, 844)
    page = inspector.open("/visits/record")
    page.locator(f".schools a[href='#{SCHOOL}']").click()
    form = page.locator("form.visit:not([hidden])")
    form.locator(".check input[value=agrees]").first.check()
    form.get_by_role("button", name=text("visit.done")).click()
    expect(page.locator(".visit-told")).to_be_visible()
    mine = inspector.open("/duties")
    assert mine.locator("body").evaluate("b => b.scrollWidth <= innerWidth"), "nothing runs over on a phone"
    inspector.close()

    unit = door.tab(browser, "district")
    page = unit.open("/duties")
    assert never_visited(page) == before - 1
    assert page.locator("select[name=district]").count() == 0, "the unit has but itself"
    with page.expect_download() as download:
        page.get_by_role("link", name=text("duties.xlsx")).click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert before - 1 in values, "a number, not a picture of one"
    page = unit.open("/visits/calendar")
    expect(page.locator(".visit-calendar .today")).to_contain_text("已到校")
    unit.close()


def test_who_reads_no_figures_is_turned_away(door: FrontDoor) -> None:
    for path in ("/duties", "/duties/file.xlsx", "/visits/calendar"):
        assert door.get("auditor", path).status_code == 403, path
