"""The administrator's accounts and the auditor's log, each at their own desk."""

import re

from playwright.sync_api import Browser, expect

from data.store.accounts import find_account
from data.store.audit import entries
from data.store.engine import open_store
from data.text import text
from tests.present import present
from tests.shipped.front_door import FIRST_PASSWORD, PASSWORD, PEOPLE, SCHOOL, FrontDoor, Tab, change_first_password
from tests.shipped.sign_in import enter

NEW, PERSON = "newcomer", "新来的人"


def enter_at_door(tab: Tab, account_name: str, password: str) -> None:
    tab.page.goto(tab.address + "/login")
    enter(tab.page, account_name, password)


def test_an_account_is_made_used_and_shut(shipped: FrontDoor, browser: Browser) -> None:
    desk = shipped.tab(browser, "administrator")
    page = desk.open("/accounts")
    form = page.locator("form.office-form")
    said = page.locator("[role=status]")
    form.get_by_label("账号").fill(NEW)
    form.get_by_label("姓名").fill(PERSON)
    form.get_by_label("学校代码").fill(SCHOOL)
    form.locator("[name=role_code]").select_option("responsible_inspector")
    form.get_by_label("首次密码").fill("123456789")
    form.get_by_role("button", name="新建").click()
    expect(said).to_have_text(text("refused.needs_scope"))
    expect(form.locator("[name=account_name]")).to_have_value(NEW)
    expect(form.locator("[name=person]")).to_have_value(PERSON)
    expect(form.locator("[name=school_codes]")).to_have_value(SCHOOL)
    expect(form.locator("[name=role_code]")).to_have_value("responsible_inspector")
    expect(form.locator("[name=password]")).to_have_value("")

    form.get_by_label("学校代码").fill("")
    form.locator("[name=role_code]").select_option(label="市级领导")
    for weak in ("Password123", "Chongqing2026", "Cq@20261129"):
        form.get_by_label("首次密码").fill(weak)
        form.get_by_role("button", name="新建").click()
        expect(said).to_have_text(text("refused.guessed_password"))
        expect(form.locator("[name=account_name]")).to_have_value(NEW)
    form.get_by_label("首次密码").fill(FIRST_PASSWORD)
    form.get_by_role("button", name="新建").click()
    expect(said).to_have_text(f"已新建账号 {NEW}（{PERSON}），首次登录须修改密码。")
    expect(form.locator("[name=person]")).to_have_value("")
    row = page.locator("tr", has_text=NEW)
    expect(row).to_contain_text(PERSON)

    person = shipped.stranger(browser)
    enter_at_door(person, NEW, FIRST_PASSWORD)
    person.page.wait_for_url("**/password")
    person.page.get_by_label("原密码").fill(FIRST_PASSWORD)
    person.page.get_by_label("新密码").fill(PASSWORD)
    person.page.get_by_role("button", name="保存新密码").click()
    person.page.wait_for_url("**/login")
    enter_at_door(person, NEW, PASSWORD)
    expect(person.page.locator(".account-strip .who")).to_contain_text(PERSON)

    row.get_by_role("link", name="停用", exact=True).click()
    effects = page.locator(".effects")
    expect(effects).to_contain_text("停用后立即退出登录，不能再登录；已办理的记录保留。")
    expect(effects).to_contain_text(f"{PERSON}现在的1处登录立即结束")
    assert not present(find_account(open_store(shipped.settings), NEW)).is_disabled
    page.get_by_role("button", name="确认停用").click()
    expect(said).to_have_text(f"已停用账号 {NEW}（{PERSON}）。")
    expect(row.get_by_role("link", name="停用", exact=True)).to_have_count(0)
    person.page.goto(shipped.address + "/league")
    person.page.wait_for_url(re.compile(r"/login\?next=/league"))
    person.errors = [
        e for e in person.errors if "status of 401" not in e and "Callback error" not in e
    ]  # it was shut out while open
    person.close()

    own = page.locator("tr", has_text="甘管理")
    own.get_by_role("link", name="停用", exact=True).click()
    page.get_by_role("button", name="确认停用").click()
    expect(said).to_have_text(text("refused.own_account"))
    desk.open("/accounts")

    row.locator("[name=password]").fill(PASSWORD)
    row.get_by_role("button", name="重设并启用").click()
    expect(said).to_have_text(f"已重设账号 {NEW}（{PERSON}）的密码并启用，登录后须修改密码。")
    row.get_by_role("link", name="停用", exact=True).click()
    page.get_by_role("button", name="确认停用").click()
    expect(said).to_have_text(f"已停用账号 {NEW}（{PERSON}）。")
    desk.open(f"/accounts?action=disable&account_name={PEOPLE['leader'].account_name}")
    expect(said).to_have_count(0)  # an address cannot say what is not so
    desk.errors = [e for e in desk.errors if "status of 400" not in e]  # the refusal's own status
    desk.close()
    store = open_store(shipped.settings)
    closed, administrator = find_account(store, NEW), find_account(store, "admin")
    assert closed is not None
    assert closed.is_disabled
    assert administrator is not None
    assert not administrator.is_disabled, "somebody must be left to open accounts"


