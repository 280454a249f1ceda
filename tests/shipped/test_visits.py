"""走访: planned by the city, recorded on a phone without a connection, sent once, an issue of the unit at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from data.clock import day_of, utc_now
from data.store.engine import open_store
from data.store.ledger import find_issue
from data.store.visit_photos import photos_of
from data.store.visits import answers_of
from data.text import text
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor, token_of
from tests.shipped.on_the_phone import OTHER_SCHOOL, PHONE, SOFT, desk, record, recorded, visits


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    Image.effect_noise((2400, 1800), 80).convert("RGB").save(path, quality=95)
    return path


def test_a_visit_is_planned_for_an_inspector_and_moved_and_cancelled_with_a_reason(
    shipped: FrontDoor, browser: Browser
) -> None:
    tab = shipped.tab(browser, "district")
    page = tab.open("/visits")
    page.locator("[name=plan]").select_option(UNIT)
    page.get_by_role("button", name=text("visit.propose")).click()
    page.locator("input[name=school]").evaluate_all("boxes => boxes.forEach((box) => { box.checked = false; })")
    page.locator(f"input[name=school][value='{OTHER_SCHOOL}']").check()
    page.locator("[name=assignee]").select_option(label="任督学")
    day = day_of(utc_now()) + timedelta(days=7)
    page.locator("[name=due_on]").fill(day.isoformat())
    page.get_by_role("button", name=text("visit.plan")).click()
    expect(page.locator(".told")).to_have_text(text("visit.planned", count=1))
    (planned,) = [v for v in visits(shipped) if v.state == "planned"]
    assert (planned.school_code, planned.assignee, planned.due_on) == (OTHER_SCHOOL, "任督学", day)
    page.get_by_role("link", name=planned.matter_code).click()
    page.get_by_text(text("visit.step_shift"), exact=True).first.click()
    page.locator("[name=due_on]").fill((day + timedelta(days=1)).isoformat())
    page.locator("[name=reason]").first.fill("学校当天有考试")
    page.get_by_role("button", name=text("visit.step_shift")).click()
    expect(page.locator("ol.log")).to_contain_text("学校当天有考试")
    page.get_by_text(text("visit.step_cancel"), exact=True).first.click()
    page.locator("[name=reason]").last.fill("合并到下一轮")
    page.get_by_role("button", name=text("visit.step_cancel")).click()
    expect(page.locator("h1")).to_contain_text("已取消")
    tab.close()


def test_a_visit_without_a_connection_is_kept_and_sent_once_and_its_finding_is_the_unit_s_issue(
    shipped: FrontDoor, browser: Browser, photo: Path
) -> None:
    before = len(recorded(shipped))
    tab = shipped.tab(browser, "inspector", *PHONE)
    page = desk(tab)
    tab.context.set_offline(True)
    record(page, SCHOOL, "三年级音乐课被占用", photo)
    expect(page.locator(".visit-queue .queue li")).to_have_count(1)
    expect(page.locator(".visit-line")).to_contain_text(text("visit.offline"))
    page.reload()
    expect(page.locator(".visit-queue .queue li")).to_contain_text(text("visit.photos", count=1))
    assert len(recorded(shipped)) == before, "nothing has left the phone"
    tab.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".visit-told")).to_contain_text("对应台账问题")
    expect(page.locator(".visit-queue")).to_be_hidden()
    (visit,) = recorded(shipped)[before:]
    store = open_store(shipped.settings)
    (finding,) = [a for a in answers_of(store, visit) if a.answer == "differs"]
    assert (finding.words, finding.measured) == ("三年级音乐课被占用", "每周少开1节")
    (kept,) = photos_of(store, visit)
    assert kept.size_bytes < photo.stat().st_size, "made smaller on the phone"
    issue = find_issue(store, finding.issue_code)
    assert issue is not None
    assert (issue.school_code, issue.origin, issue.status) == (SCHOOL, "过程督导", "untouched")
    tab.errors[:] = [e for e in tab.errors if "ERR_INTERNET_DISCONNECTED" not in e and "Failed to fetch" not in e]
    tab.close()
    unit = shipped.tab(browser, "district")
    there = unit.open(f"/visits/{visit.matter_code}")
    expect(there.locator("h1")).to_contain_text("1项不符，对应台账问题1条")
    picture = there.locator(".photograph")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("p => p.naturalWidth") == 1600
    there.get_by_role("link", name=finding.issue_code).click()
    there.wait_for_selector("body.live")
    expect(there.locator("#page-root .sheet")).to_contain_text("三年级音乐课被占用")
    unit.close()
    others = shipped.get("auditor", f"/visits/photo/{kept.photo_id}")
    assert others.status_code == 403
    assert shipped.get("school", f"/visits/{visit.matter_code}").status_code == 200, "of its own school"


def test_an_answer_that_is_lost_on_its_way_makes_no_second_visit(shipped: FrontDoor, browser: Browser) -> None:
    before = len(recorded(shipped))
    tab = shipped.tab(browser, "inspector", *PHONE)
    page = tab.page
    page.goto(f"{shipped.address}/visits/record")
    client, taken = shipped.client("inspector"), list[int]()

    def lose_answer(route: Route) -> None:
        """The server gets what was sent; the phone hears nothing of it."""
        request = route.request
        if request.method != "POST" or taken:
            route.continue_()
            return
        sent = {"Content-Type": "application/json", "X-CSRFToken": token_of(client), "X-Oversight": "1"}
        taken.append(client.post(request.url, data=request.post_data_buffer or b"", headers=sent).status_code)
        route.abort()

    page.route("**/visits/record", lose_answer)
    record(page, SCHOOL, "答复丢失时的所见")
    expect(page.locator(".visit-queue .queue li")).to_have_count(1)
    assert taken == [200]
    page.reload()
    expect(page.locator(".visit-told")).to_contain_text("对应台账问题")
    expect(page.locator(".visit-queue")).to_be_hidden()
    assert len(recorded(shipped)) == before + 1
    tab.errors.clear()
    tab.close()


def test_a_day_in_airplane_mode_with_ten_visits_and_photographs_loses_nothing(
    shipped: FrontDoor, browser: Browser, photo: Path
) -> None:
    before = len(recorded(shipped))
    tab = shipped.tab(browser, "inspector", *PHONE)
    page = desk(tab)
    tab.context.set_offline(True)
    for number in range(10):
        record(page, (SCHOOL, OTHER_SCHOOL)[number % 2], f"第{number}次所见", photo)
    page.close()
    page = tab.context.new_page()
    page.goto(f"{shipped.address}/visits/record")
    expect(page.locator(".visit-queue .queue li")).to_have_count(10)
    tab.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".visit-queue")).to_be_hidden(timeout=60_000)
    made = recorded(shipped)[before:]
    store = open_store(shipped.settings)
    said = sorted(a.words for v in made for a in answers_of(store, v) if a.answer == "differs")
    assert said == sorted(f"第{n}次所见" for n in range(10))
    assert [len(photos_of(store, v)) for v in made] == [1] * 10
    tab.errors.clear()
    tab.close()


def test_what_is_left_on_the_phone_is_still_there_after_signing_in_again(shipped: FrontDoor, browser: Browser) -> None:
    before = len(recorded(shipped))
    tab = shipped.tab(browser, "inspector", *PHONE)
    page = tab.page
    page.goto(f"{shipped.address}/visits/record")
    tab.context.clear_cookies()
    record(page, SCHOOL, "会话结束后的所见")
    expect(page.locator(".visit-told")).to_have_text(text("visit.signed_out"))
    assert len(recorded(shipped)) == before
    tab.come_in(shipped.client("inspector"))
    page.goto(f"{shipped.address}/visits/record")
    expect(page.locator(".visit-told")).to_contain_text("对应台账问题")
    expect(page.locator(".visit-queue")).to_be_hidden()
    assert len(recorded(shipped)) == before + 1
    tab.errors.clear()
    tab.close()


def test_nobody_records_for_a_school_of_others_or_twice(shipped: FrontDoor) -> None:
    client = shipped.client("inspector")
    headers = {"X-CSRFToken": token_of(client), "X-Oversight": "1"}

    def send(school: str, key: str, **more: object) -> tuple[int, str]:
        answer = {"check_code": "asked.courses", "side": "soft", "title": SOFT, "reported": "", "answer": "agrees"}
        said = {
            "key": key,
            "school": school,
            "matter": "",
            "visited_at": "2026-11-20T02:00:00Z",
            "impression": "好",
            "answers": [{**answer, "measured": "", "words": ""}],
            **more,
        }
        sent = client.post(f"{shipped.address}/visits/record", json=said, headers=headers)
        return sent.status_code, str(sent.json())

    before = len(recorded(shipped))
    status, words = send("S500242-001", "0" * 32)
    assert status == 400
    assert "学校" in words
    assert send(SCHOOL, "a" * 32)[0] == 200
    assert send(SCHOOL, "a" * 32)[0] == 200
    assert len(recorded(shipped)) == before + 1
    assert send(SCHOOL, "not a key")[0] == 400
    assert send(SCHOOL, "b" * 32, answers=[])[0] == 400
    assert send(SCHOOL, "c" * 32, answers="x")[0] == 400
    assert send(SCHOOL, "d" * 32, visited_at="gestern")[0] == 400
    assert len(recorded(shipped)) == before + 1
    assert shipped.get("school", "/visits/record").status_code == 403
    assert shipped.get("leader", "/visits").status_code == 200
    assert shipped.get("leader", "/visits/record").status_code == 403
    (of_other,) = [v for v in visits(shipped) if v.school_code == OTHER_SCHOOL][:1]
    assert shipped.get("school", f"/visits/{of_other.matter_code}").status_code == 404, "another school's visit"
