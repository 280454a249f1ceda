"""A warning with login on: the city reminds by letter, the unit answers, the city lifts."""

from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import Browser, expect

from data.store import audit
from data.store.engine import open_store
from data.store.warnings import SUBJECT, list_states
from tests.shipped.drawers import opened, press
from tests.shipped.front_door import UNIT, FrontDoor, Tab


def first_warning(tab: Tab) -> str:
    """The key of the unit's first warning."""
    page = tab.open(f"/warn?district={UNIT}")
    link = page.locator("#warn-table tbody tr td a[href*='issue=']").first
    return str(link.get_attribute("href")).partition("issue=")[2].partition("&")[0]


def test_the_city_reminds_the_unit_answers_the_city_lifts(shipped: FrontDoor, browser: Browser) -> None:
    city, district = shipped.tab(browser, "city"), shipped.tab(browser, "district")
    key = first_warning(city)
    page = opened(district, "warn", key)
    for label in ("登记已提醒", "解除"):
        assert page.get_by_role("button", name=label, exact=True).count() == 0, "the warned unit answers, no more"

    page = opened(city, "warn", key)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载预警提醒函").click()
    assert "酉阳土家族苗族自治县" in download.value.suggested_filename
    assert download.value.suggested_filename.endswith("_演示数据.docx")
    letter = Document(BytesIO(Path(download.value.path()).read_bytes()))
    assert "酉阳土家族苗族自治县人民政府" in "\n".join(p.text for p in letter.paragraphs)
    press(page, "warn", "登记已提醒")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已提醒")

    page = opened(district, "warn", key)
    press(page, "warn", "登记已回复", 回复摘要="已制定补齐方案")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：已回复")
    assert page.get_by_role("button", name="解除", exact=True).count() == 0
    district.close()

    page = opened(city, "warn", key)
    press(page, "warn", "解除", 解除依据="方案已批准")
    expect(page.locator("#warn-warning")).to_contain_text("当前状态：解除")
    expect(page.locator("#warn-warning .log")).to_contain_text("石督导")
    city.close()

    store = open_store(shipped.settings)
    assert list_states(store)[key].state == "lifted"
    done = [(e.actor, e.action) for e in audit.history(store, SUBJECT, key)]
    assert done == [("石督导", "remind"), ("尤县督", "answer"), ("石督导", "lift")]