def test_an_auditors_password_takes_two_administrators_and_nobody_gives_himself_data(
    shipped: FrontDoor, browser: Browser
) -> None:
    made = shipped.command(
        "account",
        "create",
        "admin2",
        "--person",
        "第二管理",
        "--role",
        "administrator",
        stdin=f"{FIRST_PASSWORD}\n{FIRST_PASSWORD}\n",
    )
    assert made.returncode == 0, made.stderr
    change_first_password(shipped, "admin2")
    first = shipped.tab(browser, "administrator")
    page = first.open("/accounts")
    form, said = page.locator("form.office-form"), page.locator("[role=status]")

    def create(account_name: str, person: str, role: str) -> None:
        form.get_by_label("账号").fill(account_name)
        form.get_by_label("姓名").fill(person)
        form.locator("[name=role_code]").select_option(role)
        form.get_by_label("首次密码").fill(FIRST_PASSWORD)
        form.get_by_role("button", name="新建").click()

    create("myself", PEOPLE["administrator"].name, "municipal_leader")
    expect(said).to_have_text(text("refused.own_role"))
    create("puppet", "某人", "administrator")
    expect(said).to_have_text(text("refused.needs_second_administrator"))
    create("auditor2", "审计乙", "auditor")
    expect(said).to_have_text("已新建账号 auditor2（审计乙），首次登录须修改密码。")
    for _ in range(2):
        row = page.locator("tr", has_text="auditor2")
        row.locator("[name=password]").fill(PASSWORD)
        row.get_by_role("button", name="重设并启用").click()
        expect(said).to_have_text(text("refused.needs_second_administrator"))
    first.errors = [e for e in first.errors if "status of 400" not in e]
    first.close()

    second = shipped.stranger(browser)
    enter_at_door(second, "admin2", PASSWORD)
    second.page.wait_for_url("**/accounts")
    row = second.page.locator("tr", has_text="auditor2")
    row.locator("[name=password]").fill(PASSWORD)
    row.get_by_role("button", name="重设并启用").click()
    expect(second.page.locator("[role=status]")).to_have_text(
        "已重设账号 auditor2（审计乙）的密码并启用，登录后须修改密码。"
    )
    second.close()
    auditor = shipped.stranger(browser)
    enter_at_door(auditor, "auditor2", PASSWORD)
    auditor.page.wait_for_url("**/password")
    auditor.close()
    store = open_store(shipped.settings)
    assert find_account(store, "myself") is None
    assert find_account(store, "puppet") is None
    noted = [e for e in entries(store, action="", before=None, most=500) if e.subject_id == "auditor2"]
    done = [(e.row.actor, e.row.action) for e in reversed(noted) if e.row.action in ("ask_second", "reset_password")]
    assert done == [("甘管理", "ask_second"), ("甘管理", "ask_second"), ("第二管理", "reset_password")]


def test_the_auditor_sees_who_did_what_and_that_nothing_is_missing(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "auditor")
    page = tab.open("/audit")
    expect(page.locator("[role=status]")).to_contain_text("完整")
    expect(page.locator("table")).to_contain_text("auditor")
    page.goto(shipped.address + "/")
    page.wait_for_url("**/audit")
    tab.close()
