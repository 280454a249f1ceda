"""The timed tasks of a leader: how many clicks to the number, and what is there."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journey.conftest import Watched
from tests.menus import choose
from tests.present import present

PERIOD = "2026年9月"


def headline(page: Page) -> str:
    return page.locator("#page-root h1").inner_text()


def test_task_1_complying_and_overdue_units_without_a_click(server: str, watched: Watched) -> None:
    watched.open(server + "/")
    assert re.search(r"\d+个达标", headline(watched.page))
    expect(watched.page.locator("#page-root .sub").first).to_contain_text("2024年试点到期")
    expect(watched.page.locator("#page-root .sub").first).to_contain_text("逾期")


def test_task_3_failing_items_of_a_district_with_gaps_in_two_clicks(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator("#page-root a[data-tile][data-district='500242']").click()
    expect(page.locator("#page-root h1")).to_contain_text("酉阳")
    page.locator("#page-root .sub a").click()
    expect(page.locator("#district-bill h2").first).to_contain_text("补齐清单")
    assert page.locator("#district-items .failing li").count() >= 1
    assert page.locator("#district-bill .bill-row").count() >= 1
    assert page.url.startswith(server + "/district/500242")


def test_task_4_city_district_school_proof_in_three_more_clicks(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator("#overview-actions a.act").first.click()
    page.wait_for_selector("#district-schools .heat-mini tbody th a")
    school = page.locator("#district-schools .heat-mini tbody th a").first
    name = school.inner_text()
    school.click()
    expect(page.locator("#page-root h1")).to_contain_text(name)
    page.locator("#school-sections tbody tr:has(.t-unmet) a").first.click()
    proof = page.locator("#proof .proof")
    expect(proof).to_contain_text("判定依据")
    expect(proof).to_contain_text(name)
    expect(proof).to_contain_text(re.compile(r"学校基础数据表_2026\.csv，工作表.+，第\d+行，列"))
    expect(proof).to_contain_text("教督〔2017〕6号")
    expect(proof).to_contain_text("导入")
    assert not watched.errors


def test_task_5_double_red_in_one_click_from_the_matrix(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/matrix")
    entry = page.locator("#page-root .key-double_red")
    count = int(present(re.search(r"(\d+)\s*$", entry.inner_text()))[1])
    entry.click()
    page.wait_for_selector("#page-root .matrix.filtered")
    bright = page.locator("#page-root .matrix.filtered tbody td[data-why]:not(.dim):not(.num)")
    assert bright.count() == count


def test_task_6_largest_contributors_to_a_cv_in_one_click(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator("#overview-worst tbody tr").first.locator("td.num a").click()
    page.wait_for_selector("#cv-shares tbody tr")
    assert page.locator("#cv-shares tbody tr").count() >= 3
    assert page.locator("#cv-plot .share-dot.first").count() == 3
    assert re.fullmatch(r"\d+\.\d%", page.locator("#cv-shares tbody tr td").nth(4).inner_text())


def test_a_cell_opens_its_proof_by_click_and_by_key_and_escape_closes_it(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/matrix")
    page.locator("#page-root .matrix td.m-unmet").first.click()
    page.wait_for_selector("#proof .proof")
    page.wait_for_url("**why=item.*")
    page.keyboard.press("Escape")
    page.wait_for_selector("#proof .proof", state="detached")
    page.locator("#page-root .matrix-scroll").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#proof .proof")
    page.wait_for_url("**why=*")
    shared = page.url
    page.goto(shared)
    page.wait_for_selector("body.live")
    expect(page.locator("#proof .proof")).to_be_visible()


def test_three_kinds_of_no_value_look_different(server: str, watched: Watched) -> None:
    watched.open(server + "/matrix")
    looks = watched.page.evaluate(
        """['unreported', 'undecidable', 'met'].map((kind) => {
          const cell = document.querySelector('#page-root .matrix td.m-' + kind);
          const style = getComputedStyle(cell);
          return [style.backgroundImage, style.backgroundColor, cell.textContent].join('|');
        })"""
    )
    assert len(set(looks)) == 3


def test_heatmap_scrolls_to_its_last_row_without_dropping_any(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/matrix?district=500101&only=all")
    rows = page.locator("#page-root .heat tbody tr")
    assert rows.count() >= 120
    last = rows.last.locator("th").inner_text()
    page.evaluate("document.querySelector('#page-root .heat-scroll').scrollTop = 1e6")
    expect(rows.last.locator("th")).to_be_in_viewport()
    assert last.strip()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/district/500105", "江北区在2025年11月5日之后不再是报送单位"),
        ("/district/P50LJ2?period=2024", "两江新区自2025年11月6日起才是报送单位"),
        ("/district/999999", "没有代码为999999的区县"),
        ("/school/nope", "没有代码为nope的学校"),
        ("/cv/500238/primary/L2", "本期未报送学校数据"),
        ("/district/500238", "本期未报送学校数据"),
        ("/district/500112?period=2024", "渝北区"),
    ],
)
def test_pages_say_what_they_must_where_something_is_not_there(
    server: str, watched: Watched, path: str, words: str
) -> None:
    watched.open(server + path)
    expect(watched.page.locator("#page-root")).to_contain_text(words)


def test_an_abolished_district_leads_to_its_successor_and_to_its_own_time(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/district/500105")
    page.locator("#page-root a", has_text="看江北区2025年9月的数据").click()
    expect(page.locator("#page-root h1")).to_contain_text("江北区")
    page.wait_for_url("**period=2025*")
    page.go_back()
    page.locator("#page-root a", has_text="打开两江新区").click()
    expect(page.locator("#page-root h1")).to_contain_text("两江新区")


def test_task_7_who_misses_2028_at_the_present_pace_in_one_click(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator("#page-root .nav").get_by_role("link", name="规划进度").click()
    expect(page.locator("#page-root h1")).to_contain_text("到2028年底应达标27个")
    late = page.locator(".plan-board tbody").nth(1).locator("tr.strong")
    sub = page.locator("#page-root .sub").inner_text()
    assert late.count() > 0
    assert f"整体{late.count()}个落后" in sub
    for row in late.all():
        said = str(row.locator("td.line").get_attribute("aria-label"))
        assert re.search(r"到2028年秋季，(10个里约1个|10个里不到2个|10个里2个|不到5%)能全部达标", said), said


def test_search_by_keys_alone(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.keyboard.press("/")
    page.keyboard.type("shizhu")
    page.wait_for_selector("#search-results .found li")
    expect(page.locator("#search-results .found li").first).to_contain_text("石柱土家族自治县")
    page.keyboard.press("Enter")
    expect(page.locator("#page-root h1")).to_contain_text("石柱")
    page.wait_for_url("**/district/500240*")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_visible()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("path", ["/", "/league", "/matrix", "/district/500116", "/trend"])
def test_what_is_on_the_page_leaves_as_a_file(server: str, watched: Watched, path: str, kind: str) -> None:
    watched.open(server + path)
    with watched.page.expect_download() as started:
        choose(watched.page, kind)
    download = started.value
    assert "演示数据" in download.suggested_filename
    if kind == "csv":
        content = download.path().read_bytes().decode("utf-8-sig")
    else:
        book = load_workbook(BytesIO(download.path().read_bytes()))
        cells = [c.value for sheet in book for row in sheet for c in row if c.value is not None]
        content = "\n".join(map(str, cells))
    for words in ("演示数据", "数据期", "2026", "数据版本"):
        assert words in content
    assert len(content.splitlines()) > 12


@pytest.mark.parametrize(
    ("path", "panel", "words"),
    [
        ("/", "#overview-map", "渝中"),
        ("/trend", ".page-content>div:nth-child(3)", "酉阳"),
        ("/matrix", ".page-content>div:nth-child(3)", "万州"),
        ("/plan", "#plan-board", "万州"),
    ],
)
def test_a_panel_leaves_as_a_picture_that_says_what_it_shows(
    server: str, watched: Watched, path: str, panel: str, words: str
) -> None:
    watched.open(server + path)
    title = headline(watched.page)
    for kind in ("svg", "png"):
        with watched.page.expect_download() as started:
            choose(watched.page, kind)
            if watched.page.locator("body.choosing").count():
                watched.page.locator(panel).click(position={"x": 3, "y": 3})
        content = started.value.path().read_bytes()
        assert started.value.suggested_filename.endswith(f"演示数据.{kind}")
        if kind == "png":
            assert content.startswith(b"\x89PNG")
            assert len(content) > 20_000
        else:
            drawn = "".join(ElementTree.fromstring(content).itertext())
            for wanted in ("演示数据", "2026年9月", "按当年区划", "数据版本", title[:6], words):
                assert wanted in drawn
    assert not watched.errors


@pytest.mark.parametrize("district", ["500116", "500101", "P50LJ2"])
def test_a_district_prints_on_one_page(server: str, watched: Watched, district: str) -> None:
    watched.open(f"{server}/district/{district}")
    printed = watched.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
