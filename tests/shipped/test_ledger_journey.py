"""The ledger with login on: school, inspector, district and city each do their part of one issue."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.settings import Settings
from data.store import audit
from data.store.engine import open_store
from data.store.evidence import list_evidence
from data.store.ledger import SUBJECT, find_issue
from tests.evidence_files import PDF
from tests.shipped.drawers import look_again, opened, press
from tests.shipped.front_door import FrontDoor

OF_SCHOOL = "D2024-0530"  # 整改中, of the school office's own school
OF_DISTRICT = "D2024-0519"  # 未整改, of another school of the district; both were found by the city, and fail still
MET = "D2025-0580"  # 未整改, found by 监测; its value has met its line since
UNMET = "数值未达标或无数据仍销号的理由"


def upload(page: Page, folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(PDF)
    form = page.locator("form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(path)
    form.locator("button").click()
    expect(page.locator("#ledger-issue .files")).to_contain_text(name)


def status_on_screen(page: Page, words: str) -> None:
    expect(page.locator("#ledger-issue h2")).to_contain_text(words)


def stored(settings: Settings, code: str) -> tuple[str, list[tuple[str, str]], list[str]]:
    """Status, what was done by whom, and the evidence of an issue, as the store has them."""
    store = open_store(settings)
    issue = find_issue(store, code)
    assert issue is not None
    done = [(entry.actor, entry.action) for entry in audit.history(store, SUBJECT, code)]
    return issue.status, done, [f.file_name for f in list_evidence(store, code)]


@pytest.mark.parametrize("size", [(390, 844)])
def test_a_school_rectifies_what_the_city_found_and_the_city_alone_verifies(
    shipped: FrontDoor, browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    school = shipped.tab(browser, "school", *size)
    page = opened(school, "ledger", OF_SCHOOL)
    status_on_screen(page, "整改中")
    press(page, "ledger", "报请复核")
    expect(page.locator("#said")).to_contain_text("请先上传佐证材料")
    upload(page, tmp_path, "整改证明（2026）.pdf")
    with page.expect_download() as download:
        page.locator(".files a", has_text="整改证明").click()
    assert download.value.suggested_filename == "整改证明（2026）.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    press(page, "ledger", "报请复核")
    status_on_screen(page, "待复核")
    assert page.get_by_role("button", name="销号").count() == 0, "nobody verifies himself"
    school.close()

    for own in ("inspector", "district"):
        tab = shipped.tab(browser, own, *size)
        page = opened(tab, "ledger", OF_SCHOOL)
        expect(page.locator("#ledger-issue .issue")).to_contain_text("同意销号：市级发现的问题由市级复核")
        assert page.get_by_role("button", name="销号").count() == 0, "nor does anybody of the unit"
        tab.close()

    city = shipped.tab(browser, "city", *size)
    page = opened(city, "ledger", OF_SCHOOL)
    assert page.get_by_role("button", name="同意销号", exact=True).count() == 0, "the value still fails"
    press(page, "ledger", "未达标仍销号", **{UNMET: "人员已到岗，下期数据体现"})
    status_on_screen(page, "已销号")
    expect(page.locator("#ledger-issue .log")).to_contain_text("石督导")
    expect(page.locator("#ledger-issue .log")).to_contain_text(
        "未达标仍销号（待复核→已销号）：人员已到岗，下期数据体现"
    )
    assert page.locator("form[data-send=evidence]").count() == 0, "a closed issue takes no evidence"
    city.close()

    status, done, files = stored(shipped.settings, OF_SCHOOL)
    assert status == "closed"
    assert files == ["整改证明（2026）.pdf"]
    assert [d for d in done if d[1] in ("evidence", "submit", "close_unmet")] == [
        ("肖校办", "evidence"),
        ("肖校办", "submit"),
        ("石督导", "close_unmet"),
    ]


def test_a_deadline_is_asked_for_and_granted_the_city_closes_and_a_second_person_looks_back(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    district = shipped.tab(browser, "district")
    page = opened(district, "ledger", OF_DISTRICT)
    status_on_screen(page, "未整改")
    press(page, "ledger", "开始整改", 整改措施="调配骨干教师2人")
    status_on_screen(page, "整改中")
    press(page, "ledger", "申请改期", 申请改到="2027-06-30", 改期理由="招聘公告已发")
    expect(page.locator("#ledger-issue .issue")).to_contain_text("尤县督申请改到2027年6月30日，待市级同意")
    assert page.get_by_role("button", name="同意改期").count() == 0, "the unit does not consent to itself"
    district.close()

    city = shipped.tab(browser, "city")
    page = opened(city, "ledger", OF_DISTRICT)
    assert page.get_by_role("button", name="申请改期").count() == 0
    press(page, "ledger", "同意改期")
    expect(page.locator("#ledger-issue .log")).to_contain_text("申请改期至2027年6月30日：招聘公告已发")
    expect(page.locator("#ledger-issue .log")).to_contain_text("同意改期至2027年6月30日")
    assert page.get_by_text("待市级同意").count() == 0
    city.close()

    district = shipped.tab(browser, "district")
    page = opened(district, "ledger", OF_DISTRICT)
    upload(page, tmp_path, "调配文件.pdf")
    press(page, "ledger", "报请复核")
    status_on_screen(page, "待复核")
    expect(page.locator("#ledger-issue .issue")).to_contain_text("同意销号：市级发现的问题由市级复核")
    district.close()

    city = shipped.tab(browser, "city")
    page = opened(city, "ledger", OF_DISTRICT)
    press(page, "ledger", "未达标仍销号", **{UNMET: "材料齐全"})
    status_on_screen(page, "已销号")
    press(page, "ledger", "列入回头看")
    status_on_screen(page, "回头看")
    city.close()

    second = shipped.tab(browser, "second")
    page = opened(second, "ledger", OF_DISTRICT)
    look_again(page, "确认稳定", 复查意见="到校查看")
    expect(page.locator("#said")).to_contain_text("监测值尚未达标，不能确认稳定")
    look_again(page, "认定反弹", denied="in_use", 复查情况="到校查看，人未到岗")
    status_on_screen(page, "反弹")
    second.close()

    status, done, files = stored(shipped.settings, OF_DISTRICT)
    assert status == "rebounded"
    assert files == ["调配文件.pdf"]
    assert [d for d in done if d[1] != "import"] == [
        ("尤县督", "start"),
        ("尤县督", "ask_deadline"),
        ("石督导", "grant_deadline"),
        ("尤县督", "evidence"),
        ("尤县督", "submit"),
        ("石督导", "close_unmet"),
        ("石督导", "look_back"),
        ("石复核", "refused"),
        ("石复核", "find_rebound"),
    ]


def test_what_the_figures_show_to_be_met_is_closed_by_another_than_who_rectified(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    district = shipped.tab(browser, "district")
    page = opened(district, "ledger", MET)
    press(page, "ledger", "开始整改", 整改措施="已调入骨干教师")
    upload(page, tmp_path, "调入文件.pdf")
    press(page, "ledger", "报请复核")
    status_on_screen(page, "待复核")
    press(page, "ledger", "同意销号", 核验意见="自己核自己")
    expect(page.locator("#said")).to_contain_text("整改人不能复核自己的整改")
    status_on_screen(page, "待复核")
    district.close()

    city = shipped.tab(browser, "city")
    page = opened(city, "ledger", MET)
    press(page, "ledger", "同意销号", 核验意见="材料齐全")
    status_on_screen(page, "已销号")
    city.close()
    status, done, _ = stored(shipped.settings, MET)
    assert status == "closed"
    assert done[-2:] == [("尤县督", "refused"), ("石督导", "close")]
