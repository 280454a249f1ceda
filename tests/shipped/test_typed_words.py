"""What somebody typed into a plain form outlives an ended session and a refusal, and is forgotten once taken."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from data.text import text
from tests.shipped.front_door import PASSWORD, PEOPLE, UNIT, FrontDoor, Tab
from tests.shipped.sign_in import come_in, enter
from tests.shipped.test_returns_journey import filled, reported

WORDS = "新增骨干教师3人，已核对花名册"
KEPT = "JSON.parse(sessionStorage.getItem('oversight-drafts')).forms"
EXPECTED = "status of 40"  # what the browser notes of the refusals that are meant


def come_back(page: Page, who: str) -> None:
    """From the words about the ended session, by their own link, through the door."""
    page.get_by_role("link", name=text("login.enter"), exact=True).click()
    enter(page, PEOPLE[who].account_name)


def close(tab: Tab) -> None:
    """Close a tab whose forms were refused on purpose."""
    tab.errors = [e for e in tab.errors if EXPECTED not in e]
    tab.close()


def fields(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator("textarea").all()]


@pytest.fixture(scope="module")
def handed_in(shipped: FrontDoor) -> str:
    """The path of a checked return that still needs words."""
    template = shipped.get("district", f"/data/template?period=2026&district_code={UNIT}")
    book = filled(template.content, reported(shipped.settings))
    answer = shipped.post(
        "district", "/data/upload", {"period": "2026", "district_code": UNIT}, {"file": ("说明.xlsx", book)}
    )
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.fixture
def clerk(shipped: FrontDoor, browser: Browser) -> Iterator[Tab]:
    tab = come_in(shipped, browser, "district")
    yield tab
    close(tab)


def test_explanations_outlive_the_session(clerk: Tab, handed_in: str) -> None:
    page = clerk.open(handed_in)
    boxes = page.locator("textarea")
    assert boxes.count() > 0
    for box in boxes.all():
        box.fill(WORDS)
    choices = page.locator("select[name^='gone.']")
    for choice in choices.all():
        choice.select_option("merged")
    for yes in page.locator("input[name=agreed]").all():
        yes.check()
    clerk.context.clear_cookies()
    page.get_by_role("button", name=text("returns.submit"), exact=True).click()
    expect(page.locator("body")).to_contain_text(text("state.signed_out_form"))
    come_back(page, "district")
    page.wait_for_url(clerk.address + handed_in)
    assert fields(page) == [WORDS] * boxes.count()
    assert [choice.input_value() for choice in choices.all()] == ["merged"] * choices.count()
    for yes in page.locator("input[name=agreed]").all():
        yes.check()
    page.get_by_role("button", name=text("returns.submit"), exact=True).click()
    expect(page.locator("h1")).to_contain_text("已报送，等待市级接收")
    assert page.evaluate(KEPT) == {}


def test_a_form_of_an_older_session_leads_back_to_its_words(shipped: FrontDoor, browser: Browser) -> None:
    """Signed in anew elsewhere: the old page's token is refused, the words are not lost."""
    tab = shipped.tab(browser, "city")
    page = tab.open("/data")
    page.locator("details.taken-back > summary").click()
    row = page.locator("details.taken-back tr", has=page.locator("form[action$=withdraw]")).first
    row.locator("summary").click()
    row.locator("textarea[name=reason]").fill(WORDS)
    row.locator("input[name=confirmed]").check()
    page.locator("input[name=csrf_token]").evaluate_all("all => all.forEach((f) => { f.value = 'x'; })")
    row.get_by_role("button").click()
    expect(page.locator("h2")).to_have_text(text("state.not_permitted"))
    page.get_by_role("link", name=text("state.back_to_form"), exact=True).click()
    page.wait_for_url(shipped.address + "/data")
    box = row.locator("textarea[name=reason]")
    expect(box).to_be_visible()
    expect(box).to_have_value(WORDS)
    assert not row.locator("input[name=confirmed]").is_checked(), "a tick is given anew"
    close(tab)


def test_nobody_sees_what_another_typed(clerk: Tab, shipped: FrontDoor) -> None:
    page = clerk.open("/data")
    page.evaluate("""() => {
        const kept = {who: '别人 · 区县督导', sent: '', forms: {'/data/1/submit': {words: '别人的话'}}};
        sessionStorage.setItem('oversight-drafts', JSON.stringify(kept));
    }""")
    page.reload()
    assert page.evaluate(KEPT) == {}


@pytest.mark.parametrize(
    ("wanted", "landed"),
    [("/logout", "/"), ("/data/upload", "/data"), ("/login", "/"), ("/league?rank=progress", "/league?rank=progress")],
)
def test_after_the_door_comes_a_page(shipped: FrontDoor, wanted: str, landed: str) -> None:
    client = shipped.anonymous()
    person = PEOPLE["district"]
    answer = client.post(
        shipped.address + "/login",
        allow_redirects=False,
        data={"account_name": person.account_name, "password": PASSWORD, "next": wanted},
    )
    assert answer.headers["Location"] == landed
    assert client.get(shipped.address + landed, allow_redirects=False).status_code == 200
