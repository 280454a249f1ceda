"""The city reminds a unit from its board, and the unit reads it on its own page, each in a browser."""

import re

from playwright.sync_api import Browser, expect

from data import clock
from tests.shipped.front_door import FIRST_PASSWORD, FrontDoor, change_first_password
from tests.shipped.sign_in import come_in, enter

AWAITED, NAME, CLERK = "500240", "石柱土家族自治县", "shizhu"
"""A unit of which the small demonstration holds no return."""


def test_a_unit_that_is_reminded_reads_it_where_it_hands_in(shipped: FrontDoor, browser: Browser) -> None:
    fields = {"person": "石柱报送", "role_code": "district_supervisor", "district_code": AWAITED, "school_codes": ""}
    made = shipped.post(
        "administrator", "/accounts", {"action": "create", "account_name": CLERK, "password": FIRST_PASSWORD, **fields}
    )
    assert made.status_code == 302, made.text
    change_first_password(shipped, CLERK)
    city = come_in(shipped, browser, "city")
    page = city.open("/data?period=2026")
    page.locator(".period-menu", has_text="状态").locator("summary").click()
    page.locator(".period-menu a", has_text=re.compile("^未报")).click()
    page.wait_for_url("**state=nothing**")
    page.get_by_role("button", name="提醒石柱报送").click()
    page.wait_for_url("**/data?period=2026")
    row = page.get_by_role("row").filter(has_text="石柱").first
    today = clock.day_of(clock.utc_now())
    expect(row).to_contain_text(f"{today.month}月{today.day}日")
    expect(page.get_by_role("button", name="提醒石柱报送")).to_have_count(0)
    city.close()

    unit = shipped.stranger(browser)
    enter(unit.open("/login"), CLERK)
    unit.page.wait_for_url(shipped.address + "/")
    unit.open("/data?period=2026")
    expect(unit.page.locator(".board-answer")).to_contain_text(f"{NAME}：市级已于今天")
    unit.close()
