"""One account at the desk: what changes is said, then done; waits are lifted; sessions are ended; days bind."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.store.accounts import find_account
from data.store.engine import open_store
from data.text import text
from tests.present import present
from tests.shipped.front_door import FIRST_PASSWORD, PASSWORD, SCHOOL, UNIT, FrontDoor, Tab, change_first_password
from tests.shipped.sign_in import enter

UNIT_NAME = f"酉阳土家族苗族自治县（{UNIT}）"


@pytest.fixture
def desk(shipped: FrontDoor, browser: Browser) -> Iterator[Tab]:
    tab = shipped.tab(browser, "administrator")
    yield tab
    tab.errors = [e for e in tab.errors if "status of 400" not in e]  # a refusal's own status
    tab.close()


def make(shipped: FrontDoor, name: str, person: str, role: str, unit: str = "") -> None:
    """An account whose holder has chosen a password."""
    fields = {"action": "create", "account_name": name, "person": person, "role_code": role, "district_code": unit}
    assert shipped.post("administrator", "/accounts", {**fields, "password": FIRST_PASSWORD}).status_code == 302
    change_first_password(shipped, name)


def is_out(tab: Tab) -> None:
    """The tab's person is asked to sign in again at the next page."""
    tab.page.goto(tab.address + "/league")
    tab.page.wait_for_url(re.compile(r"/login\?next=/league"))
    tab.errors = [e for e in tab.errors if "status of 401" not in e and "Callback error" not in e]
    tab.close()


def signed_in(shipped: FrontDoor, browser: Browser, name: str) -> Tab:
    tab = shipped.stranger(browser)
    enter(tab.open("/login"), name)
    tab.page.wait_for_url(shipped.address + "/")
    return tab


def said(page: Page) -> list[str]:
    return page.locator(".effects li").all_inner_texts()


def test_what_wangmin_loses_is_said_and_then_so(shipped: FrontDoor, browser: Browser, desk: Tab) -> None:
    make(shipped, "wangmin", "王敏", "district_supervisor", UNIT)
    holder = signed_in(shipped, browser, "wangmin")
    page = desk.open("/accounts")
    page.get_by_role("link", name="wangmin", exact=True).click()
    form = page.locator("form.office-form")
    expect(page.get_by_role("heading", level=1)).to_have_text("账号 wangmin（王敏）")
    expect(form.locator("[name=district_code]").first).to_have_value(UNIT)
    form.get_by_label("角色").select_option(label="学校督导办")
    form.get_by_label("学校代码").fill(SCHOOL)
    form.get_by_role("button", name=text("accounts.one.preview")).click()
    assert said(page) == [
        "王敏将不能再：复核销号、回复预警、报送学校和区县指标、立问题、安排走访、记录走访、发督导意见书、转办群众热点、登记督学和机构、填报满意度调查和预演、编任务书、发布任务书、登记任务进展。",
        f"王敏将看不到：{UNIT_NAME}的全部学校。",
        f"此后王敏看到的范围：{UNIT_NAME}、学校 {SCHOOL}。",
        "王敏现在的1处登录立即结束，须重新登录。",
    ]
    expect(form.locator("[name=role_code]")).to_have_value("school_office")
    assert present(find_account(open_store(shipped.settings), "wangmin")).role_code == "district_supervisor"
    page.get_by_role("button", name=text("accounts.one.confirm")).click()
    expect(page.get_by_role("status")).to_have_text("已修改账号 wangmin（王敏）。")
    account = present(find_account(open_store(shipped.settings), "wangmin"))
    assert (account.role_code, account.school_codes) == ("school_office", (SCHOOL,))
    is_out(holder)


def test_an_account_outside_its_days_is_told_so_at_the_door(shipped: FrontDoor, browser: Browser, desk: Tab) -> None:
    make(shipped, "guest", "访客", "municipal_leader")
    holder = signed_in(shipped, browser, "guest")
    page = desk.open("/accounts/guest")
    page.get_by_label("有效期至").fill("2026-01-31")
    page.get_by_role("button", name=text("accounts.one.preview")).click()
    assert "有效期由“长期”改为“至2026-01-31”；期外不能登录。" in said(page)
    assert "今天不在新的有效期内：访客立即不能登录。" in said(page)
    page.get_by_role("button", name=text("accounts.one.confirm")).click()
    expect(page.locator(".account-facts")).to_contain_text("今天不在有效期内")
    is_out(holder)
    late = shipped.stranger(browser)
    enter(late.open("/login"), "guest")
    expect(late.page.get_by_role("alert")).to_have_text("账号的有效期已过，请联系系统管理员。")
    enter(late.page, "guest", "Wrong-word-2026")
    expect(late.page.get_by_role("alert")).to_have_text("账号、密码或动态码不对。")
    late.errors = [e for e in late.errors if "status of 401" not in e]
    late.close()
    page.get_by_label("有效期至").fill("")
    page.get_by_role("button", name=text("accounts.one.preview")).click()
    assert "访客从现在起可以登录。" in said(page)
    page.get_by_role("button", name=text("accounts.one.confirm")).click()
    expect(page.get_by_role("status")).to_have_text("已修改账号 guest（访客）。")
    signed_in(shipped, browser, "guest").close()


