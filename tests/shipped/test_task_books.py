"""任务书 as shipped: made from the gap bill in a few clicks, released by a second person; a missed quarter is seen."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from data.clock import day_of, utc_now
from data.quarters import ended_before
from data.text import text
from tests.shipped.english import english_words
from tests.shipped.front_door import FIRST_PASSWORD, UNIT, FrontDoor, change_first_password
from tests.shipped.test_account_journey import signed_in
from tests.shipped.test_matters import press

WIDER = "() => document.documentElement.scrollWidth > innerWidth"
COLLEAGUE = {"account_name": "colleague", "person": "尤副督", "role_code": "district_supervisor", "district_code": UNIT}


def form_of(page: Page, action: str) -> Locator:
    return page.locator("form", has=page.locator(f"input[name=action][value={action}]"))


def test_a_unit_makes_a_book_another_releases_it_and_the_city_sees_the_missed_quarter(
    shipped: FrontDoor, browser: Browser
) -> None:
    fields = {**COLLEAGUE, "action": "create", "password": FIRST_PASSWORD}
    assert shipped.post("administrator", "/accounts", fields).status_code == 302
    change_first_password(shipped, COLLEAGUE["account_name"])

    unit = shipped.tab(browser, "district")
    page = unit.open(f"/district/{UNIT}")
    page.get_by_role("link", name=text("task_coverage.to_books")).click()  # 1
    expect(page.locator("main")).to_contain_text(text("task_book.make_button"))
    assert not page.evaluate(WIDER)
    page.get_by_role("button", name=text("task_book.make_button")).click()  # 2
    expect(page.locator("h1")).to_contain_text("拟稿")
    address = page.url.partition("?")[0].removeprefix(shipped.address)
    assert page.locator("input[name=action][value=release_book]").count() == 0, "who made it does not release it"
    expect(page.locator("main")).to_contain_text(text("refused.needs_other_person"))
    begun = ended_before(day_of(utc_now())) - timedelta(days=200)
    page.goto(f"{shipped.address}{address}/1")
    edit = form_of(page, "change_measure")
    edit.locator("[name=starts_on]").fill(begun.isoformat())
    edit.locator("[name=person]").fill("王五")
    department = edit.locator("[name=department_code]").input_value()
    edit.locator("[name=money]").fill("12.5")
    edit.locator("button[type=submit]").click()
    expect(page.locator(".told")).to_contain_text("已保存")
    measure = page.locator("h1").inner_text()
    unit.close()

    colleague = signed_in(shipped, browser, "colleague")
    page = colleague.open("/tasks")
    page.locator(f"a.button[href='{address}']").click()  # 3
    press(page, "release_book")  # 4
    expect(page.locator("h1")).to_contain_text("已下达")
    expect(page.locator("main")).to_contain_text(text("task_book.column.owner"))
    expect(page.locator("main")).to_contain_text("王五")
    with page.expect_download() as taken:
        page.get_by_role("link", name=text("task_book.paper")).click()
    said = "\n".join(p.text for p in Document(str(taken.value.path())).paragraphs)
    assert address.rpartition("/")[2] in said
    assert "资金合计：12.5万元" in said
    colleague.close()

    city = shipped.tab(browser, "city")
    page = city.open("/task-books")
    expect(page.locator("h1")).to_contain_text("1项误了季度")
    expect(page.locator("main")).to_contain_text(measure.partition(" ")[2])
    assert page.locator("[name=district][type=hidden]").count() == 0, "the city makes none"
    city.close()
    book = openpyxl.load_workbook(BytesIO(shipped.get("city", "/task-books/list.xlsx").content))
    assert address.rpartition("/")[2] in [value for sheet in book for row in sheet.values for value in row]

    of_department = {"account_name": "works", "person": "毕经办", "role_code": "district_department"}
    fields = {**of_department, "district_code": UNIT, "action": "create", "password": FIRST_PASSWORD}
    assert shipped.post("administrator", "/accounts", fields).status_code == 400, "a department has to be named"
    fields["department_code"] = department
    assert shipped.post("administrator", "/accounts", fields).status_code == 302
    change_first_password(shipped, "works")
    works = signed_in(shipped, browser, "works")
    page = works.open("/tasks")
    expect(page.locator(f"a.button[href='{address}/1']")).to_have_count(1)
    page.goto(f"{shipped.address}{address}")
    assert page.locator("input[name=action]").count() == 0, "it neither changes, releases nor closes"
    departments = page.locator("main table").first.inner_text()
    assert "王五" in departments
    works.close()

    owner = shipped.tab(browser, "district", 390, 844)
    page = owner.open("/tasks")
    expect(page.locator(f"a.button[href='{address}/1']")).to_have_count(1)
    page.locator(f"a.button[href='{address}/1']").click()
    assert not page.evaluate(WIDER)
    report = form_of(page, "report_progress")
    month = date(day_of(utc_now()).year, day_of(utc_now()).month, 1)
    report.locator("[name=month]").select_option(month.isoformat())
    report.locator("[name=done]").fill("1000000")
    report.locator("[name=evidence]").fill("验收单1号")
    report.locator("button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("验收单1号")
    page.goto(f"{shipped.address}/task-books")
    expect(page.locator("h1")).to_contain_text("0项误了季度")
    assert not page.evaluate(WIDER)
    owner.close()

    audit = shipped.get("auditor", "/audit?action=change").text
    assert english_words(audit, shipped) == []
    assert shipped.get("leader", address).status_code == 200
    assert shipped.get("school", address).status_code == 404
    assert shipped.get("auditor", address).status_code == 403
    covered = shipped.get("city", f"/district/{UNIT}").text
    assert "个指标有按期的任务" in covered
