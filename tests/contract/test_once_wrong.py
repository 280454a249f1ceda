"""Statements that were once said wrong, or said in two ways, with their right words."""

import base64
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from docx import Document
from openpyxl import load_workbook

from callbacks.dependencies import Dependencies
from callbacks.files.documents import letter_file
from callbacks.files.official_forms import forms_file
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.meeting_context import last_meeting
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import LOCAL_VIEWER, Scope
from data.settings import Settings
from data.store.engine import open_store
from data.store.meetings import Meeting, create_meeting
from layouts import formatting
from layouts.page import static_page
from layouts.routes import address_of
from tests.one_fact.surfaces import Asked, found

BASES = ("as_was", "current")


def words_of(deps: Dependencies, path: str, search: str = "") -> str:
    name, _, panels = page_of(deps, path, search)
    return re.sub(r"<[^>]*>", "", static_page(name, panels))


def narrow(deps: Dependencies, unit: str, schools: frozenset[str] | None = None) -> Dependencies:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({unit}), schools))
    return replace(deps, current_viewer=lambda: viewer)


def test_a_place_is_that_among_all_units_whoever_asks(deps: Dependencies) -> None:
    """A district's account was told `渝东南1个区县中第1`, its leader `6个中第6`."""
    whole = words_of(deps, "/district/500242")
    own = words_of(narrow(deps, "500242").for_viewer(), "/district/500242")
    assert "渝东南有名次的5个区县中第5" in whole
    assert "渝东南有名次的5个区县中第5" in own
    assert "规模相近" in whole
    assert "规模相近" not in own
    assert "本页只含酉阳" in own
    assert "本页只含" not in whole


def test_a_shared_place_reads_as_one(deps: Dependencies) -> None:
    """`8个区县中第并列3`."""
    assert "中心城区有名次的8个区县中并列第3 · " in Asked(deps, "2026-03", "as_was", "P50LJ2").district.plain


def test_a_form_of_some_schools_says_so_on_every_sheet(deps: Dependencies) -> None:
    snapshot = deps.warehouse.current()
    (school, *_) = re.findall(r"/school/(\w+)", str(page_of(deps, "/district/500242", "")[2]))
    few = narrow(deps, "500242", frozenset({school})).for_viewer()
    for given, is_partial in ((few, True), (deps, False)):
        sent = forms_file(given, "forms", "/district/500242", "")
        assert sent is not None
        book = load_workbook(io.BytesIO(base64.b64decode(str(sent["content"]))))
        assert len(book.worksheets) > 3
        titles = [str(sheet.cell(1, 1).value) for sheet in book.worksheets]
        assert all(("部分：只含1所学校" in t) is is_partial for t in titles), titles
        assert ("部分" in str(sent["filename"])) is is_partial
    assert snapshot.scope.schools is None


def test_the_letter_quotes_the_value_that_the_warning_compares(deps: Dependencies) -> None:
    letter = letter_file(deps, "500110", "/warn", "")
    assert letter is not None
    paper = Document(io.BytesIO(base64.b64decode(str(letter["content"]))))
    words = "\n".join(
        [p.text for p in paper.paragraphs] + [c.text for t in paper.tables for r in t.rows for c in r.cells]
    )
    assert "0.469" in words
    assert "0.464" not in words


@pytest.mark.parametrize(
    ("today", "late"),
    [("2026-09-30", "21个月"), ("2026-12-31", "24个月"), ("2027-01-15", "2.1年"), ("2028-06-30", "3.5年")],
)
def test_what_runs_out_counts_from_today(deps: Dependencies, today: str, late: str) -> None:
    """渝中 was to comply by the end of 2024: months up to two years, then years."""
    now = replace(deps, now=lambda: datetime.fromisoformat(f"{today}T04:00"))
    for path, search in (("/district/500103", ""), ("/", "?district=500103")):
        assert f"逾期{late}" in words_of(now, path, search)
    city = words_of(now, "/")
    assert f"逾期{late}未达标" in city
    day = date.fromisoformat(today)
    assert f"{day.year}年{day.month}月{day.day}日距" in city


