"""Ledger and warnings as the people use them who must act."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from data.importing.prepare import prepare_file
from data.settings import Settings
from tests.evidence_files import PDF
from tests.journey.conftest import Watched

YOUYANG = "500242"


def reported_issues(settings: Settings) -> list[dict[str, str]]:
    """The rows of the demonstration's own file, read without the code under test."""
    path = settings.var_folder / "sources" / "问题台账表.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def today() -> str:
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


def test_task_9_overdue_issues_of_a_district_in_two_clicks(
    server: str, watched: Watched, demo_settings: Settings
) -> None:
    late = [
        r
        for r in reported_issues(demo_settings)
        if r["区县代码"] == YOUYANG and r["状态"] not in ("已销号", "稳定") and r["完成时限"] < today()
    ]
    page = watched.page
    watched.open(server + "/")
    page.locator("#page-root .nav").get_by_role("link", name="问题台账").click()
    page.locator("#ledger-overdue th a", has_text="酉阳").click()
    expect(page.locator("#ledger-table h2")).to_have_text(f"须督办的{len(late)}条逾期问题")
    rows = page.locator("#ledger-table tbody tr")
    assert rows.count() == len(late) > 3
    assert {r["编号"] for r in late} == {rows.nth(n).locator("th").inner_text() for n in range(rows.count())}
    assert not watched.errors


