"""满意度调查 as shipped: a round goes through four hands, a rehearsal stays the unit's own, and nothing is wider than a phone."""

from datetime import timedelta
from io import BytesIO

import openpyxl
from docx import Document
from playwright.sync_api import Browser, Page, expect

from data.clock import day_of, utc_now
from data.store.engine import open_store
from data.store.surveys import counts_of
from data.text import text
from tests.people import CATALOGUE
from tests.shipped.english import english_words
from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.test_matters import press

WIDER = "() => document.documentElement.scrollWidth > innerWidth"
NAMES = {"pupils": "学生", "parents": "家长"}


def plan(page: Page, **asked: str) -> None:
    form = page.locator("form", has=page.locator("[name='asked.pupils']"))
    for name, number in asked.items():
        form.locator(f"[name='asked.{name}']").fill(number)
    form.locator("[name=due_on]").fill((day_of(utc_now()) + timedelta(days=9)).isoformat())
    form.locator("button[type=submit]").click()


def enter(page: Page, **entered: tuple[str, str]) -> None:
    form = page.locator("form", has=page.locator("input[name=action][value=enter_answers]"))
    for name, (answered, satisfied) in entered.items():
        form.get_by_label(f"{NAMES[name]}收回").fill(answered)
        form.get_by_label(f"{NAMES[name]}满意").fill(satisfied)
    form.locator("button[type=submit]").click()


def test_a_round_is_planned_by_the_city_entered_by_the_unit_counted_and_released_by_two_others(
    shipped: FrontDoor, browser: Browser
) -> None:
    city = shipped.tab(browser, "city")
    page = city.open("/rounds")
    page.goto(f"{city.address}/surveys")
    page.locator(f"[name=district][value='{UNIT}']").check()
    plan(page, pupils="300", parents="200")
    expect(page.locator(".told")).to_contain_text("1个单位")
    page.get_by_role("link", name=f"DC{UNIT}").first.click()
    address = page.url.partition("?")[0].removeprefix(shipped.address)
    press(page, "start_survey")
    expect(page.locator("h1")).to_contain_text("填报中")
    city.close()

    unit = shipped.tab(browser, "district", 390, 844)
    page = unit.open("/tasks")
    page.locator(f"a.button[href='{address}']").click()
    assert not page.evaluate(WIDER)
    enter(page, pupils=("301", "232"), parents=("200", "180"))
    expect(page.locator(".told-fail")).to_contain_text("“学生”的收回多于应访")
    enter(page, pupils=("260", "261"), parents=("200", "180"))
    expect(page.locator(".told-fail")).to_contain_text("“学生”的满意多于收回")
    code = address.rpartition("/")[2]
    assert all(c.answered is None for c in counts_of(open_store(shipped.settings), CATALOGUE, [code])[code])
    unit.errors.clear()  # both refusals are answers 400
    enter(page, pupils=("260", "232"), parents=("200", "180"))
    expect(page.locator(".told")).to_contain_text("已保存")
    assert page.locator("input[name=action][value=count_survey]").count() == 0, "the unit does not count its own"
    assert "412/460" not in page.content(), "what it gave is not told before it is released"
    assert shipped.get("district", f"{address}/report.docx").status_code == 404
    unit.close()

    second = shipped.tab(browser, "second")
    page = second.open(address)
    press(page, "count_survey")
    expect(page.locator("h1")).to_contain_text("已汇总")
    expect(page.locator("main")).to_contain_text("满意 412/460（89.6%，95%区间 86.4%–92.0%）")
    assert page.locator("input[name=action][value=release_survey]").count() == 0, "who counted does not release"
    expect(page.locator("main")).to_contain_text(text("refused.needs_other_person"))
    second.close()
    city = shipped.tab(browser, "city")
    page = city.open("/tasks")
    page.locator(f"a.button[href='{address}']").click()
    press(page, "release_survey")
    expect(page.locator("h1")).to_contain_text("已发布")
    city.close()

    unit = shipped.tab(browser, "district")
    page = unit.open(address)
    main = page.locator("main")
    expect(main).to_contain_text("满意 412/460（89.6%，95%区间 86.4%–92.0%）")
    expect(main).to_contain_text("整个区间不低于85%")
    expect(main).to_contain_text("本次调查不改变它")
    with page.expect_download() as taken:
        page.get_by_role("link", name=text("survey.report")).click()
    said = "\n".join(p.text for p in Document(str(taken.value.path())).paragraphs)
    assert "满意 412/460（89.6%，95%区间 86.4%–92.0%）" in said
    book = openpyxl.load_workbook(BytesIO(shipped.get("district", "/surveys/file.xlsx").content))
    cells = [value for sheet in book for row in sheet.values for value in row]
    assert code in cells
    assert "满意 232/260（89.2%，95%区间 84.9%–92.4%）" in cells
    unit.close()
    audit = shipped.get("auditor", "/audit?action=change").text
    assert f"{code} 家长" in audit
    assert english_words(audit, shipped) == []
    assert shipped.get("leader", address).status_code == 200
    assert shipped.get("school", address).status_code == 404, "the unit's, not the school's"
    assert shipped.get("inspector", address).status_code == 404
    assert shipped.get("auditor", address).status_code == 403


def test_a_rehearsal_is_marked_as_one_and_is_in_no_list_of_rounds(shipped: FrontDoor, browser: Browser) -> None:
    assert shipped.post("district", "/surveys", {"period": "2026", "round": "1"}).status_code == 400
    unit = shipped.tab(browser, "district", 390, 844)
    page = unit.open("/surveys")
    assert page.locator("[name='asked.pupils']").count() == 0, "a unit plans no round"
    page.get_by_role("link", name=text("survey.kind_rehearsal")).click()
    plan(page, pupils="20")
    page.get_by_role("link", name=f"YY{UNIT}").first.click()
    address = page.url.partition("?")[0].removeprefix(shipped.address)
    press(page, "start_survey")
    enter(page, pupils=("20", "18"))
    press(page, "count_survey")
    expect(page.locator("h1")).to_contain_text("预演已汇总")
    expect(page.locator("main")).to_contain_text(text("survey.rehearsal_means"))
    expect(page.locator("main")).to_contain_text("满意 18/20（90.0%，95%区间 69.9%–97.2%）")
    assert "85%" not in page.locator("main").inner_text(), "it is compared with nothing"
    assert not page.evaluate(WIDER)
    with page.expect_download() as taken:
        page.get_by_role("link", name=text("survey.report")).click()
    assert text("survey.rehearsal") in taken.value.suggested_filename
    paper = Document(str(taken.value.path()))
    assert paper.paragraphs[0].text == text("survey.report_rehearsal")
    assert text("survey.rehearsal") in paper.sections[0].header.paragraphs[0].text
    code = address.rpartition("/")[2]
    for path in ("/surveys", "/surveys/rehearsals"):
        page = unit.open(path)
        assert (code in page.locator("main").inner_text()) is path.endswith("rehearsals"), path
        assert not page.evaluate(WIDER), path
    unit.close()
    assert code not in shipped.get("city", "/surveys").text
    rounds = openpyxl.load_workbook(BytesIO(shipped.get("city", "/surveys/file.xlsx").content))
    assert code not in [value for sheet in rounds for row in sheet.values for value in row]