def test_in_a_pinned_meeting_today_is_its_day(deps: Dependencies, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = open_store(Settings(var_folder=tmp_path_factory.mktemp("meeting")))
    now = replace(deps, store=store, now=lambda: datetime.fromisoformat("2028-06-30T04:00"))
    pinned = now.warehouse.current().info.snapshot_id
    code = create_meeting(
        store, LOCAL_VIEWER, "例会", date(2026, 12, 10), pinned, datetime.fromisoformat("2026-12-01T02:00")
    )
    assert "逾期24个月" in words_of(now, "/", f"?snapshot={pinned}&meeting={code}&district=500103")
    assert "逾期3.5年" in words_of(now, "/", "?district=500103")


def test_the_last_meeting_is_one_held_before_what_is_shown_was_followed(
    deps: Dependencies, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """2019 was compared with a meeting of 2026, and a meeting to come was the last one."""
    store = open_store(Settings(var_folder=tmp_path_factory.mktemp("meetings")))
    now = replace(deps, store=store, now=lambda: datetime.fromisoformat("2026-12-01T02:00"))
    snapshot = now.warehouse.current()
    for day in (date(2026, 10, 8), date(2026, 12, 20)):
        create_meeting(store, LOCAL_VIEWER, "例会", day, snapshot.info.snapshot_id, now.now())

    def last(search: str) -> Meeting | None:
        address = address_of("/plan", search)
        assert address is not None
        return last_meeting(now, load_unit_context(now, snapshot, read_state(snapshot, address)))

    held = last("")
    assert held is not None
    assert held.held_on == date(2026, 10, 8)
    assert last("?period=2019") is None
    assert "2026年10月8日" not in words_of(now, "/plan", "?period=2019")


@pytest.mark.parametrize("basis", BASES)
def test_a_count_compared_is_one_of_the_same_units(deps: Dependencies, basis: str) -> None:
    """`较2025年减3个` compared 27 of 37 with 30 of 41 units; a chosen unit mixed city and unit."""
    for indicator in ("L2", "L5"):
        words = words_of(deps, "/", f"?basis={basis}&indicator={indicator}")
        assert ("/41个" in words) is (basis == "as_was"), indicator
    strips = {
        found(r"((?:较2025年|可与2025年比的\d+个) ?[+−±]\d+)", words_of(deps, "/", f"?basis={basis}{more}"))
        for more in ("", "&district=500242")
    }
    assert len(strips) == 1


def test_who_did_not_report_is_given_no_number(deps: Dependencies) -> None:
    """巫溪 read `各校没有缺口`, `0个学段有硬缺口`, `32项中0项达标` where nothing is known of it."""
    a = Asked(deps, "2026", "as_was", "500238")
    for surface in (a.district, a.page("/"), a.page("/league"), a.page("/matrix"), a.page("/plan")):
        assert "未报送" in surface.plain
        for wrong in (
            "没有缺口",
            "没有未达标的",
            "达标0项",
            "0/32",
            "0个参评",
            "0项差异",
            "0/0达标",
            "0所薄弱",
            "学校0所",
            "没有各轮都未走到",
        ):
            assert wrong not in surface.plain, wrong
    assert "未报送" in a.page("/", "&stage=primary").heading
    for kind in ("docx", "pptx", "pdf"):
        paper = a.paper(kind)
        assert "本期未报送" in paper
        for wrong in ("0个学段", "0所学校", "0项达标", "0项差异系数", "0/32", "0所达标"):
            assert wrong not in paper, (kind, wrong)
    city = Asked(deps, "2026", "as_was")
    (row,) = [r for r in city.page("/rounds").rows("薄弱未走访") if r[0] == "巫溪"]
    assert (row[1], row[-1]) == ("—", "—")
    (row,) = [r for r in city.page("/matrix").tables[0].rows if r[0] == "巫溪"]
    assert row[1] == "—"
    (row,) = [r for r in city.page("/league").tables[0].rows if r[1] == "巫溪"]
    assert row[4] == "—"


def test_behind_and_overdue_are_counted_under_words_that_say_which(deps: Dependencies) -> None:
    """`18个落后` stood above `落后 15`; the slide on the plan counted those with a date alone."""
    for period, basis in (("2026", "as_was"), ("2025", "current")):
        a = Asked(deps, period, basis)
        levels = Counter(u.progress for u in a.rows.units)
        behind = levels["late"] + levels["overdue"] + levels["veto"]
        assert behind > levels["late"] > 0
        assert f"{behind}个落后或逾期" in a.page("/").heading
        assert f"{behind}个落后或逾期" in a.slides["overview"].title_words
        assert f"落后|{levels['late']}|" in a.page("/").words
        assert f"{behind}个区县落后或已逾期" in a.slides["plan"].sentence


def test_a_unit_that_cannot_be_judged_did_report(deps: Dependencies) -> None:
    """A slide said of 九龙坡, which reported: `另有九龙坡未报送，无法判定`."""
    sentence = Asked(deps, "2025", "current").slides["overview"].sentence
    assert "另有1个无法判定（九龙坡）" in sentence
    assert "未报送" not in sentence
    assert "另有1个未报送（巫溪）" in Asked(deps, "2026", "current").slides["overview"].sentence


def test_no_time_is_left_to_a_target_that_has_passed(deps: Dependencies) -> None:
    """Of the returns of 2019, on a day of 2026: `距目标还有0个月`."""
    assert Asked(deps, "2019", "as_was").slides["plan"].sentence.startswith("目标已到期；")


def test_in_spring_the_units_within_a_limit_are_those_of_spring(deps: Dependencies) -> None:
    """The headline said 27 and the title below it, of the autumn before, 30."""
    page = Asked(deps, "2026-03", "as_was").page("/", "&indicator=L2")
    assert "27个骨干教师差异系数在上限内" in page.heading
    assert "骨干教师：27个区县在上限内，单位有变：2025年30/41个（73.2%），本期27/37个（73.0%）" in page.plain


def test_in_spring_the_items_of_a_unit_are_those_that_fail_in_spring(deps: Dependencies) -> None:
    """綦江 had `7项未达标` beside 8: the table was of the autumn that the forecast starts from."""
    plan = Asked(deps, "2026-03", "as_was", "500110").page("/plan")
    assert "綦江：8项未达标" in plan.plain
    rows = plan.rows("各项何时达标")
    assert [r[2] for r in rows if r[0].startswith("L1 ")] == ["本期新出现，秋季才推算"]
    slowest = Asked(deps, "2026-03", "as_was", "500115")
    assert "L2" not in (slowest.row.failing_items or "")
    named = found(r"最慢的一项：(\w+)", slowest.page("/plan").plain)
    assert named in (slowest.row.failing_items or "").split()


def test_an_exempt_item_of_the_ledger_has_the_mark_of_what_need_not_be_supplied(deps: Dependencies) -> None:
    """◆ 可留的1项，可不补 stood beside ▲ 可留的1项，可不补 of the matrix."""
    html = Asked(deps, "2026", "as_was").page("/ledger").html
    cells = re.findall(r"<td[^>]*>((?:(?!</td>).)*可留的1项，可不补)</td>", html)
    assert cells
    assert all("g-near" in c and "g-unmet" not in c for c in cells), cells[0]


def test_an_arrow_of_the_matrix_says_what_it_looks_at(deps: Dependencies) -> None:
    """北碚 owed 3,752㎡ a year before, and 7,470 stood beside 较上年变好; both CVs had got worse."""
    page = Asked(deps, "2026", "as_was").page("/matrix")
    cells = re.findall(r'<td[^>]*aria-label="([^"]*)"', page.html)
    (rooms,) = [c for c in cells if c.startswith("北碚 L4")]
    assert rooms.endswith("差7,470㎡，距标准最远处较上年更近")
    (backbone,) = [c for c in cells if c.startswith("酉阳 L2")]
    assert backbone.endswith("差43人，未达标又变差")
    assert "箭头看距标准最远处" in page.plain
    assert not re.search("较上年变好|↓变好", page.plain + "".join(cells))


@pytest.mark.parametrize("period", ["2025", "2026-03", "2026"])
def test_the_years_between_which_a_unit_improved_are_those_of_its_two_values(deps: Dependencies, period: str) -> None:
    """In March 2026 the autumns of 2022 and 2025 stood under `2023→2026年`."""
    shown = Asked(deps, period, "as_was")
    years = re.search(r"(\d{4})→(\d{4})年，最大差异系数下降", shown.page("/league").plain)
    assert years is not None
    named = {u.short_name: f"{u.district_code} {u.worst_stage} {u.worst_indicator_code}" for u in shown.rows.units}
    cvs = [
        {f"{c.district_code} {c.stage} {c.indicator_code}": formatting.cv(c.cv, c.cv_limit) for c in asked.rows.cvs}
        for asked in (Asked(deps, year, "as_was") for year in years.groups())
    ]
    (table,) = [t for t in shown.page("/league").tables if "进步最快" in t.title]
    assert table.rows
    for unit, values, *_ in table.rows:
        assert values.replace(" ", "").split("→") == [year[named[unit]] for year in cvs], unit


def test_the_matrix_counts_double_reds_as_the_other_pages_do(deps: Dependencies) -> None:
    """`5个区县8项` on two pages, `5个区县7格` on the third: a cell holds two stages."""
    assert "5个区县8项，在7格" in Asked(deps, "2026", "as_was").page("/matrix").plain


def test_a_limit_has_its_two_digits_wherever_it_stands(deps: Dependencies) -> None:
    a = Asked(deps, "2026", "as_was")
    assert "上限0.50" in a.page("/trend").plain
    assert a.page("/trend").plain.count("上限0.5") == a.page("/trend").plain.count("上限0.50")
    assert "小学上限0.50，初中上限0.45" in a.slides["trend"].sentence
    assert re.findall(r"\|(≤ 0\.\d+)\|", a.page("/method").words)[:2] == ["≤ 0.50", "≤ 0.45"]


def test_items_that_fail_equally_often_are_both_the_most(deps: Dependencies) -> None:
    """The page named L2 and L5, 21 units each; the slide L2 alone."""
    title = Asked(deps, "2026", "as_was").slides["matrix"].title_words
    assert title.endswith("L2 骨干教师、L5 运动场馆最多")


def test_all_that_a_link_counts_are_behind_it(deps: Dependencies) -> None:
    """`查看全部37个` led to a league of one group's 11 units, or of the one that was chosen."""
    for more, count in (("", 37), ("&group=northeast", 11), ("&district=500242", 37)):
        page = Asked(deps, "2026", "as_was").page("/", more)
        match = re.search(r'href="/league([^"]*)"[^>]*>查看全部(\d+)个', page.html)
        assert match is not None
        league = words_of(deps, "/league", match[1].replace("&amp;", "&"))
        assert (int(match[2]), f"共{count}个；" in league) == (count, True)