def test_two_people_close_an_issue_and_the_failing_value_makes_it_paper_closed(
    server: str, watched: Watched, demo_settings: Settings, tmp_path: Path
) -> None:
    issue = next(
        r
        for r in reported_issues(demo_settings)
        if r["状态"] == "整改中" and r["学校代码"] and r["区县代码"] == "500229"
    )
    code = issue["编号"]
    page = watched.page
    watched.open(f"{server}/ledger?only=all&district=500229&issue={code}")
    drawer = page.locator("#ledger-issue .issue")
    expect(drawer.locator("h2")).to_contain_text("整改中")

    submit(page, "报请复核", {"办理人": "整改人甲"})
    expect(page.locator("#said")).to_contain_text("请先上传佐证材料")
    proof = tmp_path / "整改证明.pdf"
    proof.write_bytes(PDF)
    form = drawer.locator("form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(proof)
    form.locator("[name=actor]").fill("整改人甲")
    form.locator("button").click()
    expect(drawer.locator(".files")).to_contain_text("整改证明.pdf")
    with page.expect_download() as download:
        drawer.locator(".files a", has_text="整改证明.pdf").click()
    assert Path(download.value.path()).read_bytes() == proof.read_bytes()

    submit(page, "报请复核", {"办理人": "整改人甲"})
    expect(drawer.locator("h2")).to_contain_text("待复核")
    assert page.get_by_role("button", name="同意销号", exact=True).count() == 0, "the value still fails"
    why = "数值未达标或无数据仍销号的理由"
    submit(page, "未达标仍销号", {why: "已核", "办理人": "整改人甲"})
    expect(page.locator("#said")).to_contain_text("整改人不能复核自己的整改")
    submit(page, "未达标仍销号", {why: "现场核实", "办理人": "复核人乙"})
    expect(drawer.locator("h2")).to_contain_text("已销号（销了号但仍不达标）")
    expect(drawer.locator(".log")).to_contain_text("未达标仍销号（待复核→已销号）：现场核实")
    expect(drawer.locator(".log")).to_contain_text("未获准")

    page.goto(f"{server}/ledger?only=paper&district=500229")
    expect(page.locator("#ledger-table tbody")).to_contain_text(code)
    assert not watched.errors


def submit(page: Page, label: str, fields: dict[str, str]) -> None:
    form = page.locator("form", has=page.get_by_role("button", name=label, exact=True))
    for name, value in fields.items():
        form.get_by_label(name).fill(value)
    form.get_by_role("button", name=label, exact=True).click()


def test_the_second_user_is_told_who_changed_the_issue(server: str, watched: Watched, demo_settings: Settings) -> None:
    code = next(
        r["编号"]
        for r in reported_issues(demo_settings)
        if r["状态"] == "未整改" and r["学校代码"] and r["区县代码"] == "500236"
    )
    page = watched.page
    watched.open(f"{server}/ledger?only=all&district=500236&issue={code}")
    other = page.context.new_page()
    other.goto(f"{server}/ledger?only=all&district=500236&issue={code}")
    other.wait_for_selector("body.live")
    measure = {"整改措施": "调配教师"}
    submit(other, "开始整改", {**measure, "办理人": "甲先生"})
    expect(other.locator("#ledger-issue h2")).to_contain_text("整改中")
    other.close()
    submit(page, "开始整改", {**measure, "办理人": "乙女士"})
    expect(page.locator("#said")).to_contain_text(re.compile(r"甲先生已于.+更新"))
    expect(page.locator("#ledger-issue h2")).to_contain_text("整改中")


def test_a_school_cell_leads_to_its_issue_and_back(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/ledger?only=open&district=500242")
    school = page.locator("#ledger-table tbody tr td.wide a").first
    name = school.inner_text()
    school.click()
    expect(page.locator("#page-root h1")).to_contain_text(name)
    page.locator("#school-answer a", has_text="问题台账").click()
    expect(page.locator("#ledger-table tbody")).to_contain_text(name)
    page.locator("#ledger-table td.num a").first.click()
    expect(page.locator("#proof .proof")).to_contain_text("判定依据")
    page.locator("#proof a", has_text="问题台账").first.click()
    expect(page.locator("#ledger-issue .issue")).to_be_visible()


def test_the_exported_ledger_can_be_imported_again(
    server: str, watched: Watched, demo_settings: Settings, tmp_path: Path
) -> None:
    page = watched.page
    watched.open(server + "/ledger?only=all&district=500241")
    with page.expect_download() as download:
        page.locator("button[data-kind=issues]").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert "演示数据" in path.name
    prepared = prepare_file(path)
    assert not prepared.is_blocked, prepared.findings[:3]
    (table,) = prepared.tables
    wanted = [r["编号"] for r in reported_issues(demo_settings) if r["区县代码"] == "500241"]
    assert table.input_kind == "issue"
    assert sorted(table.rows["issue_code"]) == sorted(wanted)
    sheet = load_workbook(path).worksheets[0]
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


def test_a_warning_is_reminded_answered_and_lifted_with_who_and_when(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/warn?only=red&issue=target_missed.500103")
    drawer = page.locator("#warn-warning .issue")
    expect(drawer.locator("h2")).to_contain_text("目标年到期未达标")
    submit(page, "编号发函", {"办理人": "市督丙"})
    expect(drawer).to_contain_text("当前状态：已提醒")
    submit(page, "回复", {"回复内容": "已报补齐方案", "办理人": "市督丙"})
    expect(drawer).to_contain_text("当前状态：已回复")
    expect(drawer.locator(".log")).to_contain_text("市督丙")
    expect(drawer.locator(".log")).to_contain_text("回复：已报补齐方案")
    submit(page, "解除", {"解除依据": "方案已批", "办理人": "市督丙"})
    expect(drawer).to_contain_text("当前状态：解除")
    assert not watched.errors


def test_the_letter_names_every_warning_of_the_unit_as_the_screen_does(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/warn?district=500242")
    rows = page.locator("#warn-table tbody tr:has(td)")
    rules = [rows.nth(n).locator("td").nth(1).text_content() for n in range(rows.count())]
    assert len(rules) >= 3
    rows.first.locator("td.wide a").click()
    with page.expect_download() as download:
        page.locator("#warn-warning button[data-action=export]").click()
    assert download.value.suggested_filename.endswith("_演示数据.docx")
    letter = Document(BytesIO(Path(download.value.path()).read_bytes()))
    words = "\n".join(p.text for p in letter.paragraphs)
    assert "酉阳土家族苗族自治县人民政府" in words
    assert f"共{len(rules)}项" in words
    table = letter.tables[0]
    assert [row.cells[1].text for row in table.rows[1:]] == rules
    assert "演示数据" in letter.sections[0].header.paragraphs[0].text
    assert "数据版本" in letter.sections[0].footer.paragraphs[0].text
