"""From an empty installation to a published city of three units, in the browser alone: accounts, returns and items,
plan, visits, ledger, funds, policies, and the publication of all of it."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.accounts import find_account
from data.store.engine import open_store
from data.text import text
from tests.present import present
from tests.shipped.front_door import PASSWORD, FrontDoor, Tab, front_door
from tests.shipped.sign_in import enter
from tests.small_demo import UNIT_COLUMN, small_sources

UNITS = {"500103": "渝中区", "500229": "城口县", "500242": "酉阳土家族苗族自治县"}
PERIOD, SCHOOL_COLUMN = "2026", "学校代码"
OF_CITY = ("推进计划表.csv", "督导走访表.csv", "问题台账表.csv", "经费激励表.csv", "政策文件表.xlsx")
SECONDS = 90_000


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(tmp_path_factory.mktemp("three")) as door:
        yield door


def of_unit(source: Path, unit: str, folder: Path) -> Path:
    """The rows of one unit, as its office would have them."""
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row[UNIT_COLUMN] == unit]
    path = folder / source.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def of_schools(source: Path, schools: set[str]) -> Path:
    """The rows about units and about schools that there are: the demonstration's go back to those that were closed."""
    if source.suffix != ".csv":
        return source
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row.get(SCHOOL_COLUMN, "") in {"", *schools}]
    path = source.with_name(f"今_{source.name}")
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def listed(page: Page, folder: Path) -> Path:
    """The template of the list, filled in with an office of each unit."""
    with page.expect_download() as download:
        page.get_by_role("link", name=text("account_list.template"), exact=True).click()
    path = folder / "list.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    for unit, name in UNITS.items():
        book.worksheets[0].append([f"office{unit}", f"{name}督导", "区县督导人员", name])
    book.save(path)
    return path


def come_in(bare: FrontDoor, browser: Browser, name: str, first: str) -> Tab:
    """The holder of an account comes in with the first password and sets another."""
    tab = bare.stranger(browser)
    enter(tab.open("/login"), name, first)
    page = tab.page
    page.wait_for_url("**/password")
    page.get_by_label("原密码").fill(first)
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_role("button", name="保存新密码").click()
    page.wait_for_url("**/login")
    enter(page, name, PASSWORD)
    page.wait_for_url(bare.address + "/")
    return tab


def hand_in(tab: Tab, files: Sequence[Path], *, unit: str = "") -> str:
    """Files are handed in as one return; the address of its page."""
    page = tab.open(f"/data?period={PERIOD}")
    if unit:
        page.locator("form.upload [name=district_code]").select_option(label=unit)
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url(re.compile(r"/data/\d+$"), timeout=SECONDS)
    for box in page.locator("textarea[name^='explain.']").all():
        box.fill("已核实")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已报送")
    return page.url.removeprefix(tab.address)


def take_over(tab: Tab, address: str) -> None:
    page = tab.open(address)
    page.get_by_role("button", name="接收入库").click(timeout=SECONDS)
    expect(page.locator("h1")).to_contain_text("已接收入库", timeout=SECONDS)


def test_three_units_from_nothing(bare: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    sources = {path.name: path for path in small_sources(tmp_path / "sources", tuple(UNITS))}
    desk = bare.tab(browser, "administrator")
    page = desk.open("/accounts")
    expect(page.locator("main")).to_contain_text("个单位还没有能报送的账号")
    page.get_by_role("link", name=text("account_list.title")).click()
    page.locator("input[type=file]").set_input_files(listed(page, tmp_path))
    page.get_by_role("button", name=text("account_list.look")).click()
    expect(page.locator(".effects")).to_contain_text("新建3个账号", timeout=SECONDS)
    with page.expect_download(timeout=SECONDS) as download:
        page.get_by_role("button", name=text("account_list.take_with_passwords")).click()
    download.value.save_as(tmp_path / "handed.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "handed.xlsx").worksheets[0]
    handed = {str(row[0]): str(row[-1]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    desk.close()

    returns: list[str] = []
    for unit in UNITS:
        office = come_in(bare, browser, f"office{unit}", handed[f"office{unit}"])
        expect(office.page.locator("main, body").first).to_contain_text("本页缺这些表")
        kinds = (f"学校基础数据表_{PERIOD}.csv", f"区县指标表_{PERIOD}.csv")
        returns.append(hand_in(office, [of_unit(sources[name], unit, tmp_path / unit) for name in kinds]))
        office.close()
    assert not present(find_account(open_store(bare.settings), "office500103")).must_change

    city, second = bare.tab(browser, "city"), bare.tab(browser, "second")
    for address in returns:
        take_over(city, address)
    with sources[f"学校基础数据表_{PERIOD}.csv"].open(encoding="utf-8-sig", newline="") as stream:
        schools = {row[SCHOOL_COLUMN] for row in csv.DictReader(stream)}
    for name in OF_CITY:
        take_over(second, hand_in(city, [of_schools(sources[name], schools)], unit=text("returns.whole_city")))
    page = city.open("/data")
    page.get_by_role("button", name="发布", exact=True).click(timeout=SECONDS)
    expect(page.get_by_role("button", name="发布", exact=True)).to_have_count(0, timeout=SECONDS)
    second.close()
    city.close()

    with of_schools(sources["问题台账表.csv"], schools).open(encoding="utf-8-sig", newline="") as stream:
        issues = len(list(csv.DictReader(stream)))
    leader = bare.tab(browser, "leader")
    expect(leader.open("/").locator("h1")).to_contain_text("区县")
    for unit, name in UNITS.items():
        expect(leader.open(f"/district/{unit}").locator("h1")).to_contain_text(name[:2])
    for path, said in (
        ("/plan", "渝中"),
        ("/rounds", "酉阳"),
        ("/ledger", f"全部{issues}"),
        ("/funds", "专项转移支付"),
        ("/library", "教督〔2017〕6号"),
    ):
        expect(leader.open(path).locator("body")).to_contain_text(said)
    leader.close()
