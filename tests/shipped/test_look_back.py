"""回头看 as its people use it: the city lists what is due, a third person looks again, the unit reads what was found."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, expect

from data.clock import day_of, utc_now
from data.rows.look_back import is_drawn
from data.store.engine import open_store
from data.store.ledger import find_issue
from data.text import text
from tests.shipped.drawers import press
from tests.shipped.front_door import PEOPLE, UNIT, FrontDoor
from tests.shipped.test_projected_views import ready
from tests.stores import an_issue, put

CODES = [f"回头看-{n}" for n in range(12)]
TAB = f"/ledger?only=look_back&district={UNIT}"


def closed_by_the_city(shipped: FrontDoor) -> None:
    """Twelve issues in words of the unit, closed long ago by the person who will list them."""
    closed_on = day_of(utc_now()) - timedelta(days=200)
    values = {"status": "closed", "closed_on": closed_on, "stage": None, "item_code": None, "school_code": None}
    put(open_store(shipped.settings), *[an_issue(code, reviewer=PEOPLE["city"].name, **values) for code in CODES])


def test_the_city_lists_what_is_due_and_a_third_person_ends_it(shipped: FrontDoor, browser: Browser) -> None:
    closed_by_the_city(shipped)
    leader = shipped.tab(browser, "leader")
    page = leader.open(TAB)
    ready(page)
    expect(page.locator("#page-root")).to_contain_text("销号满90天")
    expect(page.locator("#page-root form[data-send=look_back]")).to_have_count(0)
    leader.close()

    city = shipped.tab(browser, "city")
    page = city.open(f"/tasks?district={UNIT}")
    ready(page)
    page.locator("table.tasks").get_by_role("link", name=text("tasks.do_list_back")).click()
    page.wait_for_url("**/ledger?*only=look_back*")
    button = page.locator("#page-root form[data-send=look_back] button")
    expect(button).to_have_text(re.compile(r"^全部列入回头看（\d+条）$"))
    count = int(re.sub(r"\D", "", button.inner_text()))
    button.click()
    expect(page.locator("#said")).to_contain_text(f"{count}条问题已列入回头看")
    expect(page.locator("#page-root form[data-send=look_back]")).to_have_count(0)
    listed = [c for c in CODES if (i := find_issue(open_store(shipped.settings), c)) and i.status == "look_back"]
    assert listed == [code for code in CODES if is_drawn(code, 0.2)]
    assert listed
    city.close()

    second = shipped.tab(browser, "second", 390, 844)
    page = second.open(f"/ledger?district={UNIT}&only=look_back&issue={listed[0]}")
    ready(page)
    press(page, "ledger", "认定反弹", 复查情况="到校查看，器材又锁上了")
    expect(page.locator("#ledger-issue h2")).to_contain_text("反弹")
    second.close()

    unit = shipped.tab(browser, "district")
    page = unit.open(f"/ledger?district={UNIT}&only=rebounded&issue={listed[0]}")
    ready(page)
    expect(page.locator("#page-root .sheet")).to_contain_text("到校查看，器材又锁上了")
    expect(page.locator("#page-root .sheet").get_by_role("button", name="重新整改")).to_have_count(1)
    unit.close()
