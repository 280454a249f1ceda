"""A warning with login on: the city sends a letter, the unit receives and answers it, the city sends back and lifts."""

import re
from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import Browser, expect

from data.store import audit
from data.store.engine import open_store
from data.store.warnings import SUBJECT, list_states
from tests.evidence_files import PDF
from tests.present import present
from tests.shipped.drawers import opened, press
from tests.shipped.front_door import UNIT, FrontDoor, Tab


def first_warning(tab: Tab) -> str:
    """The key of the unit's first warning."""
    page = tab.open(f"/warn?district={UNIT}")
    link = page.locator("#warn-table tbody tr td a[href*='issue=']").first
    return str(link.get_attribute("href")).partition("issue=")[2].partition("&")[0]


def test_the_city_reminds_the_unit_answers_the_city_lifts(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    city, district = shipped.tab(browser, "city"), shipped.tab(browser, "district")
    key = first_warning(city)
    page = opened(district, "warn", key)
    for label in ("编号发函", "解除"):
        assert page.get_by_role("button", name=label, exact=True).count() == 0, "the warned unit answers, no more"

    page = opened(city, "warn", key)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载提醒函草稿").click()
    assert "酉阳土家族苗族自治县" in download.value.suggested_filename
    assert download.value.suggested_filename.endswith("_演示数据.docx")
    letter = Document(BytesIO(Path(download.value.path()).read_bytes()))
    assert "酉阳土家族苗族自治县人民政府" in "\n".join(p.text for p in letter.paragraphs)
    press(page, "warn", "编号发函")
    expect(page.locator("#said")).to_contain_text("已发函：渝教督预〔")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已提醒")
    for label in ("再次发函", "签收", "回复"):
        assert page.get_by_role("button", name=label, exact=True).count() == 0, "the days of the first letter run"

    page = opened(district, "warn", key)
    with page.expect_download() as download:
        page.locator("#warn-warning .files a[href^='/letters/']").click()
    number = present(re.search(r"渝教督预〔\d+〕\d+号", download.value.suggested_filename)).group()
    sent = Path(download.value.path()).read_bytes()
    assert number in "\n".join(p.text for p in Document(BytesIO(sent)).paragraphs)
    press(page, "warn", "签收")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已签收")
    expect(page.locator("#warn-warning")).to_contain_text("尤县督于")
    path = tmp_path / "补齐方案.pdf"
    path.write_bytes(PDF)
    form = page.locator("#warn-warning form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(path)
    form.locator("button").click()
    expect(page.locator("#warn-warning .files").last).to_contain_text("补齐方案.pdf")
    press(page, "warn", "回复", 回复内容="已制定补齐方案")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已回复")
    assert page.get_by_role("button", name="解除", exact=True).count() == 0

    page = opened(city, "warn", key)
    with page.expect_download() as download:
        page.locator("#warn-warning .files a", has_text="补齐方案.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF
    press(page, "warn", "退回重新回复", 退回的原因="没有写明到岗时间")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已签收")

    page = opened(district, "warn", key)
    expect(page.locator("#warn-warning .log")).to_contain_text("没有写明到岗时间")
    press(page, "warn", "回复", 回复内容="明年3月到岗")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已回复")
    district.close()

    page = opened(city, "warn", key)
    press(page, "warn", "解除", 解除依据="方案已批准")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：解除")
    expect(page.locator("#warn-warning .log")).to_contain_text("石督导")
    city.close()

    store = open_store(shipped.settings)
    assert list_states(store)[key].state == "lifted"
    done = [(e.actor, e.action) for e in audit.history(store, SUBJECT, key)]
    assert done == [
        ("石督导", "remind"),
        ("尤县督", "receive"),
        ("尤县督", "evidence"),
        ("尤县督", "answer"),
        ("石督导", "send_back"),
        ("尤县督", "answer"),
        ("石督导", "lift"),
    ]
