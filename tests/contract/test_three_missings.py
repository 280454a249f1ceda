"""Not reported, not decidable, not projectable: each has its word and its sentence, and never a figure.

巫溪 sent nothing in 2026; an item of 武隆 cannot be judged, so that nothing is projected; 北碚 was re-cut;
两江 exists in no earlier autumn.
"""

import base64
import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from callbacks.dependencies import Dependencies
from callbacks.files.documents import letter_file
from callbacks.files.official_forms import forms_file
from callbacks.pages.meeting_mode import slides_of
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import Permission, Scope, Viewer
from layouts.meeting.slide import Slide
from layouts.page import static_page
from layouts.parts.glyph import MISSING_LEVELS
from layouts.routes import address_of
from tests.one_fact.surfaces import Asked, content_of, docx_words

SILENT, UNDECIDED, RECUT, NEW = "500238", "500156", "500109", "P50LJ2"
BASES = ("as_was", "current")
MISSING = ("无法判定", "不推算", "未编入规划", "未报送")
SENTENCE = "本期未报送学校数据"
OF_FIGURES = ("/", "/district/500238", "/plan", "/trend", "/league", "/matrix", "/rounds")
INVENTED = (
    r"没有缺口",
    r"没有未达标",
    r"无须补",
    r"没有未达标又变差的",
    r"不收敛",
    r"无法判定",
    r"看不到",
    r"达标\d+项",
    r"未达标\d+",
    r"\d+项差异系数",
    r"\d+个学段",
    r"\d+所未?达标",
    r"中\d+所",
    r"0/32",
    r"0\.0%",
    r"10个里",
    r"不到5%",
    r"按期：",
    r"\d{4}年前后",
    r"不早于",
    r"小学0人",
    r"学校0\b",
    r"0所薄弱",
)
"""What was said of a unit that sent nothing, and what no such unit can be told."""


def html_of(deps: Dependencies, path: str, search: str) -> str:
    name, _, panels = page_of(deps, path, search)
    return static_page(name, panels)


def own_words(page: str) -> str:
    """What the panels say, without the frame, the method and what is said of other units."""
    bare = re.sub(r"<(?:details|footer|header|nav)\b.*?</(?:details|footer|header|nav)>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", bare))


def panel(page: str, name: str) -> str:
    """One panel of a page, with its markup."""
    start = page.index(f'<div class="{name}')
    return page[start : page.find('<div class="', start + 5 + len(name)) or None]


def slides(deps: Dependencies, search: str) -> list[Slide]:
    snapshot = deps.warehouse.current()
    address = address_of("/", search)
    assert address is not None
    return slides_of(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))


