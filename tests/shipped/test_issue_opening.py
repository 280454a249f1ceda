"""An issue is opened at the value that fails, from a unit's list and in words, and is another person's to act on."""

import re

from playwright.sync_api import Browser, Page, expect

from data.store.engine import open_store
from data.store.ledger import list_issues
from data.text import text
from tests.shipped.catalogue_desk import asked
from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_projected_views import ready

OTHER_SCHOOL = "S500242-031"
FREE_OF_ISSUES = f"""select subject_code, stage, item_code from latest_cell where district_code = '{UNIT}'
    and subject_code <> '{UNIT}' and not is_met and not is_spare order by 1, 2, 3"""


def values_without_issue(shipped: FrontDoor) -> list[tuple[object, ...]]:
    held = {
        i.cell for i in list_issues(open_store(shipped.settings)) if i.status not in ("closed", "stable", "look_back")
    }
    return [row for row in asked(shipped, FREE_OF_ISSUES) if row not in held]


def send(page: Page, name: re.Pattern[str] | str, **fields: str) -> None:
    form = page.locator("#page-root .drawer form", has=page.get_by_role("button", name=name, exact=True))
    for field, words in fields.items():
        form.locator(f"[name={field}]").fill(words)
    form.get_by_role("button", name=name, exact=True).click()


def test_a_failing_value_becomes_an_issue_in_two_presses_and_only_once(shipped: FrontDoor, browser: Browser) -> None:
    school, stage, item = values_without_issue(shipped)[0]
    why = f"section.{stage}.{item}.{school}"
    tab = shipped.tab(browser, "district")
    page = tab.open(f"/school/{school}?why={why}")
    ready(page)
    page.locator("#proof").get_by_role("link", name=text("opening.in_words")).click()
    problem = page.locator("#page-root [name=problem]")
    expect(problem).to_have_value(re.compile(rf"^{item} .+，标准.+"))
    words = problem.input_value()
    send(page, text("opening.open"), responsible_person="示例责任人")
    page.wait_for_url("**/ledger?issue=*")
    drawer = page.locator("#page-root .sheet")
    expect(drawer).to_contain_text(words)
    expect(drawer).to_contain_text("示例责任人")
    expect(drawer.get_by_role("button", name="开始整改")).to_be_visible()
    page.goto(f"{shipped.address}/ledger?about={why}")
    ready(page)
    expect(page.locator("#page-root .sheet")).to_contain_text(text("opening.is_open"))
    tab.close()
    school_tab = shipped.tab(browser, "leader")
    there = school_tab.open(f"/ledger?about={why}&district={UNIT}")
    ready(there)
    assert there.locator("#page-root [name=problem]").count() == 0, "who opens none has no form"
    expect(there.get_by_text(text("opening.from_list"))).to_have_count(0)
    school_tab.close()


def test_a_unit_s_failing_values_are_opened_after_a_look_and_none_twice(shipped: FrontDoor, browser: Browser) -> None:
    left = values_without_issue(shipped)
    before = len(list_issues(open_store(shipped.settings)))
    tab = shipped.tab(browser, "city")
    page = tab.open(f"/ledger?district={UNIT}")
    ready(page)
    page.get_by_role("link", name=text("opening.from_list")).click()
    button = page.locator("#page-root .sheet form button[type=submit]")
    expect(button).to_have_text(re.compile(r"^立\d+个问题$"))
    count = int(re.sub(r"\D", "", button.inner_text()))
    assert count >= len(left)
    shown = page.locator("#page-root .sheet .files li").count()
    assert shown >= count
    button.click()
    page.wait_for_url(f"**/ledger?district={UNIT}&only=open")
    assert len(list_issues(open_store(shipped.settings))) == before + count
    assert values_without_issue(shipped) == []
    page.goto(f"{shipped.address}/ledger?district={UNIT}&about=failing")
    ready(page)
    expect(page.locator("#page-root .sheet")).to_contain_text(text("opening.none_new"))
    tab.close()


def test_what_a_visit_finds_is_written_down_by_the_inspector_and_seen_by_the_unit(
    shipped: FrontDoor, browser: Browser
) -> None:
    tab = shipped.tab(browser, "inspector", 390, 844)
    page = tab.open(f"/ledger?district={UNIT}&about=words")
    ready(page)
    form = page.locator("#page-root .sheet form")
    assert form.locator("[name=school_code] option").count() == 2, "his schools and not the whole unit"
    form.locator("[name=school_code]").select_option(OTHER_SCHOOL)
    form.locator("[name=origin]").select_option("过程督导")
    send(page, text("opening.open"), problem="运动场围网破损，体育课停用")
    page.wait_for_url("**/ledger?issue=*")
    code = page.url.partition("issue=")[2]
    tab.close()
    unit = shipped.tab(browser, "district")
    there = unit.open(f"/ledger?issue={code}")
    ready(there)
    expect(there.locator("#page-root .sheet")).to_contain_text("运动场围网破损，体育课停用")
    expect(there.locator("#page-root .sheet")).to_contain_text("过程督导")
    unit.close()
    answer = shipped.get("school", f"/ledger?issue={code}")
    assert answer.status_code == 200
    assert "运动场围网破损" not in answer.text, "another school's matter"
