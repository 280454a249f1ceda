"""Forms of the dashboard keep what was typed until it is taken: refused, left, or the session ended meanwhile."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Route, expect

from data.store.engine import open_store
from data.store.ledger import list_issues
from data.store.meetings import list_meetings
from data.text import text
from tests.evidence_files import PDF, pdf
from tests.shipped.front_door import PEOPLE, UNIT, FrontDoor
from tests.shipped.sign_in import come_in, enter

MEASURE = "从城区学校调配骨干教师2人"
KEPT = "() => JSON.parse(sessionStorage.getItem('form-drafts')).forms"


def an_issue(shipped: FrontDoor, status: str) -> str:
    """The first of the district in this status."""
    issues = list_issues(open_store(shipped.settings))
    return next(i.issue_code for i in issues if i.district_code == UNIT and i.status == status)


def of(page: Page, label: str) -> Locator:
    """The form with this button, drawn by the library."""
    page.wait_for_selector("body.live", state="attached")
    page.evaluate("() => document.querySelectorAll('#page-root details').forEach((part) => { part.open = true; })")
    form = page.locator("form.send", has=page.get_by_role("button", name=label, exact=True))
    expect(form.locator(".form-control").first).to_be_visible(timeout=20_000)
    return form


def with_file(page: Page, file: Path) -> Locator:
    """The evidence form of the open issue, drawn by the library, with a file chosen."""
    expect(page.locator("#ledger-issue .offcanvas")).to_be_visible(timeout=20_000)
    form = page.locator("form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(file)
    return form


def test_a_file_chosen_before_the_library_came_stays_chosen(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    """The form was drawn anew under the clerk's hands, and an empty one was sent in its place."""
    tab = shipped.tab(browser, "district")
    held: list[Route] = []
    tab.context.route("**/dash_bootstrap_components*", lambda route: held.append(route))
    page = tab.open(f"/ledger?only=all&district={UNIT}&issue={an_issue(shipped, 'under_way')}")
    page.wait_for_selector("body.live", state="attached")
    chosen = page.locator("#ledger-issue form[data-send=evidence] input[type=file]").first
    path = tmp_path / "现场照片.pdf"
    path.write_bytes(PDF)
    chosen.set_input_files(path)
    page.evaluate("() => document.activeElement.blur()")
    page.wait_for_timeout(3000)
    assert held, "the library is on its way"
    for route in held:
        route.continue_()
    page.wait_for_function("() => window.dash_bootstrap_components")
    page.wait_for_timeout(500)
    assert chosen.evaluate("input => input.files.length") == 1
    page.locator("#ledger-issue form[data-send=evidence] button").first.click()
    expect(page.locator("#ledger-issue .files").first).to_contain_text(path.name)
    tab.close()


def test_a_choice_made_before_the_library_came_stays_made(shipped: FrontDoor, browser: Browser) -> None:
    """Who was chosen for the look-backs was nobody once the form had been drawn anew."""
    tab = shipped.tab(browser, "city")
    held: list[Route] = []
    tab.context.route("**/dash_bootstrap_components*", lambda route: held.append(route))
    page = tab.open(f"/ledger?about=words&district={UNIT}")
    page.wait_for_selector("body.live", state="attached")
    unit = page.locator("form[data-send=open_issue] select[name=district_code]")
    other = unit.locator("option").nth(5).get_attribute("value") or ""
    unit.select_option(other)
    page.evaluate("() => document.activeElement.blur()")
    page.wait_for_timeout(3000)
    assert held, "the library is on its way"
    for route in held:
        route.continue_()
    expect(page.locator("form[data-send=open_issue] .form-control").first).to_be_visible()
    assert unit.input_value() == other != UNIT
    unit.select_option(UNIT)
    assert unit.input_value() == UNIT
    tab.close()


