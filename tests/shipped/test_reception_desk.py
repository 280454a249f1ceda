"""The office's desk as it is served: several files as one return, columns by hand, schools that are gone, progress."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from data.access import LOCAL_VIEWER
from data.store.column_mappings import mappings_of
from data.store.engine import open_store
from data.store.submissions import find_submission
from tests.shipped.front_door import UNIT, FrontDoor, Tab
from tests.shipped.test_returns_journey import answer_all, reported

VALUE, BACKBONE = "教学仪器设备值", "小学骨干教师数"
TOO_MANY = 429
PATIENCE_MS = 90_000
"""An account uploads ten times a minute at most; the page asks again by itself."""
SIZES = ((1440, 900), (1920, 1080), (1093, 614), (390, 844))


def typed(header: str, value: str) -> str | float | int | None:
    is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) and "代码" not in header
    return (float(value) if "." in value else int(value)) if is_number else value or None


def workbook(rows: list[dict[str, str]], sheets: int = 1) -> bytes:
    """Rows as an office has them: 骨干 under a name of its own, 仪器设备值 in 元, town by town."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number in range(sheets):
        sheet = book.create_sheet(f"{number + 1}镇")
        sheet.append(["骨干数（小）" if header == BACKBONE else header for header in rows[0]])
        for row in rows[number::sheets]:
            values = [typed(header, value) for header, value in row.items()]
            place = list(row).index(VALUE)
            amount = values[place]
            values[place] = round(float(amount) * 10_000) if amount else None
            sheet.append(values)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def two_files(shipped: FrontDoor, folder: Path) -> list[Path]:
    """All schools of the unit but two that are in force, in two files."""
    rows = reported(shipped.settings)[2:]
    paths = [folder / "东片.xlsx", folder / "西片.xlsx"]
    for number, path in enumerate(paths):
        path.write_bytes(workbook(rows[number::2]))
    return paths


def busy_once(asked: list[str]) -> Callable[[Route], None]:
    """A desk that is busy when it is asked first."""

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=TOO_MANY, headers={"Retry-After": "1"}, body="")
        else:
            route.continue_()

    return answer


def close(tab: Tab) -> None:
    """Close a tab to which the desk may have said that it is busy, or that something is to be mended."""
    tab.errors = [e for e in tab.errors if "status of 4" not in e]
    tab.close()


def hand_over(page: Page, paths: list[Path]) -> int:
    page.locator("input[type=file]").set_input_files(paths)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url(re.compile(r"/data/\d+$"), timeout=PATIENCE_MS)
    return int(page.url.rpartition("/")[2])


def test_two_files_are_one_return_whose_columns_a_person_names_once(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    tab = shipped.tab(browser, "district")
    page = tab.open("/data")
    number = hand_over(page, two_files(shipped, tmp_path))
    expect(page.locator(".columns-read h2")).to_contain_text("请您指认")
    expect(page.locator(".columns-read")).to_contain_text("骨干数（小）")
    page.route("**/data/*/map", busy_once([]))
    page.get_by_role("button", name="整列按“元”读取").click()
    expect(page.locator("#map-columns [data-words-sending]")).to_contain_text("1秒后自动再试")
    expect(page.get_by_role("button", name="整列按“元”读取")).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator(".columns-read")).to_contain_text(VALUE)
    page.locator("select[name='column.骨干数（小）']").select_option(BACKBONE)
    page.get_by_role("button", name="按指认重新核对").click()
    expect(page.locator(".columns-read h2")).to_contain_text("都已认出", timeout=PATIENCE_MS)
    expect(page.locator("h1")).to_contain_text("没有须改的")
    expect(page.locator(".sheets-read h2")).to_contain_text("2张工作表")
    expect(page.locator(".outcome")).to_contain_text("L2")
    store = open_store(shipped.settings)
    assert mappings_of(store, UNIT) == {"骨干数（小）": BACKBONE, VALUE: f"{VALUE}（元）"}

    page.goto(shipped.address + "/data")
    hand_over(page, two_files(shipped, tmp_path))
    expect(page.locator(".columns-read h2")).to_contain_text("都已认出")
    one = find_submission(store, LOCAL_VIEWER, number)
    assert one is not None
    assert [f["name"] for f in one.result.get("files", [])] == ["东片.xlsx", "西片.xlsx"]
    close(tab)


