"""What a server owes, behind the front door: a wrong file is voided, the administrator sees the server, each the own data."""

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from data.store.engine import open_store
from data.store.evidence import list_evidence
from data.text import text
from tests.evidence_files import PDF
from tests.shipped.drawers import opened
from tests.shipped.front_door import PEOPLE, FrontDoor
from tests.shipped.test_doors import an_issue_under_way
from tests.shipped.test_ledger_journey import upload


def test_a_wrong_file_is_voided_with_its_reason(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    code = an_issue_under_way(shipped)
    tab = shipped.tab(browser, "district", 390, 844)
    page = opened(tab, "ledger", code)
    expect(page.locator("#ledger-issue .issue")).to_contain_text("请勿上传学生个人信息")
    upload(page, tmp_path, "传错的文件.pdf")
    file = page.locator("#ledger-issue .files li", has_text="传错的文件")
    file.locator("summary").click()
    form = file.locator("form[data-send=void_evidence]")
    form.get_by_label(text("ledger.void_reason")).fill("不是这条问题的")
    form.locator("button").click()
    expect(file).to_contain_text(f"已作废（{PEOPLE['district'].name}")
    expect(file).to_contain_text("不是这条问题的")
    expect(file.locator("form")).to_have_count(0)
    expect(page.locator("#ledger-issue .log")).to_contain_text("作废佐证：传错的文件.pdf")
    tab.close()
    (kept,) = [f for f in list_evidence(open_store(shipped.settings), code) if f.file_name == "传错的文件.pdf"]
    assert (kept.counts, kept.void_reason) == (False, "不是这条问题的")


def test_what_is_no_picture_is_refused_in_words(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    code = an_issue_under_way(shipped)
    tab = shipped.tab(browser, "district")
    page = opened(tab, "ledger", code)
    path = tmp_path / "照片.pdf"
    path.write_bytes(PDF[:40])
    form = page.locator("form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(path)
    form.locator("button").click()
    expect(page.locator("#ledger-issue")).to_contain_text(text("refused.evidence_damaged"), timeout=15_000)
    tab.context.close()


def test_the_administrator_sees_backup_and_disk_on_any_screen(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    for size in ((1440, 900), (390, 844)):
        tab = shipped.tab(browser, "administrator", *size)
        page = tab.open("/server")
        expect(page.locator("h1")).to_contain_text(text("server.title"))
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
        tab.close()
    made = shipped.command("backup", str(tmp_path / "kept"))
    assert made.returncode == 0, made.stderr
    tab = shipped.tab(browser, "administrator")
    page = tab.open("/accounts")
    page.get_by_role("link", name=text("navigation.server"), exact=True).click()
    expect(page.locator("main")).to_contain_text("最近一次完好的备份")
    expect(page.locator("main")).to_contain_text(str(tmp_path / "kept"))
    tab.close()


def test_each_reads_what_is_kept_and_takes_the_own(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "school", 390, 844)
    page = tab.open("/privacy")
    expect(page.locator("main")).to_contain_text(text("privacy.own_means"))
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as download:
        page.get_by_role("link", name=text("privacy.take")).click()
    assert download.value.suggested_filename == "我的信息.json"
    kept = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert kept["account"]["person"] == PEOPLE["school"].name
    tab.close()
