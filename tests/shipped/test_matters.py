"""督导意见书 and 群众热点 as shipped: each side does its part in a browser, and nobody sees what is others'."""

from datetime import timedelta
from io import BytesIO

from docx import Document
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from data.clock import day_of, utc_now
from data.store.engine import open_store
from data.store.matters import Matter, list_matters
from data.text import text
from tests.shipped.front_door import PASSWORD, SCHOOL, UNIT, FrontDoor


def press(page: Page, action: str, **fields: str) -> None:
    form = page.locator("form", has=page.locator(f"input[name=action][value={action}]"))
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button[type=submit]").click()


def test_an_opinion_on_a_unit_is_fed_back_objected_to_issued_signed_reported_and_ended(
    shipped: FrontDoor, browser: Browser
) -> None:
    today = day_of(utc_now())
    city = shipped.tab(browser, "city")
    page = city.open(f"/opinions?new={UNIT}")
    page.locator("[name=subject]").fill("2026年综合督导")
    page.locator("[name=scale]").select_option("full")
    page.locator("[name=ended_on]").fill((today - timedelta(days=2)).isoformat())
    page.locator("[name=note]").fill("<b>音乐教室</b>不足，体育场地被占用。")
    page.get_by_role("button", name=text("matter.save")).click()
    expect(page.locator("h1")).to_contain_text("拟稿")
    address = page.url.partition("?")[0].removeprefix(shipped.address)
    assert page.locator("h1 b, dd b").count() == 0, "what is typed stays words"
    press(page, "feed_back", document_number="渝教督〔2026〕示例1号")
    expect(page.locator("h1")).to_contain_text("已反馈初步意见")
    city.close()

    unit = shipped.tab(browser, "district")
    page = unit.open("/tasks")
    page.get_by_role("link", name=text("tasks.do_opinion")).click()
    expect(page.locator("dl")).to_contain_text(text("matter.object_by"))
    press(page, "object", reason="体育场地已恢复")
    expect(page.locator("h1")).to_contain_text("已申辩")
    assert page.locator("input[name=action][value=issue]").count() == 0, "the unit does not decide on itself"
    unit.close()

    city = shipped.tab(browser, "city")
    page = city.open(address)
    rectify_by = today + timedelta(days=120)
    press(
        page,
        "issue",
        document_number="渝教督〔2026〕示例2号",
        due_on=rectify_by.isoformat(),
        reason="已核实，保留音乐教室一项",
    )
    expect(page.locator("h1")).to_contain_text("已发意见书")
    with page.expect_download() as taken:
        page.get_by_role("link", name=text("matter.letter")).click()
    paper = Document(str(taken.value.path()))
    said = "\n".join(p.text for p in paper.paragraphs)
    assert "督导意见书" in said
    assert "渝教督〔2026〕示例2号" in said
    assert f"{rectify_by.year}年{rectify_by.month}月{rectify_by.day}日" in said
    city.close()

    unit = shipped.tab(browser, "district")
    page = unit.open(address)
    press(page, "receive")
    press(page, "report", reason="音乐教室已补2间")
    expect(page.locator("h1")).to_contain_text("已报告整改")
    unit.close()
    city = shipped.tab(browser, "second")
    page = city.open(address)
    press(page, "end", reason="到校核实")
    expect(page.locator("h1")).to_contain_text("办结")
    city.close()
    assert shipped.get("school", address).status_code == 404, "the unit's, not the school's"
    assert shipped.get("auditor", address).status_code == 403


def test_a_complaint_keeps_no_number_of_a_person_and_is_answered_by_the_school(
    shipped: FrontDoor, browser: Browser
) -> None:
    unit = shipped.tab(browser, "district")
    page = unit.open("/complaints")
    page.locator("[name=school_code]").select_option(SCHOOL)
    page.locator("[name=subject]").fill("体育课被占用")
    page.locator("[name=channel]").select_option("telephone")
    page.locator("[name=note]").fill("家长13812345678来电反映")
    page.get_by_role("button", name=text("matter.save")).click()
    expect(page.locator(".told-fail")).to_contain_text("电话号码")
    expect(page.locator("[name=note]")).to_have_value("家长13812345678来电反映")
    assert list_matters(open_store(shipped.settings), "complaint") == []
    unit.errors.clear()  # the refusal is an answer 400
    page.locator("[name=school_code]").select_option(SCHOOL)
    page.locator("[name=note]").fill("来电反映每周少上1节体育课")
    page.get_by_role("button", name=text("matter.save")).click()
    expect(page.locator("h1")).to_contain_text("已登记")
    address = page.url.partition("?")[0].removeprefix(shipped.address)
    press(page, "pass_on")
    expect(page.locator("h1")).to_contain_text("已转办")
    unit.close()
    school = shipped.tab(browser, "school", 390, 844)
    page = school.open(address)
    press(page, "reply", reason="课表已改正")
    expect(page.locator("h1")).to_contain_text("已答复")
    school.close()
    unit = shipped.tab(browser, "district")
    page = unit.open(address)
    press(page, "end", reason="已回访")
    expect(page.locator("h1")).to_contain_text("办结")
    page.get_by_role("link", name=text("matter.to_issue")).click()
    page.wait_for_selector("body.live")
    expect(page.locator("#page-root [name=problem]")).to_have_value("体育课被占用")
    unit.close()


