"""到校记录 on a phone when things go wrong: nothing that was said is lost, nothing counts twice, every refusal says the mend."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from data.store.engine import open_store
from data.store.matters import list_matters
from data.store.visit_photos import photos_of
from data.store.visits import answers_of
from data.text import text
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor, Tab
from tests.shipped.on_the_phone import OTHER_SCHOOL, PHONE, SOFT, desk, record, recorded, say

STUCK_PLACE = "navigator.geolocation.getCurrentPosition = () => {};"


@pytest.fixture
def tab(shipped: FrontDoor, browser: Browser) -> Iterator[Tab]:
    made = shipped.tab(browser, "inspector", *PHONE)
    yield made
    made.errors.clear()
    made.close()


@pytest.fixture
def small_photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    Image.effect_noise((400, 300), 80).convert("RGB").save(path, quality=90)
    return path


def opened(page: Page, school: str) -> Locator:
    page.locator(f".schools a[href='#{school}']").click()
    return page.locator("form.visit:not([hidden])")


def press(page: Page) -> None:
    page.locator("form.visit:not([hidden])").get_by_role("button", name=text("visit.done")).click()


def words_in(page: Page) -> Locator:
    return page.locator(f"form.visit:not([hidden]) .check[data-title*='{SOFT}'] textarea")


def told(page: Page) -> Locator:
    return page.locator(".visit-told")


def all_sent(page: Page) -> None:
    """What was finished has been put into the queue, and has left it."""
    expect(page.locator(".visit-list")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(told(page)).to_contain_text("已上传")
    expect(page.locator(".visit-queue")).to_be_hidden(timeout=30_000)


def test_a_button_touched_twice_makes_one_visit(shipped: FrontDoor, tab: Tab) -> None:
    before, page = len(recorded(shipped)), desk(tab)
    form = opened(page, SCHOOL)
    say(page, SOFT, "differs", words="按了两次")
    form.evaluate("form => { for (let n = 0; n < 3; n += 1) { form.requestSubmit(); } }")
    expect(page.locator(".visit-list")).to_be_visible()
    all_sent(page)
    assert len(recorded(shipped)) == before + 1


def test_two_tabs_of_one_phone_hold_one_draft_and_make_one_visit(shipped: FrontDoor, tab: Tab) -> None:
    before, page = len(recorded(shipped)), desk(tab)
    other = tab.context.new_page()
    other.goto(f"{shipped.address}/visits/record#{SCHOOL}")
    opened(page, SCHOOL)
    say(page, SOFT, "differs", words="在第一个窗口写的")
    expect(words_in(other)).to_have_value("在第一个窗口写的")
    press(page)
    expect(words_in(other)).to_have_value("")
    press(other)
    expect(told(other)).to_have_text(text("visit.unanswered"))
    all_sent(page)
    assert len(recorded(shipped)) == before + 1


def test_a_page_that_is_closed_in_the_middle_of_a_word_loses_none(shipped: FrontDoor, tab: Tab) -> None:
    page = desk(tab)
    opened(page, SCHOOL)
    say(page, SOFT, "differs", words="写到一半就关了")
    page.close()
    page = tab.context.new_page()
    page.goto(f"{shipped.address}/visits/record")
    expect(page.locator(".schools .draft:not([hidden])")).to_have_count(1)
    opened(page, SCHOOL)
    expect(words_in(page)).to_have_value("写到一半就关了")
    words_in(page).fill("")
    page.locator("form.visit:not([hidden])").evaluate("form => form.reset()")
    page.get_by_role("button", name=text("visit.keep_draft")).click()
    page.get_by_role("link", name=text("visit.back_to_schools")).click()
    expect(page.locator(".schools .draft:not([hidden])")).to_have_count(0)


def test_what_is_no_photograph_is_said_and_costs_neither_words_nor_the_others(
    shipped: FrontDoor, tab: Tab, small_photo: Path, tmp_path: Path
) -> None:
    before, page = len(recorded(shipped)), desk(tab)
    bad = [tmp_path / "空.jpg", tmp_path / "假.heic"]
    bad[0].write_bytes(b"")
    bad[1].write_bytes(b"ftypheic no picture")
    form = opened(page, SCHOOL)
    say(page, SOFT, "differs", words="坏照片不影响")
    block = form.locator(f".check[data-title*='{SOFT}']")
    block.locator("input[type=file]").set_input_files([bad[0], small_photo, bad[1]])
    expect(block.locator(".photos img")).to_have_count(1)
    expect(told(page)).to_have_text(text("visit.no_photo", names="空.jpg、假.heic"))
    expect(told(page)).to_be_in_viewport()
    expect(words_in(page)).to_have_value("坏照片不影响")
    press(page)
    all_sent(page)
    (visit,) = recorded(shipped)[before:]
    assert len(photos_of(open_store(shipped.settings), visit)) == 1


def test_a_photograph_goes_along_where_the_device_does_not_say_where_it_is(
    shipped: FrontDoor, tab: Tab, small_photo: Path
) -> None:
    tab.context.add_init_script(STUCK_PLACE)
    before, page = len(recorded(shipped)), desk(tab)
    form = opened(page, SCHOOL)
    say(page, SOFT, "differs", words="没有位置")
    form.locator(f".check[data-title*='{SOFT}'] input[type=file]").set_input_files(small_photo)
    press(page)
    expect(page.locator(".visit-list")).to_be_visible()
    all_sent(page)
    (visit,) = recorded(shipped)[before:]
    assert [p.place for p in photos_of(open_store(shipped.settings), visit)] == [""]


def test_a_page_that_was_opened_once_opens_without_a_connection(shipped: FrontDoor, tab: Tab) -> None:
    page = tab.page
    page.goto(f"{shipped.address}/visits/record")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tab.context.set_offline(True)
    page.goto(f"{shipped.address}/visits/record?again")
    opened(page, SCHOOL)
    say(page, SOFT, "agrees")
    expect(page.locator("form.visit:not([hidden]) [data-seen]")).to_have_text(text("visit.seen", count=1))


def test_a_refused_photograph_keeps_no_other_back_and_can_be_left_out(
    shipped: FrontDoor, tab: Tab, small_photo: Path
) -> None:
    before, page = len(recorded(shipped)), desk(tab)
    asked: list[str] = []

    def refuse_first(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) in (1, 3):
            said = {"error": text("form.refused", reason=text("refused.photo_content")), "cause": "photo_content"}
            route.fulfill(status=400, json=said)
        else:
            route.continue_()

    page.route("**/visits/photo", refuse_first)
    form = opened(page, SCHOOL)
    say(page, SOFT, "differs", words="一张传不上")
    block = form.locator(f".check[data-title*='{SOFT}']")
    for count in (1, 2):
        block.locator("input[type=file]").set_input_files(small_photo)
        expect(block.locator(".photos img")).to_have_count(count)
    press(page)
    waits = page.locator(".visit-queue .queue li")
    expect(waits).to_contain_text(text("refused.photo_content"))
    (visit,) = recorded(shipped)[before:]
    store = open_store(shipped.settings)
    expect(waits).to_contain_text(text("visit.photos", count=1))
    assert len(photos_of(store, visit)) == 1, "the second went through"
    with page.expect_response("**/visits/photo"):
        page.get_by_role("button", name=text("visit.photos_again")).click()
    expect(waits).to_contain_text(text("refused.photo_content"))
    assert len(asked) == 3
    page.get_by_role("button", name=text("visit.leave_photos")).click()
    expect(page.locator(".visit-queue")).to_be_hidden()
    assert len(photos_of(store, visit)) == 1


def planned(shipped: FrontDoor, school: str) -> str:
    said = {"district": UNIT, "school": school, "round": "1", "due_on": "2030-01-07", "assignee": ""}
    assert shipped.post("district", "/visits/plan", said).status_code == 302
    matters = list_matters(open_store(shipped.settings), "visit")
    return next(v.matter_code for v in matters if v.school_code == school and v.state == "planned")


def test_a_visit_that_was_cancelled_meanwhile_still_counts(shipped: FrontDoor, tab: Tab) -> None:
    code, before = planned(shipped, OTHER_SCHOOL), len(recorded(shipped))
    page = desk(tab)
    tab.context.set_offline(True)
    record(page, OTHER_SCHOOL, "去了才知道取消了")
    said = {"version": "1", "action": "cancel", "reason": "合并到下一轮"}
    assert shipped.post("district", f"/visits/{code}", said).status_code == 302
    tab.context.set_offline(False)
    all_sent(page)
    (visit,) = recorded(shipped)[before:]
    assert (visit.school_code, visit.matter_code != code) == (OTHER_SCHOOL, True)
    assert [a.words for a in answers_of(open_store(shipped.settings), visit) if a.words] == ["去了才知道取消了"]


def test_a_planned_visit_that_another_recorded_is_mended_and_no_newer_draft_is_lost(
    shipped: FrontDoor, tab: Tab, browser: Browser
) -> None:
    code = planned(shipped, OTHER_SCHOOL)
    page = desk(tab)
    tab.context.set_offline(True)
    record(page, OTHER_SCHOOL, "两人都去了")
    second = shipped.tab(browser, "district", *PHONE)
    record(desk(second), OTHER_SCHOOL, "县里先传的")
    expect(second.page.locator(".visit-queue")).to_be_hidden()
    second.close()
    before = len(recorded(shipped))
    opened(page, OTHER_SCHOOL)
    say(page, SOFT, "differs", words="新的草稿")
    page.get_by_role("link", name=text("visit.back_to_schools")).click()
    tab.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    waits = page.locator(".visit-queue .queue li")
    expect(waits).to_contain_text(code)
    page.get_by_role("button", name=text("visit.mend"), exact=True).click()
    expect(told(page)).to_contain_text("还有没写完的草稿")
    expect(waits).to_have_count(1)
    opened(page, OTHER_SCHOOL)
    expect(words_in(page)).to_have_value("新的草稿")
    press(page)
    expect(told(page)).to_contain_text("已上传")
    expect(waits).to_have_count(1)
    page.get_by_role("button", name=text("visit.mend"), exact=True).click()
    expect(words_in(page)).to_have_value("两人都去了")
    with page.expect_response("**/visits/record"):
        press(page)
    all_sent(page)
    store = open_store(shipped.settings)
    said = {a.words for v in recorded(shipped)[before:] for a in answers_of(store, v) if a.words}
    assert said == {"新的草稿", "两人都去了"}


def test_nobody_who_comes_after_finds_the_page_of_another_on_the_phone(
    shipped: FrontDoor, tab: Tab, small_photo: Path
) -> None:
    page = desk(tab)
    assert page.evaluate("caches.has('oversight-visits')")
    tab.context.set_offline(True)
    record(page, SCHOOL, "还没有上传", small_photo)
    tab.context.set_offline(False)
    tab.context.clear_cookies()
    page.goto(f"{shipped.address}/login")
    page.wait_for_load_state("networkidle")
    assert not page.evaluate("caches.has('oversight-visits')")
    tab.come_in(shipped.client("district"))
    page.goto(f"{shipped.address}/visits/record")
    expect(page.locator(".visit-queue .queue li")).to_have_text(text("visit.other_account", count=1))
    expect(page.locator("body")).not_to_contain_text("还没有上传")
    tab.come_in(shipped.client("inspector"))
    page.goto(f"{shipped.address}/visits/record")
    expect(page.locator(".visit-queue")).to_be_hidden()


def test_a_device_that_keeps_nothing_says_so(shipped: FrontDoor, tab: Tab) -> None:
    tab.context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('denied'); };")
    page = tab.page
    page.goto(f"{shipped.address}/visits/record")
    expect(told(page)).to_have_text(text("visit.no_store"))
    opened(page, SCHOOL)
    say(page, SOFT, "differs", words="留在页面上")
    press(page)
    expect(told(page)).to_have_text(text("visit.device_full"))
    expect(words_in(page)).to_have_value("留在页面上")


def test_a_refusal_is_seen_where_the_finger_is(tab: Tab) -> None:
    page = desk(tab)
    opened(page, SCHOOL)
    say(page, "重点班", "differs", words="   ")
    press(page)
    expect(told(page)).to_contain_text("请写明所见")
    expect(told(page)).to_be_in_viewport()
