"""The committee meeting: one key to the projector, slides that fit every wall, papers that agree."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from pptx import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame
from pypdf import PdfReader

from data.clock import day_of, utc_now
from tests.journey.conftest import Watched
from tests.menus import choose

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1024, 768))
UNFIT = """(least) => {
  const slide = document.querySelector('.slide.on');
  const foot = document.querySelector('.slide-foot').getBoundingClientRect();
  const found = [];
  for (const node of slide.querySelectorAll('h1,h2,p,th,td,li,b,strong,span,svg')) {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height) { continue; }
    const words = (node.textContent || node.tagName).slice(0, 30);
    if (box.right > innerWidth + 1 || box.left < -1 || box.bottom > foot.top + 1) { found.push('outside: ' + words); }
    if (node.childElementCount === 0 && node.textContent.trim()
        && parseFloat(getComputedStyle(node).fontSize) < least) { found.push('small: ' + words); }
  }
  const named = [...slide.querySelectorAll('text.tile-name')].map(
    (node) => parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a);
  if (named.some((size) => size < least)) { found.push('small tile names: ' + Math.min(...named)); }
  for (const number of slide.querySelectorAll('.slide-number')) {
    const value = number.querySelector('b').getBoundingClientRect();
    if (value.right > number.lastElementChild.getBoundingClientRect().left) { found.push('overlap: ' + number.textContent); }
  }
  const root = document.scrollingElement;
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) { found.push('scrolls'); }
  return found;
}"""


def open_slides(watched: Watched, address: str) -> Page:
    page = watched.page
    page.goto(address)
    page.wait_for_selector("body.live", state="attached")
    expect(page.locator("#page-root .slide.on h1")).to_be_visible()
    return page


@pytest.mark.parametrize("path", ["/", "/?group=northeast", "/district/500242", "/district/500238"])
def test_every_slide_fits_without_scrolling_and_can_be_read(server: str, watched: Watched, path: str) -> None:
    separator = "&" if "?" in path else "?"
    page = open_slides(watched, f"{server}{path}{separator}mode=meeting")
    count = page.locator("#page-root .slide").count()
    assert count >= (2 if "500238" in path else 6), "of a unit that did not report there is little to say"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("Home")
        least = min(width / 100, height * 1.7778 / 100) * 1.2
        for number in range(1, count + 1):
            shown = page.locator("#page-root .slide.on")
            expect(shown).to_have_attribute("data-slide", str(number))
            assert page.evaluate(UNFIT, least) == [], (number, width)
            page.keyboard.press("PageDown")
    assert not watched.errors


def test_task_10_one_key_starts_the_projector_with_the_filter_kept(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/ledger?district=500242")
    page.keyboard.press("f")
    expect(page.locator("#page-root .slide.on")).to_have_attribute("data-page", "ledger")
    expect(page.locator(".slide-foot")).to_contain_text("酉阳")
    assert "district=500242" in page.url
    assert page.evaluate("document.documentElement.dataset.theme") == "projector"
    page.keyboard.press("1")
    expect(page.locator("#page-root .slide.on h1")).to_contain_text("酉阳")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#slide-number")).to_have_text("2")
    page.wait_for_url("**slide=2*")
    page.keyboard.press("l")
    assert page.evaluate("document.documentElement.dataset.theme") == "wall"
    page.keyboard.press("l")
    page.keyboard.press("b")
    expect(page.locator("#page-root .slide.on")).not_to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("d")
    page.locator("#slide-picker select").select_option(label="渝中区")
    expect(page.locator("#page-root .slide.on h1")).to_be_visible()
    expect(page.locator(".slide-foot")).to_contain_text("渝中")
    expect(page.locator("#slide-number")).to_have_text("2")
    page.keyboard.press("Escape")
    expect(page.locator("#page-root .nav")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") is None
    page.wait_for_url("**district=500103*")
    assert "mode=" not in page.url
    assert not watched.errors


def brief(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        choose(page, kind)
    assert download.value.suggested_filename.endswith(f"_演示数据.{kind}")
    return Path(download.value.path()).read_bytes()


def numbers(words: str) -> list[str]:
    """Every number in a text, as printed; thousands separators stay."""
    return re.findall(r"\d[\d,]*(?:\.\d+)?", words)


@pytest.mark.parametrize("code", ["500242", "500116", "P50LJ2"])  # no other journey writes about these
def test_task_11_the_brief_of_a_district_says_what_the_screen_says(server: str, watched: Watched, code: str) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator(f"#page-root a[data-tile][data-district='{code}']").click()  # click 1
    page.wait_for_url(f"**district={code}*")
    paper = Document(BytesIO(brief(page, "docx")))  # click 2
    open_slides(watched, f"{server}/?district={code}&mode=meeting")
    slides = page.locator("#page-root .slide")
    written = [p.text for p in paper.paragraphs]
    tables = iter(paper.tables)
    compared = 0
    for number in range(slides.count()):
        slide = slides.nth(number)
        title = slide.locator("h1").text_content() or ""
        assert f"{number + 1}．{title}" in written
        body = written[written.index(f"{number + 1}．{title}") + 1]
        sentence = slide.locator(".slide-sentence").text_content() or ""
        sides = [s.text_content() or "" for s in slide.locator(".slide-number b").all()]
        shown = numbers(sentence) + [n for s in sides for n in numbers(s)]
        assert not [n for n in shown if n not in numbers(body)], title
        rows = slide.locator(".slide-bars tr")
        if rows.count():
            table = next(tables)
            on_screen = [
                [rows.nth(n).locator("th").text_content(), rows.nth(n).locator("td").last.text_content()]
                for n in range(rows.count())
            ]
            on_paper = [[c.text for c in row.cells] for row in table.rows[1:]]
            assert on_paper[: len(on_screen)] == on_screen
            compared += len(on_screen)
        compared += len(shown)
    assert compared > 20
    for section in paper.sections:
        assert "演示数据" in section.header.paragraphs[0].text
        assert "数据版本" in section.footer.paragraphs[0].text
        assert "截至2026年9月" in section.footer.paragraphs[0].text


def test_the_presentation_has_native_charts_in_the_order_of_the_slides(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?district=500242")
    book = Presentation(BytesIO(brief(page, "pptx")))
    open_slides(watched, f"{server}/?district=500242&mode=meeting")
    slides = page.locator("#page-root .slide")
    assert len(book.slides) == slides.count()
    for number, slide in enumerate(book.slides):
        words = [s.text_frame.text for s in slide.shapes if isinstance(s, Shape)]
        assert words[0] == slides.nth(number).locator("h1").text_content()
        assert any("演示数据" in w and "数据版本" in w for w in words)
        rows = slides.nth(number).locator(".slide-bars tr")
        charts = [s.chart for s in slide.shapes if isinstance(s, GraphicFrame) and s.has_chart]
        assert len(charts) == bool(rows.count())
        for chart in charts:
            names = list(reversed(list(next(iter(chart.plots)).categories)))
            assert names == [rows.nth(n).locator("th").text_content() for n in range(rows.count())]


def test_the_pdf_brief_says_what_the_slides_say(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?district=500242")
    paper = PdfReader(BytesIO(brief(page, "pdf")))
    pages = ["".join((p.extract_text() or "").split()) for p in paper.pages]
    everything = "".join(pages)
    assert all("演示数据" in words and "数据版本" in words for words in pages)
    open_slides(watched, f"{server}/?district=500242&mode=meeting")
    slides = page.locator("#page-root .slide")
    compared = 0
    for number in range(slides.count()):
        slide = slides.nth(number)
        for words in (
            slide.locator("h1").text_content(),
            *slide.locator(".slide-bars th").all_text_contents(),
            *slide.locator(".slide-bars td:last-child").all_text_contents(),
        ):
            assert "".join((words or "").split()) in everything, words
            compared += 1
        for shown in slide.locator(".slide-number b").all_text_contents():
            assert "".join(shown.split()) in everything
    assert compared > 20


def test_a_cell_goes_to_the_meeting_and_its_decision_comes_back(server: str, watched: Watched) -> None:
    page, today = watched.page, day_of(utc_now()).isoformat()
    watched.open(server + "/meeting")
    submit(page, "新建并打开", {"会议名称": "专题会", "会议日期": today, "办理人": "秘书"})
    expect(page.locator("#meeting-list")).to_contain_text("专题会")
    watched.open(server + "/district/500242?why=item.500242.L2")
    title = page.locator("#proof h2").text_content() or ""
    page.locator("#proof button", has_text="放进会议").click()
    expect(page.locator("#meeting-answer .sub")).to_contain_text(title)
    assert page.get_by_label("事项").input_value() == title
    submit(page, "登记议定事项", {"议定内容": "两年内配齐骨干教师", "办理人": "秘书"})
    page.locator("#meeting-decisions a", has_text=title).first.click()
    expect(page.locator("#proof .decided")).to_contain_text("两年内配齐骨干教师")
    expect(page.locator("#proof .decided")).to_contain_text("专题会")
    assert not watched.errors


def test_a_meeting_keeps_its_agenda_decisions_and_figures(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/meeting")
    submit(page, "新建并打开", {"会议名称": "第三季度调度会", "会议日期": "2026-09-30", "办理人": "秘书"})
    page.wait_for_url("**/meeting?meeting=20260930-1")
    for address, title in (("/ledger?only=overdue", "逾期问题"), (server + "/plan?district=500242", "酉阳规划")):
        submit(page, "加入议程", {"页面地址": address, "标题": title, "办理人": "秘书"})
        expect(page.locator("#meeting-agenda .deck")).to_contain_text(title)
    second = page.locator("#meeting-agenda .card").nth(1)
    second.locator("summary").click()
    form = second.locator("form", has=page.get_by_role("button", name="上移"))
    form.get_by_label("办理人").fill("秘书")
    form.get_by_role("button", name="上移").click()
    first = page.locator("#meeting-agenda .card-title a").first
    expect(first).to_have_text("酉阳规划")
    address = first.get_attribute("href") or ""
    assert address.startswith("/plan?district=500242&snapshot=")
    assert address.endswith("&meeting=20260930-1")
    submit(page, "登记议定事项", {"事项": "酉阳骨干教师", "议定内容": "年底前调配到位", "办理人": "秘书"})
    expect(page.locator("#meeting-list")).to_contain_text("年底前调配到位")
    submit(page, "新建并打开", {"会议名称": "年终会", "会议日期": "2026-12-20", "办理人": "秘书"})
    expect(page.locator("#meeting-answer h1")).to_contain_text("议定1项：完成0，推进0，无进展1；2026年12月20日的会")
    page.locator("#meeting-list td a", has_text="当时的数字").last.click()
    expect(page.locator("#page-root .pinned")).to_contain_text("会议版本：数字截至")
    assert not watched.errors


def submit(page: Page, label: str, fields: dict[str, str]) -> None:
    page.evaluate("() => document.querySelectorAll('#page-root details').forEach((part) => { part.open = true; })")
    form = page.locator("form", has=page.get_by_role("button", name=label, exact=True))
    for name, value in fields.items():
        form.get_by_label(name).fill(value)
    form.get_by_role("button", name=label, exact=True).click()