def test_nothing_that_is_typed_into_a_matter_is_lost_or_counted_twice(shipped: FrontDoor, browser: Browser) -> None:
    """Refused, sent with a double click, sent after the session ended, taken back, and taken in two tabs at once."""
    today = day_of(utc_now())
    ended_on = (today - timedelta(days=1)).isoformat()
    before = len(list_matters(open_store(shipped.settings), "opinion"))
    city = shipped.stranger(browser)
    city.come_in(shipped.sign_in("second", PASSWORD))
    page = city.open(f"/opinions?new={UNIT}")
    typed = {
        "school_code": SCHOOL,
        "subject": "专项督导双击",
        "scale": "full",
        "ended_on": "2014-01-01",
        "note": "一\n二",
    }

    def fill(**fields: str) -> None:
        for name, value in fields.items():
            field = page.locator(f"form:has([name=subject]) [name={name}]")
            field.select_option(value) if name in ("school_code", "scale") else field.fill(value)

    def values() -> dict[str, str]:
        return {name: page.locator(f"form:has([name=subject]) [name={name}]").input_value() for name in typed}

    fill(**typed)
    save = page.get_by_role("button", name=text("matter.save"))
    save.click()
    expect(page.locator(".told-fail")).to_contain_text("督导结束的日期")
    assert values() == typed
    assert page.locator("[name=ended_on]").get_attribute("data-day") == "2014年1月1日"
    fill(ended_on=ended_on)
    city.context.clear_cookies(name="__Host-sid")
    save.click()
    way_in = page.get_by_role("link", name="登录")
    assert way_in.get_attribute("href") == f"/login?next=%2Fopinions%3Fnew%3D{UNIT}", (
        "back to the form, not to the list"
    )
    city.come_in(shipped.sign_in("second", PASSWORD))
    page.goto(f"{shipped.address}/opinions?new={UNIT}")
    assert values() == {**typed, "ended_on": ended_on}
    city.errors.clear()
    save.dblclick()
    expect(page.locator("h1")).to_contain_text("专项督导双击")
    address = page.url.partition("?")[0].removeprefix(shipped.address)
    page.go_back()
    fill(**{**typed, "ended_on": ended_on})
    save.click()
    expect(page.locator(".told")).to_contain_text("只登记一次")
    assert len(list_matters(open_store(shipped.settings), "opinion")) == before + 1
    page = city.open(address)
    assert page.locator(".button.filled").count() == 1, "the next step alone"
    assert page.locator("details form button").text_content() == text("matter.step_withdraw_opinion")
    other = city.context.new_page()
    other.goto(shipped.address + address)
    press(other, "feed_back", document_number="甲号")
    press(page, "feed_back", document_number="乙号")
    expect(page.locator(".told-fail")).to_contain_text("石复核")
    assert find(shipped, address).document_number == "甲号"
    city.errors.clear()
    city.close()


def find(shipped: FrontDoor, address: str) -> Matter:
    return next(m for m in list_matters(open_store(shipped.settings), "opinion") if m.matter_code in address)


def test_a_matter_stands_upright_on_paper_and_its_page_fits_the_phone(shipped: FrontDoor, browser: Browser) -> None:
    today = day_of(utc_now())
    fields = {"district": UNIT, "school_code": "", "subject": "督" * 180, "scale": "special", "ended_on": str(today)}
    added = shipped.post("city", "/opinions", {**fields, "note": "意" * 480})
    address = added.headers["Location"].partition("?")[0]
    city = shipped.tab(browser, "city", 390, 844)
    for path in (address, "/opinions", f"/opinions?new={UNIT}"):
        page = city.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    city.open(address)
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    assert float(paper.pages[0].mediabox.height) > float(paper.pages[0].mediabox.width)
    words = paper.pages[0].extract_text()
    assert text("visit.history") in words
    assert text("matter.step_feed_back") not in words, "what is to be pressed is not printed"
    city.close()
