"""回头看 as its people use it: the city lists what is due, a third person looks again, the unit reads what was found."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect

from data.clock import day_of, utc_now
from data.rows.look_back import is_drawn
from data.store.engine import open_store
from data.store.ledger import find_issue
from data.text import text
from tests.evidence_files import PDF
from tests.shipped.drawers import look_again, press
from tests.shipped.front_door import PEOPLE, UNIT, FrontDoor
from tests.shipped.test_projected_views import ready
from tests.stores import an_issue, put_noted

CODES = [f"回头看-{n}" for n in range(12)]
TAB = f"/ledger?only=look_back&district={UNIT}"


def closed_by_the_city(shipped: FrontDoor) -> None:
    """Twelve issues in words of the unit, closed long ago by the person who will list them."""
    closed_on = day_of(utc_now()) - timedelta(days=200)
    values = {"status": "closed", "closed_on": closed_on, "stage": None, "item_code": None, "school_code": None}
    put_noted(open_store(shipped.settings), *[an_issue(code, reviewer=PEOPLE["city"].name, **values) for code in CODES])


def test_the_city_lists_what_is_due_and_a_third_person_ends_it(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
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
    ready(page)
    button = page.locator("#page-root form[data-send=look_back] button")
    expect(button).to_have_text(re.compile(r"^全部列入回头看（\d+条）$"))
    count = int(re.sub(r"\D", "", button.inner_text()))
    page.locator("#page-root form[data-send=look_back] select[name=assignee]").select_option(label="石复核")
    button.click()
    expect(page.locator("#said")).to_contain_text(f"{count}条问题已列入回头看")
    expect(page.locator("#page-root form[data-send=look_back]")).to_have_count(0)
    listed = [c for c in CODES if (i := find_issue(open_store(shipped.settings), c)) and i.status == "look_back"]
    assert listed == [code for code in CODES if is_drawn(code, 0.2)]
    assert listed
    city.close()

    second = shipped.tab(browser, "second", 390, 844)
    page = second.open("/tasks?only=look_back")
    ready(page)
    due = day_of(utc_now()) + timedelta(days=30)
    mine = page.locator("table.tasks tr", has=page.get_by_role("link", name=text("tasks.do_look_back")))
    expect(mine.first).to_contain_text(f"{due.month}月{due.day}日")
    page.goto(f"{shipped.address}/ledger?district={UNIT}&only=look_back&issue={listed[0]}")
    ready(page)
    expect(page.locator("#ledger-issue .issue")).to_contain_text("石复核（抽中）")
    path = tmp_path / "现场照片.pdf"
    path.write_bytes(PDF)
    upload = page.locator("#ledger-issue form[data-send=evidence]").first
    upload.locator("input[type=file]").set_input_files(path)
    upload.locator("button").click()
    expect(page.locator("#ledger-issue .files").first).to_contain_text("现场照片.pdf")
    press(page, "ledger", "认定反弹", 复查情况="没有逐项回答")
    expect(page.locator("#said")).to_contain_text(text("refused.needs_checks"))
    look_again(page, "认定反弹", denied="in_use", 复查情况="到校查看，器材又锁上了")
    expect(page.locator("#ledger-issue h2")).to_contain_text("反弹")
    second.close()

    unit = shipped.tab(browser, "district")
    page = unit.open(f"/ledger?district={UNIT}&only=rebounded&issue={listed[0]}")
    ready(page)
    sheet = page.locator("#page-root .sheet")
    for words in ("到校查看，器材又锁上了", "人员、设施仍在岗、在用：否", "历次回头看", "现场照片.pdf"):
        expect(sheet).to_contain_text(words)
    expect(page.locator("#page-root .sheet").get_by_role("button", name="重新整改")).to_have_count(1)
    unit.close()
