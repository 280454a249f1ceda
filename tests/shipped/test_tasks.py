"""我的待办 as its people use it: what the city opens is on the unit's list that moment, and one press leads there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from data.clock import day_of, utc_now
from data.text import text
from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_projected_views import ready

PROBLEM = "运动场器材室上锁，体育课没有器材"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_what_the_city_opens_is_on_the_unit_s_list_and_one_press_leads_to_it(
    shipped: FrontDoor, browser: Browser, size: tuple[int, int]
) -> None:
    problem = f"{PROBLEM}（{size[0]}）"
    city = shipped.tab(browser, "city")
    page = city.open(f"/ledger?district={UNIT}&about=words")
    ready(page)
    form = page.locator("#page-root .sheet form")
    form.locator("[name=problem]").fill(problem)
    form.locator("[name=due_on]").fill(day_of(utc_now()).isoformat())
    form.locator("[name=origin]").select_option("市级督导")
    form.get_by_role("button", name=text("opening.open"), exact=True).click()
    page.wait_for_url("**/ledger?issue=*")
    code = page.url.partition("issue=")[2]
    city.close()

    unit = shipped.tab(browser, "district", *size)
    there = unit.open("/tasks")
    ready(there)
    expect(there.locator("#page-root h1")).to_contain_text(re.compile(r"今天到期[1-9]"))
    row = there.locator("table.tasks tr", has_text=problem)
    expect(row).to_contain_text("整改")
    way = row.get_by_role("link", name=text("tasks.do_rectify"))
    box = way.bounding_box()
    assert box is not None
    assert size[0] > 390 or box["height"] >= 44, "as high as a finger needs"
    assert there.evaluate("document.documentElement.scrollWidth") <= size[0]
    serious = [v["id"] for v in Axe().run(there).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert serious == []
    way.click()
    there.wait_for_url(re.compile(rf"/ledger\?(?:.*&)?issue={code}(?:&|$)"))
    expect(there.locator("#page-root .sheet")).to_contain_text(problem)
    unit.close()
    assert problem not in shipped.get("school", "/tasks").text, "the unit's matter is none of a school"
