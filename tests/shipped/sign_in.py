"""Through the door by its form, as a person comes in: for a session that a test means to end."""

from playwright.sync_api import Browser, Page

from tests.shipped.front_door import PASSWORD, PEOPLE, FrontDoor, Tab


def enter(page: Page, account_name: str, password: str = PASSWORD) -> None:
    """Fill the form of `/login` that is on screen, and send it."""
    page.get_by_label("账号").fill(account_name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def come_in(shipped: FrontDoor, browser: Browser, who: str) -> Tab:
    """A tab of one of `PEOPLE`, with a session of its own."""
    tab = shipped.stranger(browser)
    enter(tab.open("/login"), PEOPLE[who].account_name)
    tab.page.wait_for_url(shipped.address + "/")
    return tab
