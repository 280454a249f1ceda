"""The city downloads the letters of a list and notes them as sent; the unit finds each on its own list of tasks."""

import re
from zipfile import ZipFile

from playwright.sync_api import Browser, expect

from data.text import text
from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_projected_views import ready

LIST = f"/warn?district={UNIT}&only=orange"


def test_a_list_is_reminded_of_and_is_the_unit_s_to_answer(shipped: FrontDoor, browser: Browser) -> None:
    city = shipped.tab(browser, "city")
    page = city.open(LIST)
    ready(page)
    with page.expect_download() as download:
        page.locator("#page-root button[data-kind=letters]").click()
    assert download.value.suggested_filename.endswith("_演示数据.zip")
    with ZipFile(download.value.path()) as archive:
        assert [name.endswith(".docx") for name in archive.namelist()] == [True]
    button = page.locator("#page-root form[data-send=remind_all] button")
    count = int(re.findall(r"\d+", button.inner_text())[0])
    assert count > 1
    button.click()
    expect(page.locator("#said")).to_contain_text(f"{count}项预警已发函1份：渝教督预〔")
    expect(page.locator("#page-root form[data-send=remind_all]")).to_have_count(0)
    city.close()

    unit = shipped.tab(browser, "district", 390, 844)
    there = unit.open("/tasks?only=answer")
    ready(there)
    assert there.locator("table.tasks").get_by_role("link", name=text("tasks.do_answer")).count() >= count
    there.goto(shipped.address + LIST)
    ready(there)
    expect(there.locator("#page-root button[data-kind=letters]")).to_have_count(0)
    unit.close()
