"""The dots of a look ahead: who stands between the two lines, and what the picture and its table say of it."""

from typing import Any

import pytest

from data.warehouse.trial_places import Measure, Standing, measure_of, places_of
from layouts.charts.specification import Between, Dot, Upright, Watermark
from layouts.markup import to_html
from layouts.office.catalogue_places import places_chart, places_part

CLASSES = Measure("class_size_primary", "", {})
NAMES = {"1": "大渡口", "2": "铜梁", "3": "涪陵", "4": "城口", "5": "巫溪"}
SIZES = {"1": 44, "2": 45, "3": 44, "4": 43, "5": 52}


def standings(line: float) -> dict[str, Standing]:
    return {code: Standing(size, line, size <= line) for code, size in SIZES.items()}


def places(before: float = 45, after: float = 43) -> dict[str, Any]:
    return places_of(CLASSES, standings(before), standings(after), NAMES)


def test_the_sentence_names_who_stands_between_the_lines() -> None:
    assert places_chart(places()).title == "3个区县在43与45之间，会改变：大渡口、铜梁、涪陵"
    assert "1个原已未达标，不受影响" in to_html(places_part(places()))
    assert places_chart(places(45, 46)).title == "没有区县在45与46之间：都不改变"
    assert places_chart(places(43, 45)).title == "3个区县在43与45之间，会改变：大渡口、铜梁、涪陵"


def test_a_sentence_of_many_counts_those_that_it_does_not_name() -> None:
    sizes = {str(n): 44 for n in range(20)}
    lines = [{code: Standing(size, line, size <= line) for code, size in sizes.items()} for line in (45, 43)]
    title = places_chart(places_of(CLASSES, lines[0], lines[1], {})).title
    assert title == "20个区县在43与45之间，会改变：0、1、10、11、12、13、14、15等（另12个）"


def test_every_unit_is_a_dot_at_its_value_and_none_covers_another() -> None:
    chart = places_chart(places())
    dots = [m for m in chart.marks if isinstance(m, Dot)]
    assert sorted(d.x for d in dots) == sorted(SIZES.values())
    assert {d.words: d.level for d in dots} == {
        "大渡口 44": "turned",
        "铜梁 45": "turned",
        "涪陵 44": "turned",
        "城口 43": "met",
        "巫溪 52": "unmet",
    }
    assert len({(d.x, d.y) for d in dots}) == len(SIZES)
    assert sorted(d.y for d in dots if d.x == 44) == [0.5, 1.5]


@pytest.mark.parametrize(("before", "after", "sides"), [(45, 43, ("start", "end")), (43, 45, ("end", "start"))])
def test_both_lines_stand_there_with_their_words_apart(before: float, after: float, sides: tuple[str, str]) -> None:
    notes = places_chart(places(before, after)).annotations
    lines = {n.words: (n.x, n.anchor) for n in notes if isinstance(n, Upright)}
    assert lines == {f"现行{before}": (before + 0.5, sides[0]), f"拟改{after}": (after + 0.5, sides[1])}
    assert [n for n in notes if isinstance(n, Between)] == [Between(43.5, 45.5)]
    assert [n.words for n in notes if isinstance(n, Watermark)] == ["推演"]


def test_the_same_stands_in_a_table_and_on_the_picture() -> None:
    page = to_html(places_part(places()))
    assert page.count("<title>") == len(SIZES)
    assert "<title>铜梁 45</title>" in page
    assert page.count("推演") == 4
    assert page.index(">巫溪<") < page.index(">铜梁<") < page.index(">城口<")


def test_a_cv_is_said_on_its_side_of_both_lines() -> None:
    one = {"1": Standing(0.45004, 0.5, is_met=True)}
    after = {"1": Standing(0.45004, 0.45, is_met=False)}
    chart = places_chart(places_of(Measure("cv", "", {}), one, after, NAMES))
    assert [m.words for m in chart.marks if isinstance(m, Dot)] == ["大渡口 0.45004"]


def test_no_picture_where_no_line_of_units_moves() -> None:
    assert places(45, 45) == {}
    assert places_of(None, {}, {}, NAMES) == {}
    assert places_of(CLASSES, {}, {}, NAMES) == {}
    assert places_part({}) == []


@pytest.mark.parametrize(
    ("table", "cells", "kind"),
    [
        ("parameters", {"parameter_code": "class_size_limit_junior"}, "class_size_junior"),
        ("parameters", {"parameter_code": "return_due_days"}, ""),
        ("cv_limits", {"indicator_code": "L2", "stage": "primary"}, "cv"),
        ("items", {"item_code": "Q1"}, "item"),
        ("plan_phases", {"phase_code": "pilot"}, ""),
    ],
)
def test_which_rows_set_a_line_of_units(table: str, cells: dict[str, str], kind: str) -> None:
    measure = measure_of(table, cells)
    assert (measure.kind if measure else "") == kind
