"""An issue is assigned to a department by the unit; the city sees it in the totals and in the 整改通知书 of the unit."""

import re

from docx import Document
from playwright.sync_api import Browser, expect

from data.store.engine import open_store
from data.store.ledger import list_issues
from data.text import text
from tests.shipped.drawers import opened, press
from tests.shipped.front_door import UNIT, FrontDoor

DEPARTMENT = "县财政局（指派）"


def test_an_issue_is_assigned_and_leaves_in_a_notice(shipped: FrontDoor, browser: Browser) -> None:
    issues = list_issues(open_store(shipped.settings))
    code = max(i.issue_code for i in issues if i.district_code == UNIT and i.status == "under_way")
    unit = shipped.tab(browser, "district")
    page = opened(unit, "ledger", code)
    press(page, "ledger", text("ledger.action_assign"), **{text("ledger.column_unit"): DEPARTMENT, "责任人": "王五"})
    expect(page.locator("#said")).to_contain_text("已保存")
    expect(page.locator("#ledger-issue")).to_contain_text(f"{DEPARTMENT} · 王五")
    expect(page.locator("#ledger-issue h2")).to_contain_text("整改中")
    unit.close()

    city = shipped.tab(browser, "city")
    page = city.open(f"/ledger?district={UNIT}&only=open")
    page.locator("summary", has_text=text("ledger.owner_name")).click()
    expect(page.locator("#ledger-overdue")).to_contain_text(DEPARTMENT)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(text("rectification.title"))).click()
    assert download.value.suggested_filename.startswith(text("rectification.title"))
    tables = Document(str(download.value.path())).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert f"{DEPARTMENT} · 王五" in cells
    assert code in cells
    city.close()