def test_schools_that_are_gone_are_named_and_each_needs_a_reason(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    tab = shipped.tab(browser, "district")
    page = tab.open("/data")
    number = hand_over(page, two_files(shipped, tmp_path))
    names = [r["学校名称"] for r in reported(shipped.settings)[:2]]
    for name in names:
        expect(page.locator(".schools-gone")).to_contain_text(name)
    answer_all(page, "并入中心校")
    page.locator("select[name^='gone.']").first.select_option("forgotten")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("main")).to_contain_text("请补报这些学校")
    assert page.locator("select[name^='gone.']").nth(1).input_value() == "merged", "a refused form keeps its choices"
    assert page.locator("input[name=agreed]").is_checked()
    page.locator("select[name^='gone.']").first.select_option("closed")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已报送，等待市级接收")
    close(tab)

    city = shipped.tab(browser, "city")
    page = city.open(f"/data/{number}")
    expect(page.locator("main")).to_contain_text(f"{names[0]}（")
    expect(page.locator("main")).to_contain_text("已撤销")
    page.locator("textarea[name=words]").fill("请核实撤并批文")
    page.get_by_role("button", name="退回").click()
    expect(page.locator("h1")).to_contain_text("已退回")
    city.close()


def test_it_says_where_the_check_is_within_a_second(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    tab = shipped.tab(browser, "district")
    page = tab.open("/data")
    page.locator("input[type=file]").set_input_files(two_files(shipped, tmp_path))
    line = page.locator("[data-words-sending]")
    expect(line).to_have_text("已选2个文件：东片.xlsx、西片.xlsx")
    page.get_by_role("button", name="上传并核对").click(no_wait_after=True)
    expect(line).to_have_text(re.compile("已上传|正在读取|正在逐格核对|正在上传"), timeout=1_000)
    expect(line).to_have_text(re.compile("正在读取第.个文件，共2个|正在逐格核对|试算判定"), timeout=10_000)
    page.wait_for_url(re.compile(r"/data/\d+$"))
    close(tab)


def test_nobody_asks_how_far_the_check_of_another_is(shipped: FrontDoor) -> None:
    ticket = "0" * 32
    assert shipped.get("district", f"/data/progress/{ticket}").json() == {"words": ""}
    assert shipped.get("district", "/data/progress/..%2F..%2Fkeys").status_code in {400, 404}
    assert shipped.get("leader", f"/data/progress/{ticket}").status_code == 403


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_fits_and_is_read_aloud(
    shipped: FrontDoor, browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    tab = shipped.tab(browser, "district", *size)
    page = tab.open("/data")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    hand_over(page, two_files(shipped, tmp_path))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert serious == []
    page.emulate_media(media="print")
    expect(page.locator(".columns-read tbody tr").first).to_be_visible()
    expect(page.locator(".to-sign")).to_be_visible()
    expect(page.get_by_role("button", name="按指认重新核对")).to_be_hidden()
    close(tab)


def test_dropped_files_join_the_chosen_ones_and_a_refusal_keeps_them(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    first, second = two_files(shipped, tmp_path)
    tab = shipped.tab(browser, "district")
    page = tab.open("/data")
    page.locator("input[type=file]").set_input_files(first)
    page.evaluate(
        """(name) => {
          const dropped = new DataTransfer();
          dropped.items.add(new File(["a,b"], name));
          document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true }));
        }""",
        "附件.docx",
    )
    line = page.locator("[data-words-sending]")
    expect(line).to_have_text("已选2个文件：东片.xlsx、附件.docx")
    page.get_by_role("button", name="上传并核对").click()
    expect(line).to_contain_text("请选择表格文件：“附件.docx”不是表格", timeout=70_000)
    assert page.url == shipped.address + "/data"
    assert page.evaluate("() => document.querySelector('input[type=file]').files.length") == 2
    page.locator("input[type=file]").set_input_files([first, second])
    asked: list[str] = []
    page.route("**/data/upload", busy_once(asked))
    page.get_by_role("button", name="上传并核对").click()
    expect(line).to_have_text("正在核对别的报表，1秒后自动再试，文件不用重选……")
    page.wait_for_url(re.compile(r"/data/\d+$"), timeout=PATIENCE_MS)
    assert len(asked) >= 2
    close(tab)


def test_an_impatient_second_click_hands_nothing_over_twice(
    shipped: FrontDoor, browser: Browser, tmp_path: Path
) -> None:
    tab = shipped.tab(browser, "district")
    page = tab.open("/data")
    sent: list[int] = []
    page.on("response", lambda r: sent.append(r.status) if r.url.endswith("/data/upload") else None)
    page.locator("input[type=file]").set_input_files(two_files(shipped, tmp_path))
    page.get_by_role("button", name="上传并核对").dblclick()
    page.wait_for_url(re.compile(r"/data/\d+$"), timeout=PATIENCE_MS)
    assert [status for status in sent if status != TOO_MANY] == [302], "a busy desk is asked again, nothing else"
    close(tab)
