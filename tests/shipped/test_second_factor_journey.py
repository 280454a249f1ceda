"""两步验证 as its holder meets it: scanned, confirmed, asked for at the door; lost, and taken off at the desk."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from data.text import text
from tests.present import present
from tests.shipped.front_door import FIRST_PASSWORD, PASSWORD, FrontDoor, Tab, change_first_password


def code_now(secret: str, *, ahead: int = 0) -> str:
    """RFC 6238 by hand, some half minutes ahead."""
    counter = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def come(tab: Tab, name: str, code: str = "") -> None:
    tab.page.goto(tab.address + "/login")
    tab.page.get_by_label("账号").fill(name)
    tab.page.get_by_label("密码").fill(PASSWORD)
    if code:
        tab.page.get_by_label("动态码").fill(code)
    tab.page.get_by_role("button", name="登录").click()


def inside(tab: Tab) -> None:
    """The overview has come, and is alive."""
    tab.page.wait_for_url(tab.address + "/")
    tab.page.wait_for_selector("body.live")


def make(shipped: FrontDoor, name: str, person: str) -> None:
    fields = {"action": "create", "account_name": name, "person": person, "role_code": "municipal_leader"}
    assert shipped.post("administrator", "/accounts", {**fields, "password": FIRST_PASSWORD}).status_code == 302
    change_first_password(shipped, name)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_second_factor_is_scanned_asked_for_and_taken_off(
    shipped: FrontDoor, browser: Browser, width: int, height: int
) -> None:
    name = f"twostep{width}"
    make(shipped, name, f"两步{width}")
    tab = shipped.stranger(browser, width, height)
    page = tab.page
    come(tab, name)
    inside(tab)
    page.get_by_role("link", name="修改密码").click()
    page.get_by_role("link", name="两步验证").click()
    page.get_by_role("button", name=text("second_factor.begin")).click()
    expect(page.get_by_role("img", name="两步验证的二维码")).to_be_visible()
    shown = page.get_by_text(re.compile("手工输入密钥")).inner_text()
    secret = present(re.search(r"((?:[A-Z2-7]{4} ?){8})", shown))[1].replace(" ", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert serious == []
    page.get_by_label("6位动态码").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(text("refused.bad_code"))
    page.get_by_label("6位动态码").fill(code_now(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    codes = page.locator(".recovery-codes li").all_inner_texts()
    page.get_by_role("link", name="完成").click()
    inside(tab)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")

    for wrong in ("", "000000"):
        come(tab, name, wrong)
        expect(page.get_by_role("alert")).to_have_text("账号、密码或动态码不对。")
    come(tab, name, code_now(secret, ahead=1))
    inside(tab)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")
    come(tab, name, codes[0])
    inside(tab)
    page.get_by_role("link", name="修改密码").click()
    page.get_by_role("link", name="两步验证").click()
    expect(page.get_by_text(re.compile("还有9个恢复码"))).to_be_visible()

    desk = shipped.tab(browser, "administrator")
    desk.open(f"/accounts/{name}").locator("summary", has_text="清除两步验证").click()
    desk.page.get_by_role("button", name=text("accounts.one.drop_factor_confirm")).click()
    expect(desk.page.get_by_role("status")).to_have_text(f"已清除账号 {name}（两步{width}）的两步验证。")
    desk.close()
    page.goto(shipped.address + "/league")
    page.wait_for_url(re.compile("/login"))
    come(tab, name)
    inside(tab)
    tab.errors = [e for e in tab.errors if "status of 4" not in e and "Callback error" not in e]
    tab.close()
