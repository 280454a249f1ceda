"""A return, from the template to the figures on another viewer's open page."""

import csv
import re
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from data.importing.batch_records import list_batches
from data.settings import Settings
from data.store.engine import open_store
from data.store.submissions import find_submission
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor

NAME = "酉阳土家族苗族自治县"
COLUMN, MORE = "小学骨干教师数", 3


def reported(settings: Settings) -> list[dict[str, str]]:
    """The unit's rows of 2026 as the demonstration's own file has them."""
    path = settings.var_folder / "sources" / "学校基础数据表_2026.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["区县代码"] == UNIT]


def filled(template: bytes, rows: list[dict[str, str]]) -> bytes:
    """The template as an office fills it: closed schools struck out, one school with three more teachers."""
    book = load_workbook(BytesIO(template))
    sheet = book.worksheets[0]
    place = {str(c.value).partition("（")[0].rstrip("*"): number for number, c in enumerate(sheet[1], start=1)}
    known = {row["学校代码"]: row for row in rows}
    register = [str(sheet.cell(n, place["学校代码"]).value) for n in range(2, sheet.max_row + 1)]
    assert len(set(register) & set(known)) > len(known) * 0.9, "the register is last year's"
    sheet.delete_rows(2, sheet.max_row)
    for number, code in enumerate(sorted(known), start=2):
        for header, value in known[code].items():
            if value and header in place:
                more = MORE if (code, header) == (SCHOOL, COLUMN) else 0
                is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) and "代码" not in header
                typed = (float(value) if "." in value else int(value) + more) if is_number else value
                sheet.cell(number, place[header], typed)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def answer_all(page: Page, words: str) -> None:
    """Every doubt has its words, every school that is gone its reason, what is replaced its yes."""
    for box in page.locator("textarea").all():
        box.fill(words)
    for choice in page.locator("select[name^='gone.']").all():
        choice.select_option("merged")
    for tick in page.locator("input[name=agreed]").all():
        tick.check()


def backbone_teachers(page: Page, address: str) -> str:
    page.goto(f"{address}/school/{SCHOOL}")
    page.wait_for_selector("body.live")
    return page.locator("body").inner_text()


def test_a_return_goes_from_template_to_everybody_s_page(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    rows = reported(shipped.settings)
    before = int(next(r for r in rows if r["学校代码"] == SCHOOL)[COLUMN])
    leader = shipped.tab(browser, "leader")
    open_page = leader.open(f"/school/{SCHOOL}")

    office = shipped.tab(browser, "district")
    page = office.open("/data")
    page.get_by_label("数据期").select_option("2026")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    assert download.value.suggested_filename == f"{NAME}_2026.xlsx"
    path = tmp_path / f"{NAME}_2026.xlsx"
    path.write_bytes(filled(Path(download.value.path()).read_bytes(), rows))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url(re.compile(r"/data/\d+$"))
    number = int(page.url.rpartition("/")[2])
    expect(page.locator("h1")).to_contain_text(NAME)
    page.get_by_role("button", name="报送", exact=True).click()
    assert page.url.endswith(f"/data/{number}"), "nothing is sent without the words that are asked for"
    answer_all(page, "新增骨干教师3人，已核对花名册")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已报送，等待市级接收")
    assert page.get_by_role("button", name="接收入库").count() == 0
    office.close()

    city = shipped.tab(browser, "city")
    page = city.open("/data")
    page.get_by_role("link", name=path.name).first.click()
    expect(page.locator("body")).to_contain_text(SCHOOL)  # what changes, by school, from and to
    expect(page.locator("body")).to_contain_text(COLUMN)
    page.get_by_role("button", name="接收入库").click()
    expect(page.locator("h1")).to_contain_text("已接收入库")
    expect(page.locator("main .demo")).to_have_text("原值为演示数据")
    expect(page.locator("main")).not_to_contain_text("未入库")
    expect(page.locator("main .src").first).to_contain_text("报送人 尤县督 · 最近由 石督导 于 ")
    page.goto(shipped.address + "/data")
    expect(page.locator("tr", has=page.locator(f"a[href$='/{number}']"))).to_contain_text("尤县督石督导")
    page.get_by_role("button", name="发布", exact=True).click()
    page.wait_for_url(shipped.address + "/data")
    assert page.get_by_role("button", name="发布", exact=True).count() == 0, "nothing waits any more"
    city.close()

    bar = open_page.get_by_role("button", name=re.compile("点此更新"))
    expect(bar).to_be_visible(timeout=70_000)
    bar.click()
    expect(bar).to_be_hidden()
    expect(open_page.locator("#page-root")).to_contain_text(str(before + MORE))
    leader.close()

    one = find_submission(open_store(shipped.settings), _everybody(), number)
    assert one is not None
    assert (one.status, one.submitted_by, one.decided_by) == ("approved", "尤县督", "石督导")
    assert one.batch_id in {b.batch_id for b in list_batches(shipped.settings.batches_folder)}


def _everybody():
    from data.access import LOCAL_VIEWER

    return LOCAL_VIEWER


def test_a_file_that_cannot_be_read_is_said_in_words_and_kept_out(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "损坏的文件.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    tab = shipped.tab(browser, "district")
    page = tab.open("/data")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url(re.compile(r"/data/\d+$"))
    expect(page.locator("h1")).to_contain_text("必须改正")
    for link in page.get_by_role("link", name="下载标注后的文件").all():
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename.endswith(".xlsx")
    assert page.get_by_role("button", name="报送", exact=True).count() == 0
    tab.close()