def test_words_outlive_an_ended_session(shipped: FrontDoor, browser: Browser) -> None:
    tab = come_in(shipped, browser, "district")
    page = tab.open(f"/ledger?only=all&district={UNIT}&issue={an_issue(shipped, 'untouched')}")
    form = of(page, text("ledger.action_start"))
    form.get_by_label(text("ledger.fact_measure")).fill(MEASURE)
    tab.context.clear_cookies()
    form.get_by_role("button").click()
    expect(form.locator(".invalid-feedback")).to_contain_text(text("state.signed_out"))
    expect(form.get_by_label(text("ledger.fact_measure"))).to_have_value(MEASURE)
    page.locator("#update-error").get_by_role("link", name=text("login.enter"), exact=True).click()
    enter(page, PEOPLE["district"].account_name)
    page.wait_for_url("**/ledger?**issue=**")
    form = of(page, text("ledger.action_start"))
    expect(form.get_by_label(text("ledger.fact_measure"))).to_have_value(MEASURE)
    form.get_by_role("button").click()
    expect(page.locator("#said .toast")).to_contain_text("已保存")
    expect(page.locator("#ledger-issue h2")).to_contain_text("整改中")
    assert page.evaluate(KEPT) == {}
    tab.context.close()


def test_a_form_keeps_its_words_when_refused_and_says_why(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "city")
    page = tab.open("/meeting")
    before = len(list_meetings(open_store(shipped.settings)))
    form = of(page, text("meetings.create"))
    form.get_by_label(text("meetings.name")).fill("   ")
    form.get_by_role("button").click()
    name = form.locator("input[name=title]")
    expect(form.locator("label", has=page.locator("input[name=title]"))).to_contain_text("未保存")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(form.locator("[aria-invalid]")).to_have_count(1)
    expect(name).to_have_value("   ")
    name.fill("两次按下的会议")
    expect(form.locator(".invalid-feedback")).to_have_count(0)
    form.get_by_role("button").evaluate("button => { button.click(); button.click(); }")
    expect(page.locator("#said .toast")).to_contain_text("已保存")
    page.wait_for_url("**/meeting?meeting=*")
    expect(of(page, text("meetings.create")).locator("input[name=title]")).to_have_value("")
    assert len(list_meetings(open_store(shipped.settings))) == before + 1, "one press, one meeting"
    of(page, text("meetings.create")).locator("input[name=title]").fill("另一场")
    page.reload()
    expect(of(page, text("meetings.create")).get_by_label(text("meetings.name"))).to_have_value("另一场")
    tab.close()


def test_who_leaves_takes_the_words_along(shipped: FrontDoor, browser: Browser) -> None:
    tab = come_in(shipped, browser, "city")
    page = tab.open("/meeting")
    of(page, text("meetings.create")).get_by_label(text("meetings.name")).fill("不该留下的话")
    page.wait_for_function("() => sessionStorage.getItem('form-drafts').includes('不该留下的话')")
    page.locator(".account-strip form[action='/logout'] button").click()
    page.wait_for_url("**/login**")
    assert page.evaluate(KEPT) == {}
    tab.context.close()


def test_a_large_file_says_how_far_it_is_and_is_sent_once(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    code = an_issue(shipped, "under_way")
    large = tmp_path / "现场照片.pdf"
    large.write_bytes(pdf(padding=6_000_000))
    tab = shipped.tab(browser, "district")
    page = tab.open(f"/ledger?only=all&district={UNIT}&issue={code}")
    form = with_file(page, large)
    slow = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 3_000_000}
    tab.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    form.locator("button[type=submit]").click()
    expect(form.get_by_role("progressbar")).to_be_visible()
    expect(form.locator("button[type=submit]")).to_be_disabled()
    expect(page.locator("#ledger-issue .files")).to_contain_text("现场照片", timeout=20_000)
    expect(form.get_by_role("progressbar")).to_have_count(0)
    expect(form.locator("button[type=submit]")).to_be_enabled()
    tab.close()


def test_a_file_of_an_ended_session_is_shown_the_way_in(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    code = an_issue(shipped, "under_way")
    file = tmp_path / "照片.pdf"
    file.write_bytes(PDF)
    tab = shipped.tab(browser, "district")
    form = with_file(tab.open(f"/ledger?only=all&district={UNIT}&issue={code}"), file)
    tab.context.clear_cookies()
    form.locator("button").click()
    way = tab.page.locator("#update-error").get_by_role("link", name=text("login.enter"), exact=True)
    expect(way).to_have_attribute("href", re.compile(f"next=.*issue%3D{code}"))
    tab.context.close()
