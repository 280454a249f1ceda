"""3,000 schools get their accounts from one workbook, and one of their offices comes in with what it was handed."""

import re
from pathlib import Path

import openpyxl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from data.store.accounts import find_account, list_accounts
from data.store.engine import open_store
from data.text import text
from layouts.office.account_table import ROWS_OF_A_PART
from tests.present import present
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor
from tests.shipped.sign_in import enter

ROWS, SECONDS = 3_000, 60


def filled(template: Path, *, wrong: str = "") -> Path:
    """The template that was downloaded, with 3,000 offices of schools."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    for number in range(ROWS):
        sheet.append([f"xiao.{number:04}", f"校办{number}", "学校督导办", UNIT, SCHOOL])
    if wrong:
        sheet["C1500"] = wrong
    path = template.with_name(f"filled{wrong}.xlsx")
    book.save(path)
    return path


def test_three_thousand_schools_come_in_by_one_list(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    tab = shipped.tab(browser, "administrator")
    page = tab.open("/accounts")
    page.get_by_role("link", name=text("account_list.title")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=text("account_list.template"), exact=True).click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)

    page.locator("input[type=file]").set_input_files(filled(template, wrong="校长"))
    page.get_by_role("button", name=text("account_list.look")).click()
    expect(page.get_by_role("status")).to_contain_text("名单有1处须改", timeout=SECONDS * 1000)
    expect(page.get_by_role("row").nth(1)).to_contain_text("C1500")
    assert find_account(open_store(shipped.settings), "xiao.0000") is None

    page.locator("input[type=file]").set_input_files(filled(template))
    page.get_by_role("button", name=text("account_list.look")).click()
    expect(page.locator(".effects")).to_contain_text("新建3,000个账号", timeout=SECONDS * 1000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert serious == []
    with page.expect_download(timeout=SECONDS * 1000) as download:
        page.get_by_role("button", name=text("account_list.take_with_passwords")).dblclick(timeout=SECONDS * 1000)
        expect(page.get_by_text(text("account_list.handing"))).to_be_visible()
    handed = tmp_path / "handed.xlsx"
    download.value.save_as(handed)
    assert download.value.suggested_filename == "首次密码.xlsx"
    rows = list(openpyxl.load_workbook(handed).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len({str(row[-1]) for row in rows}) == ROWS
    names = {a.account_name for a in list_accounts(open_store(shipped.settings))}
    assert names >= {f"xiao.{n:04}" for n in range(ROWS)}
    page = tab.open("/accounts")
    assert page.locator("table.plain-table tbody tr").count() == ROWS_OF_A_PART
    page.get_by_label(text("accounts.search")).fill("xiao.2999")
    page.get_by_role("button", name=text("accounts.search_button")).click()
    expect(page.get_by_role("link", name="xiao.2999", exact=True)).to_be_visible()
    assert page.locator("table.plain-table tbody tr").count() == 1
    tab.close()

    name, password = str(rows[1234][0]), str(rows[1234][-1])
    office = shipped.stranger(browser)
    enter(office.open("/login"), name, password)
    office.page.wait_for_url(re.compile("/password"))
    office.close()
    assert present(find_account(open_store(shipped.settings), name)).must_change


def test_the_list_fits_a_telephone(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "administrator", 390, 844)
    page = tab.open("/account-list")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.close()
