"""The drawer of an issue or a warning as a signed-in person uses it."""

from playwright.sync_api import Page, expect

from tests.shipped.front_door import UNIT, Tab

PLACES = {"ledger": "#ledger-issue", "warn": "#warn-warning"}


def opened(tab: Tab, page_name: str, subject: str) -> Page:
    """The drawer of a subject of the unit on `/ledger` or `/warn`; its forms ask nobody who acts."""
    more = "only=all&" if page_name == "ledger" else ""
    page = tab.open(f"/{page_name}?{more}district={UNIT}&issue={subject}")
    expect(page.locator(f"{PLACES[page_name]} .issue h2")).to_be_visible()
    assert page.get_by_label("办理人").count() == 0, "who acts is the account"
    assert page.get_by_text("尚未启用登录").count() == 0
    return page


def look_again(page: Page, label: str, *, denied: str = "", **fields: str) -> None:
    """Answer every question of a look-back, one of them with no where it is named, and press its button."""
    form = page.locator(f"{PLACES['ledger']} form", has=page.get_by_role("button", name=label, exact=True))
    questions = form.locator("select[name^=check_]")
    expect(questions.first).to_be_visible()
    for question in questions.all():
        is_denied = question.get_attribute("name") == f"check_{denied}"
        question.select_option("no" if is_denied else "yes")
    press(page, "ledger", label, **fields)


def press(page: Page, page_name: str, label: str, **fields: str) -> None:
    """Fill the form that has this button, and press it."""
    button = page.get_by_role("button", name=label, exact=True)
    form = page.locator(f"{PLACES[page_name]} form", has=button)
    for name, value in fields.items():
        form.get_by_label(name).fill(value)
    form.locator("button[type=submit]").click()
