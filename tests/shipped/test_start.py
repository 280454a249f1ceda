"""Everybody comes in by the front door and stands on the page that is theirs."""

import pytest
from playwright.sync_api import Browser, expect

from tests.shipped.front_door import PEOPLE, FrontDoor
from tests.shipped.sign_in import enter

START = {"administrator": ("/accounts", "账号"), "auditor": ("/audit", "审计")}


@pytest.mark.parametrize("who", [w for w in PEOPLE if w != "second"])
def test_who_signs_in_stands_on_his_own_page(shipped: FrontDoor, browser: Browser, who: str) -> None:
    tab = shipped.stranger(browser)
    page = tab.page
    page.goto(shipped.address + "/")
    enter(page, PEOPLE[who].account_name)
    path, words = START.get(who, ("/", ""))
    page.wait_for_url(shipped.address + path)
    expect(page.locator("h1").first).to_contain_text(words)
    expect(page.locator(".account-strip .who")).to_contain_text(PEOPLE[who].name)
    tab.close()


def test_the_server_runs_as_the_service_file_says(shipped: FrontDoor) -> None:
    assert shipped.environment["TZ"] == "UTC"
    assert shipped.environment["OVERSIGHT_LOGIN"] == "local"
    assert len(shipped.workers()) == 2