def test_a_wait_is_lifted_and_sessions_are_ended(shipped: FrontDoor, browser: Browser, desk: Tab) -> None:
    make(shipped, "lihua", "李华", "municipal_leader")
    first, second = (signed_in(shipped, browser, "lihua") for _ in range(2))
    page = desk.open("/accounts/lihua")
    expect(page.get_by_text(text("accounts.one.sessions", count="2"))).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("127.0.0.1")
    page.get_by_role("row").nth(2).get_by_role("button", name="结束").click()
    expect(page.get_by_role("status")).to_have_text("已结束账号 lihua（李华）的登录。")
    is_out(first)
    second.open("/league")
    assert "/login" not in second.page.url
    page.get_by_role("button", name=text("accounts.one.end_all")).click()
    expect(page.get_by_text(text("accounts.one.no_sessions"))).to_be_visible()
    is_out(second)

    person = shipped.stranger(browser)
    person.open("/login")
    for _ in range(6):
        enter(person.page, "lihua", "Wrong-word-2026")
    expect(person.page.get_by_role("alert")).to_contain_text("秒后再试")
    page.reload()
    page.get_by_role("button", name=text("accounts.one.unlock")).click()
    expect(page.get_by_role("status")).to_have_text("已解除账号 lihua（李华）的等候。")
    enter(person.page, "lihua", PASSWORD)
    person.page.wait_for_url(shipped.address + "/")
    person.errors = [e for e in person.errors if "status of 4" not in e]
    person.close()


def test_two_at_the_desk_do_not_undo_each_other(shipped: FrontDoor, browser: Browser, desk: Tab) -> None:
    make(shipped, "zhaoliu", "赵六", "municipal_leader")
    page = desk.open("/accounts/zhaoliu")
    other = shipped.tab(browser, "administrator")
    for tab, person in ((desk, "赵七"), (other, "赵八")):
        tab.open("/accounts/zhaoliu").get_by_label("姓名").fill(person)
        tab.page.get_by_role("button", name=text("accounts.one.preview")).click()
        assert said(tab.page) == [f"姓名由赵六改为{person}；已办理的记录保留当日的姓名。"]
    other.page.get_by_role("button", name=text("accounts.one.confirm")).click()
    expect(other.page.get_by_role("status")).to_have_text("已修改账号 zhaoliu（赵八）。")
    other.close()
    page.get_by_role("button", name=text("accounts.one.confirm")).click()
    expect(page.get_by_role("status")).to_have_text(text("refused.account_changed"))
    assert present(find_account(open_store(shipped.settings), "zhaoliu")).person == "赵八"
    page.goto(shipped.address + "/accounts/admin")
    page.get_by_label("姓名").fill("甘某")
    page.get_by_role("button", name=text("accounts.one.preview")).click()
    expect(page.get_by_role("status")).to_have_text(text("refused.own_edit"))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1093, 614), (390, 844)])
def test_the_page_of_an_account_fits_and_is_read_by_everybody(
    shipped: FrontDoor, browser: Browser, width: int, height: int
) -> None:
    tab = shipped.tab(browser, "administrator", width, height)
    page = tab.open("/accounts/second")
    page.get_by_label("角色").select_option(label="市级领导")
    page.get_by_role("button", name=text("accounts.one.preview")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=text("accounts.one.confirm"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert serious == []
    page.keyboard.press("Tab")
    order: list[str] = []
    for _ in range(60):
        order.append(str(page.evaluate("document.activeElement.name || document.activeElement.textContent")))
        page.keyboard.press("Tab")
    for name in ("person", "role_code", "district_code", "school_codes", "valid_from", "valid_to"):
        assert name in order, f"{name} cannot be reached by keyboard"
    assert text("accounts.one.confirm") in order
    tab.close()
