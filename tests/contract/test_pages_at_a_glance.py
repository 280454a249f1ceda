"""Pages that looked unfinished say at a glance what they are about; what is expected is counted from published rows."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.warn import warn_view
from callbacks.rendering.page_context import load_unit_context, read_state
from data.clock import day_of
from data.store.warning_state import WarningState
from layouts.markup import to_html
from layouts.pages.warn.deadlines import deadlines
from layouts.routes import address_of
from queries import matrix, trend
from tests.one_fact.surfaces import Asked, found
from tests.present import present


def city(deps: Dependencies) -> Asked:
    return Asked(deps, "2026", "as_was")


def test_warnings_stand_under_their_rule_which_is_said_once(deps: Dependencies) -> None:
    """The same rule stood 19 times in a column of its own."""
    page = city(deps).page("/warn")
    titles = re.findall(
        r'<th scope="rowgroup"[^>]*>(?:<span[^>]*>.</span>)?([^<]+)：(\d+)个区县，提醒后\d+天内回复', page.html
    )
    rows = [row for row in page.rows("回复期限") if row[1]]
    assert len({name for name, _ in titles}) == len(titles) >= 6
    assert Counter(row[2] for row in rows) == {name: int(units) for name, units in titles}


def test_who_must_answer_by_when_counts_every_warning_that_waits(deps: Dependencies) -> None:
    a = city(deps)
    page = a.page("/warn")
    waiting = [row for row in page.rows("回复期限") if row[1] and row[5] == "待提醒"]
    assert waiting
    deadline = page.rows("回复时限")
    assert sum(int(row[1]) for row in deadline) == len(waiting)
    for when, count, units in deadline:
        own = Counter(row[1] for row in waiting if row[6] == when)
        assert int(count) == sum(own.values())
        named = {m[0]: int(m[1] or 1) for m in re.findall(r"([^、（]+)(?:（(\d+)）)?(?:、|$)", units)}
        assert named == dict(own)
    assert page.section_titles.count("谁须在何时回复") == 1


def test_the_reminded_stand_first_by_their_day_and_the_late_are_red(deps: Dependencies) -> None:
    snapshot = deps.warehouse.current()
    address = present(address_of("/warn", ""))
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    view = warn_view(deps, snapshot, rows)
    first, second, *rest = view.warnings
    now = deps.now()

    def reminded(days_ago: int) -> WarningState:
        return WarningState("", "reminded", None, 1, "市督导", now - timedelta(days=days_ago))

    late = replace(first, state="reminded", record=reminded(400))
    due = replace(second, state="reminded", record=reminded(0))
    drawn = to_html([deadlines(replace(view, warnings=[due, late, *rest]))])
    days = re.findall(r'<td class="([^"]*)">(\d{4}年\d+月\d+日)</td>', drawn)
    until = [day_of(w.record.updated_at) + timedelta(days=w.rule.days_to_answer) for w in (late, due) if w.record]
    assert [day for _, day in days] == [f"{d.year}年{d.month}月{d.day}日" for d in until]
    assert [("c-fail" in look) for look, _ in days] == [True, False]
    assert f"已提醒、待回复2项；待提醒{sum(w.state == 'new' for w in rest)}项" in drawn


def test_the_trend_of_the_city_names_who_got_worse_and_its_filters_are_its_sentence(deps: Dependencies) -> None:
    """The title read `30个下降、1个上升、0个持平、3个起伏、2个不足以判断、1个未报送` under 指标 总判定."""
    a = city(deps)
    page = a.page("/trend")
    directions = trend.directions(deps.warehouse.current(), "2026", "as_was", "cv", ("primary", "L2"))
    kinds = Counter(d.course.kind for d in directions)
    names = {u.district_code: u.short_name for u in a.rows.units}
    worse = [names[d.district_code] for d in directions if d.course.kind == "rose"]
    assert (
        page.heading
        == f"小学骨干教师差异系数：37个区县中{len(worse)}个变差（{'、'.join(worse)}）、{kinds['fell']}个变好"
    )
    chosen = re.findall(r'<option value="[^"]*" selected[^>]*>([^<]+)<', page.html)
    assert {"小学", "L2 骨干教师"} <= set(chosen)


def test_without_a_district_the_change_of_the_worst_is_taken_apart(deps: Dependencies) -> None:
    """Half of the page was empty until a district was chosen; of one, rows read 0.000."""
    page = city(deps).page("/trend")
    titles = [t for t in page.section_titles if t.startswith("酉阳（最大）：")]
    assert len(titles) == 2
    before, after = re.findall(r"由([\d.]+)（[^）]*）到([\d.]+)", next(t for t in titles if "差异系数" in t))[0]
    assert (len(before), len(after)) == (5, 5)
    own = Asked(deps, "2026", "as_was", "500242").page("/trend")
    for drawn in (page, own):
        causes = next(t for t in drawn.tables if "差异系数由" in t.title).rows
        amounts = [float(row[-1].replace("−", "-").replace("+", "")) for row in causes]
        assert 0.0 not in amounts
        assert sum(amounts[:-1]) == pytest.approx(amounts[-1])
        assert "影响不到0.001的：" in drawn.plain


def test_the_page_on_methods_begins_with_the_words_and_the_items(deps: Dependencies) -> None:
    a = city(deps)
    page = a.page("/method")
    assert page.section_titles[:2] == ["先看这些词", "32项指标，以及一票否决7项、申报条件1项，各有多少区县未达标"]
    cells = matrix.cells(deps.warehouse.current(), "2026", "as_was")
    failing = Counter(c.item_code for c in cells if c.is_met is False)
    rows = page.rows("怎样判")
    assert {row[0]: int(found(r"(\d+)", row[4]) or 0) for row in rows if row[4]} == failing
    assert len({c.item_code for c in cells} - {row[0] for row in rows}) <= 1, "the prerequisite alone is no such item"
    assert len(rows) == 32 + 7 + 1
    assert 'data-find="1"' in page.html


def test_the_page_on_methods_asks_of_an_item_what_it_is_judged_by(deps: Dependencies) -> None:
    """`各校达到标准值` of an item that is met where a complying section is short of it."""
    new_area = Asked(deps, "2026", "as_was", "P50LJ2")
    short = [r for r in new_area.page("/matrix").rows("达标") if any("可留的1项" in c for c in r)]
    assert short
    assert "32项达标32项" in new_area.page("/league").plain
    asks = {row[0]: row[3] for row in city(deps).page("/method").rows("怎样判")}
    assert {asks[f"L{n}"] for n in range(1, 8)} == {"没有未达标学校短缺此项，各学段差异系数不超上限"}


def test_a_met_cell_of_the_matrix_is_a_dot_and_a_cv_is_no_amount(deps: Dependencies) -> None:
    page = city(deps).page("/matrix")
    cells = re.findall(r'<td class="(m-unmet[^"]*)"[^>]*data-why="item\.\d+\.L\d"[^>]*>([^<]*)', page.html)
    assert cells
    for look, words in cells:
        assert ("m-cv" in look) == words.startswith("系数"), words
        assert words.startswith(("系数", "◆")), words
    heads = re.findall(
        r'data-tip="(L\d) [^"]*"><span>L</span><span>\d</span><small class="unit">([^<]+)</small>', page.html
    )
    assert dict(heads)["L2"] == "人"
    assert {unit for _, unit in heads} == {"人", "㎡", "万元", "间"}
    assert "缺口合计空白为无缺口" in page.plain
    assert not [row for row in page.tables[0].rows if row[-4:] == ["0", "0", "0", "0"]]


def test_a_unit_with_few_failing_sections_lists_those_that_lack_nothing(deps: Dependencies) -> None:
    a = Asked(deps, "2026", "as_was", "500103")
    page = a.page("/matrix")
    listed = page.html.split('class="folded"')[1].split("</section>")[0].count("<a ")
    assert f"{listed}所（部）没有短缺" in page.section_titles
    total = int(found(r"参评的(\d+)所（部）中", page.heading) or 0)
    assert listed + len(page.rows("学段")) == total
    assert 'class="folded"' not in a.page("/matrix", "&only=all").html
