"""A title that counts says as many as there are rows below it, with those it says are left out."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from callbacks.dependencies import Dependencies
from data.rows.changes import CellChange, CellRow, Changes, ReturnsRow, VerdictChange
from data.text import text
from layouts.export.tables import tables_of
from layouts.page import static_page
from layouts.pages.changes.page import ChangesView, panels
from layouts.pages.ledger.rows import TABS
from layouts.pages.matrix.rows import CELL_LEVELS
from layouts.pages.warn.summary import LEVELS
from layouts.parts.double_red import DOUBLE_RED
from tests.one_fact.surfaces import Asked, Page, found

STATES = (("2026", "as_was"), ("2025", "current"))
UNIT = "500242"
Counted = tuple[str | None, int]
"""What a title says, None where it is not said; and what stands below."""


@pytest.fixture(scope="module", params=STATES, ids="-".join)
def city(deps: Dependencies, request: pytest.FixtureRequest) -> Asked:
    return Asked(deps, *request.param)


@pytest.fixture(scope="module")
def unit(city: Asked) -> Asked:
    """酉阳 in the same state: it lacks much, and is warned of much."""
    return Asked(city.deps, city.period, city.basis, UNIT, kept=city.kept)


def section_of(page: Page, title: str) -> str:
    """The HTML of the section whose heading begins so."""
    return next(
        (s.split("</section>")[0] for s in page.html.split("<section")[1:] if re.search(rf"<h2[^>]*>{title}", s)), ""
    )


def bars(a: Asked, slide: str, tone: str = "") -> int:
    return sum(not tone or b.tone == tone for b in a.slides[slide].bars)


CITY: dict[str, Callable[[Asked], Counted]] = {
    "league": lambda a: (found(r"共(\d+)个；", a.page("/league").plain), len(a.page("/league").tables[0].rows)),
    "overview, to do": lambda a: (
        found(r"现在要办的(\d+)件事", a.page("/").plain),
        a.page("/").html.count('class="act"') + int(found(r"另有(\d+)件，见", a.page("/").plain) or 0),
    ),
    "matrix of what fails and got worse": lambda a: (
        found(r"的(\d+)项差异系数未达标又变差", a.page("/matrix", "&only=double_red").heading)
        or str(int("没有未达标又变差的差异系数" not in a.page("/matrix", "&only=double_red").heading)),
        int(found(r"未达标又变差\d+个区县(\d+)项", a.page("/").plain) or 0),
    ),
    "warn, rules": lambda a: (found(r"预警规则(\d+)条", a.page("/warn").plain), len(a.page("/warn").tables[-1].rows)),
    "rounds, schools to visit": lambda a: (
        found(r"\|(\d+)所薄弱学校各轮都未走到，先走访", a.page("/rounds").words),
        len(a.page("/rounds").rows("先走访")) + int(found(r"另有(\d+)所", a.page("/rounds").plain) or 0),
    ),
    "rounds, units": lambda a: (str(len(a.rows.units)), len([r for r in a.page("/rounds").rows("薄弱未走访") if r[1]])),
    "funds": lambda a: (found(r"(\d+)笔经费", a.page("/funds").plain), len(a.page("/funds").rows("现状"))),
    "trend, small charts": lambda a: (
        found(r"(\d+)个区县，同一坐标", a.page("/trend").plain),
        len(re.findall(r'class="multiple[" ]', a.page("/trend").html)),
    ),
    "library": lambda a: (
        found(r"(\d+)份文件", a.page("/library").heading),
        sum(len(t.rows) - t.head_rows for t in a.page("/library").tables),
    ),
    "slide on items": lambda a: (found(r"^(\d+)项指标", a.slides["matrix"].title_words), bars(a, "matrix")),
    "slide on who is behind": lambda a: (
        found(r"^(\d+)个区县有未达标项", a.slides["league"].title_words),
        bars(a, "league"),
    ),
    "slide on spread": lambda a: (
        found(r"^(\d+)个区县差异系数", a.slides["trend"].title_words),
        bars(a, "trend", "unmet"),
    ),
    "slide on rounds": lambda a: (found(r"(\d+)", a.number("rounds", "各轮走访的区县") or ""), bars(a, "rounds")),
}
OWN: dict[str, Callable[[Asked], Counted]] = {
    "district, what fails": lambda a: (
        found(r"，未达标(\d+)项，", a.district.plain),
        a.district.html.split('class="failing"')[1].split("</ul>")[0].count('class="t-unmet"')
        + int(found(r"另有(\d+)项", a.district.plain) or 0),
    ),
    "district, schools": lambda a: (
        found(r"先列达标项最少的(\d+)个", a.district.plain) or found(r"(\d+)所（部）未达标", a.district.plain),
        len(a.district.rows("所（部）未达标")),
    ),
    "district, CVs over limits": lambda a: (
        found(r"(\d+)个差异系数超过上限", a.district.plain),
        section_of(a.district, r"\d+个差异系数").count("num b c-fail"),
    ),
    "overview, items": lambda a: (str(a.row.failed_count), a.page("/").html.count('"item-row"')),
    "plan, items": lambda a: (
        found(r"：(\d+)项未达标，各项", a.page("/plan").plain),
        len(a.page("/plan").rows("各项何时达标")),
    ),
    "schools' matrix, all": lambda a: (
        found(r"显示(\d+)所（部）", a.page("/matrix", "&only=all").plain),
        len(a.page("/matrix", "&only=all").rows("学段")),
    ),
    "schools' matrix, failing": lambda a: (
        found(r"(\d+)所（部）未达标", a.page("/matrix").heading),
        len(a.page("/matrix", "&only=failing").rows("学段")),
    ),
    "CV": lambda a: (found(r"(\d+)所（部）参评，", cv_page(a).plain), len(cv_page(a).rows("占比"))),
    "slide on items": lambda a: (found(r"，(\d+)项未达标", a.slides["overview"].title_words), bars(a, "overview")),
    "slide on spread": lambda a: (
        found(r"(?:^|：)(\d+)项差异系数", a.slides["cv"].title_words),
        bars(a, "cv", "unmet"),
    ),
    "slide on schools": lambda a: (found(r"(?:^|：)(\d+)所学校", a.slides["school"].title_words), bars(a, "school")),
    "school, returns": lambda a: (found(r"(\d+)次报送", school(a).plain), len(school(a).rows("校名"))),
    "warn": lambda a: (found(r"预警(\d+)项", section_of(a.page("/warn"), "预警")), len(warnings_of(a.page("/warn")))),
}


def cv_page(a: Asked) -> Page:
    assert a.row.worst is not None
    return a.page(f"/cv/{a.unit}/{a.row.worst.stage}/{a.row.worst.indicator_code}")


def school(a: Asked) -> Page:
    return a.page(found(r'href="(/school/[^"?]+)', a.district.html) or "")


def warnings_of(page: Page) -> list[list[str]]:
    """The rows of warnings, without the rules that they stand under."""
    return [row for row in page.rows("回复期限") if row[1]]


def check(counted: Counted) -> None:
    said, below = counted
    assert said is not None
    assert int(said.replace(",", "")) == below


@pytest.mark.parametrize("title", CITY)
def test_a_title_of_the_city_counts_its_rows(city: Asked, title: str) -> None:
    check(CITY[title](city))


@pytest.mark.parametrize("title", OWN)
def test_a_title_of_a_unit_counts_its_rows(unit: Asked, title: str) -> None:
    check(OWN[title](unit))


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_of_the_ledger_counts_its_issues(city: Asked, tab: str) -> None:
    page = city.page("/ledger", f"&only={tab}&measure=all")
    said = found(r'class="on"[^>]*>[^\d<]+([\d,]+)</a>', page.html)
    assert said is not None
    titles = [t for t in page.section_titles if re.search(rf"(?<!\d){said}条", t)]
    assert titles, page.section_titles
    check((said, len(page.rows("办理进度"))))


def test_the_ledger_says_how_many_issues_it_leaves_out(city: Asked) -> None:
    page = city.page("/ledger", "&only=open")
    match = re.search(r"按序显示前(\d+)条，共([\d,]+)条", page.plain)
    assert match is not None
    check((match[1], len(page.rows("办理进度"))))
    assert match[2] in page.plain.split("条在办问题")[0][-6:]


@pytest.mark.parametrize("only", [*LEVELS, "new", "reminded"])
def test_a_choice_of_warnings_counts_its_rows(city: Asked, only: str) -> None:
    page = city.page("/warn", f"&only={only}")
    check((found(r'class="on"[^>]*>[^\d<]+([\d,]+)</a>', page.html), len(warnings_of(page))))
    check((found(r"预警(\d+)项", section_of(page, "预警")), len(warnings_of(page))))


def test_the_key_of_the_matrix_counts_its_cells(city: Asked) -> None:
    page = city.page("/matrix")
    for level in (*CELL_LEVELS, DOUBLE_RED):
        said = found(rf'key-{level}".*?<b> ([\d,]+)</b>', page.html)
        shown = city.page("/matrix", f"&only={level}").html
        cells = len(re.findall(r'class="m-[a-z]+(?: m-cv)?(?: m-sign)?"', shown))
        assert (said is None and level == "veto") or int((said or "-1").replace(",", "")) == cells, level


@pytest.mark.parametrize("grouping", ["verdict", "group"])
def test_a_heading_of_the_league_counts_its_units(city: Asked, grouping: str) -> None:
    rows = city.page("/league", f"&grouping={grouping}").tables[0].rows
    heads = [n for n, row in enumerate(rows) if len([c for c in row if c]) == 1]
    assert len(heads) > 1
    for head, following in zip(heads, [*heads[1:], len(rows)], strict=True):
        check((found(r"(\d+)个", rows[head][0]), following - head - 1))


def test_a_phase_of_the_plan_counts_its_units(city: Asked) -> None:
    rows = [r for r in city.page("/plan").rows("推算的达标时间") if r[0]]
    heads = [n for n, row in enumerate(rows) if not any(row[1:])]
    assert len(heads) > 1
    for head, following in zip(heads, [*heads[1:], len(rows)], strict=True):
        said = found(r"(\d+)个 ", rows[head][0])
        assert said is None or int(said) == following - head - 1, rows[head]


def test_a_level_of_the_strip_counts_its_tiles(city: Asked) -> None:
    groups = city.page("/").html.split('class="strip-group"')[1:]
    assert len(groups) > 1
    for group in groups:
        check(
            (
                found(r"<b> (\d+)</b>", group),
                len(re.findall(r'class="strip-tile ', group.split('class="strip-group"')[0])),
            )
        )


def test_leads_are_as_many_as_are_listed(deps: Dependencies) -> None:
    page = Asked(deps, "2026", "as_was").page("/leads")
    lists = [t for t in page.tables if re.search(r"：\d+条$", t.title)]
    assert lists
    for table in lists:
        check((found(r"：(\d+)条", table.title), len(table.rows) - table.head_rows))
    check((found(r"有(\d+)条线索", page.heading), sum(len(t.rows) - t.head_rows for t in lists)))


@pytest.mark.parametrize("count", [1, 3, 250])
def test_changed_cells_are_as_many_as_are_listed(deps: Dependencies, count: int) -> None:
    a = Asked(deps, "2026", "as_was")
    before = CellRow("S1", "示例", "primary", "L2", 0.9, 1.0, is_met=False)
    cells = [CellChange("2026", UNIT, before, replace(before, section_value=1.0, is_met=True))]
    verdicts = [VerdictChange("2026", UNIT, "酉阳", "unmet", "met")] * count
    returns = [ReturnsRow("2026", UNIT, "b1", datetime(2026, 12, 1), "甲", "a.csv", 1)] * count  # noqa: DTZ001
    info = a.rows.snapshot
    view = ChangesView(
        a.rows,
        info,
        info,
        Changes([], returns, cells * count, verdicts),
        {},
        {},
        "",
        {"2026": date(2026, 9, 30)},
        [info.snapshot_id],
    )
    drawn = panels(view, [])
    page = Page(static_page("changes", drawn), tables_of(drawn, "changes"))
    listed = len(page.rows("更正前")) + int(found(r"另有(\d+)格未列出", page.plain) or 0)
    check((found(r"变化(\d+)格：", page.plain), listed))
    check((found(r"，(\d+)格数字变化", page.heading), listed))
    check((found(r"，(\d+)格由未达标变为达标", page.heading), listed))
    for title in (r"\d+个区县总判定变化", r"更正报表\d+份"):
        part = section_of(page, title)
        check((found(r"(\d+)", re.sub(r"<[^>]*>", "", part)), part.count("<li")))


@pytest.mark.parametrize("count", [1, 12, 17])
def test_versions_are_as_many_as_are_listed(deps: Dependencies, count: int) -> None:
    """`已发布的17个版本` stood above twelve."""
    a = Asked(deps, "2026", "as_was")
    info = a.rows.snapshot
    versions = [f"202611{day:02}-000000-79fe7c10" for day in range(1, count)] + [info.snapshot_id]
    view = ChangesView(a.rows, info, info, Changes([], [], [], []), {}, {}, "", {"2026": date(2026, 9, 30)}, versions)
    drawn = panels(view, [])
    page = Page(static_page("changes", drawn), tables_of(drawn, "changes"))
    part = section_of(page, r"已发布的\d+个版本")
    more = int(found(r"另有(\d+)个更早的版本未列出", page.plain) or 0)
    check((found(r"已发布的(\d+)个版本", page.plain), part.count("<li") + more))
    is_first = count == 1
    assert (text("changes.no_earlier") in page.plain) is is_first, "只有这一个版本 stood above 已发布的2个版本"
    assert (text("changes.same_version") in page.plain) is not is_first