def heading(page: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "", found)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("path", OF_FIGURES)
def test_a_unit_that_sent_nothing_is_told_no_figure(deps: Dependencies, path: str, basis: str) -> None:
    page = html_of(deps, path, f"?period=2026&basis={basis}&district={SILENT}")
    assert SENTENCE in page
    title = heading(page)
    assert "未报送" in title
    for invented in INVENTED:
        assert not re.search(invented, title), (invented, title)
    titles = [re.sub(r"<[^>]*>", "", t) for t in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    for invented in INVENTED:
        assert not [t for t in titles if re.search(invented, t)], (invented, titles)


@pytest.mark.parametrize("basis", BASES)
def test_its_slides_say_so_and_end(deps: Dependencies, basis: str) -> None:
    shown = slides(deps, f"?period=2026&basis={basis}&district={SILENT}")
    first, *others = shown
    assert SENTENCE in first.title_words
    assert not first.bars
    words = first.title_words + first.sentence + "".join(f"{n.label}{n.value}{n.words}" for n in first.numbers)
    assert not [i for i in INVENTED if re.search(i, words)], words
    assert {s.page for s in others} <= {"warn", "ledger"}


def test_its_rows_have_a_dash_and_no_bar(deps: Dependencies) -> None:
    league = html_of(deps, "/league", "?period=2026")
    row = next(r for r in re.findall(r"<tr[^>]*>.*?</tr>", league, flags=re.DOTALL) if "巫溪" in r)
    assert "bullet" not in row
    assert row.count("—") >= 4
    assert "未报送" in row
    assert not re.search(r"0/0|32项|\b0\b", re.sub(r"<[^>]*>", " ", row)), row
    plan = html_of(deps, "/plan", "?period=2026")
    row = next(r for r in re.findall(r"<tr[^>]*>.*?</tr>", plan, flags=re.DOTALL) if SILENT in r and "line" in r)
    assert 'class="range' not in row
    assert 'class="dot' not in row
    matrix = html_of(deps, "/matrix", "?period=2026")
    row = next(r for r in re.findall(r"<tr[^>]*>.*?</tr>", matrix, flags=re.DOTALL) if "巫溪" in r)
    assert "0/32" not in row
    tip = re.search(r'data-tip="(巫溪县[^"]*)"', html_of(deps, "/", "?period=2026"))
    assert tip
    assert re.sub(r"\s+", " ", tip[1]) == f"巫溪县 · 未报送 {SENTENCE}"


@pytest.mark.parametrize("period", ["2019", "2025", "2026"])
def test_no_count_of_failures_holds_what_is_missing(deps: Dependencies, period: str) -> None:
    snapshot = deps.warehouse.current()
    for basis in BASES:
        address = address_of("/", f"?period={period}&basis={basis}")
        assert address is not None
        rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
        missing = [u for u in rows.units if u.progress in MISSING_LEVELS]
        for unit in missing:
            assert unit.chance is None, unit.short_name
            assert unit.slowest_item is None
        for unit in rows.units:
            is_silent = not unit.is_reported
            assert (unit.standing == "not_reported") == (unit.progress == "not_reported") == is_silent
            assert (unit.forecast_state == "not_reported") == is_silent
            if is_silent:
                assert (unit.low_year, unit.worst, unit.failing_items) == (None, None, None)
                assert rows.ranks[unit.district_code].city_place is None
        page = html_of(deps, "/", f"?period={period}&basis={basis}")
        title = heading(page)
        late = re.search(r"(\d+)个落后", title)
        behind = [u for u in rows.units if u.progress in ("late", "overdue", "veto")]
        assert int(late[1]) == len(behind) if late else not behind
        said = [int(n) for n in re.findall(r"(\d+)个(?:达标|按计划|不确定|落后)", title)]
        named = [re.search(rf"另有(\d+)个{w}", page) for w in MISSING]
        assert sum(said) + sum(int(m[1]) for m in named if m) == len(rows.units), title


def test_what_cannot_be_projected_has_its_reason_and_no_date(deps: Dependencies) -> None:
    page = own_words(html_of(deps, "/plan", f"?period=2026&district={UNDECIDED}"))
    assert "有项目无法判定，不推算" in page
    assert "不推算" in page
    for invented in (r"10个里", r"\d{4}年前后", r"不早于", r"95%以上", r"不到5%", "不收敛", "不作判断"):
        assert not re.search(invented, page.split("怎么算的")[0]), invented


def test_a_unit_cut_anew_says_that_its_boundary_changed(deps: Dependencies) -> None:
    """北碚 read 不收敛 and 数据不足: its years before the change are another unit's."""
    for path in ("/", f"/district/{RECUT}", "/trend"):
        page = own_words(html_of(deps, path, f"?period=2026&district={RECUT}"))
        assert "边界变更后可比的秋季不足3个，不判断走势" in page, path
        assert "数据不足" not in page, path
        assert "不收敛" not in page


def test_a_unit_of_no_earlier_period_is_compared_with_what_it_is_made_of(deps: Dependencies) -> None:
    page = own_words(html_of(deps, "/trend", f"?period=2026&district={NEW}"))
    assert "边界变更：与2025年按现在区划重算的值比较" in page
    first = own_words(html_of(deps, "/", "?period=2018&district=500242"))
    assert "不可比" in first
    assert not re.search(r"较20\d\d年 [+−±]\d", first)


def test_forms_of_a_unit_that_sent_nothing_hold_no_zero(deps: Dependencies) -> None:
    sent = forms_file(deps, "forms", f"/district/{SILENT}", "?period=2026")
    assert sent is not None
    book = load_workbook(io.BytesIO(base64.b64decode(str(sent["content"]))))
    for sheet in book.worksheets:
        cells = [c for row in sheet.iter_rows(values_only=True) for c in row if c is not None]
        assert 0 not in cells, sheet.title
        assert "无法判定" not in cells, sheet.title
        assert any("未报送" in str(c) for c in cells), sheet.title
    letter = letter_file(deps, SILENT, "/warn", "?period=2026")
    assert letter is not None
    words = docx_words(content_of(letter))
    assert "2026年9月数据期你地未报送学校数据。现有橙色预警" in words
    assert "监测数据，你地" not in words


@pytest.mark.parametrize("view", ["stage=junior", "indicator=L7", "stage=primary&indicator=L2"])
def test_under_a_stage_or_an_indicator_it_is_still_not_reported(deps: Dependencies, view: str) -> None:
    page = html_of(deps, "/", f"?period=2026&{view}")
    assert "1个未报送" in heading(page)
    assert "无法判定" not in heading(page)
    (row,) = re.findall(r'<a [^>]*class="act"[^>]*>(?:(?!</a>).)*巫溪.*?</a>', page, flags=re.DOTALL)
    assert "无法判定" not in row
    assert "未报送" in row


def test_a_primary_school_has_not_left_out_what_only_a_junior_school_reports(deps: Dependencies) -> None:
    """What it was to report and did not is 未报送; the columns of the other stage are 不适用."""
    html = html_of(deps, "/school/S500242-001", "")
    cells = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", html))
    junior = {words for header, words in cells.items() if header.startswith("初中")}
    assert "初中在校生数" in cells
    assert junior == {"不适用"}
    assert cells["高中在校生数"] == "不适用"
    assert "高中在校生数未报送" not in Asked(deps, "2026", "as_was").page("/school/S500242-086").plain


def test_the_league_of_a_unit_that_sent_nothing_counts_none(deps: Dependencies) -> None:
    viewer = Viewer("区督导", frozenset({Permission.READ_FIGURES}), scope=Scope(frozenset({SILENT})))
    narrow = replace(deps, current_viewer=lambda: viewer).for_viewer()
    _, _, panels = page_of(narrow, "/league", "")
    heading = re.findall(r"<h1[^>]*>(.*?)</h1>", static_page("league", panels))[0]
    assert SENTENCE in heading
    assert "0个" not in heading


@pytest.mark.parametrize("period", ["2025", "2026"])
def test_parents_count_who_sent_nothing_as_the_league_does(deps: Dependencies, period: str) -> None:
    """巫溪 was `无法判定` where one chooses among parents."""
    a = Asked(deps, period, "as_was")
    names = {"met": "达标", "near": "临近", "unmet": "未达标", "undecidable": "无法判定", "not_reported": "未报送"}
    table = a.parents.table("临近")
    assert table is not None
    head, *rows = table.rows
    for row in rows:
        units = [u for u in a.rows.units if u.group_name == row[0]]
        if not units:
            continue
        for level, name in names.items():
            assert row[head.index(name)] == str(sum(u.standing == level for u in units)), (row[0], name)
            assert name in a.parents.plain
