"""Figure and picture are one chart: the same places, words and annotations."""

import json

import plotly.graph_objects as go
import pytest

from layouts.charts.figure import written
from layouts.charts.plotly import figure
from layouts.charts.specification import Bar, Bubble, Bundle, Chart, Cloud, Line, Point, Scale, Size
from tests.unit.charts.pictures import FLUID, SCALED, five, over_years


def test_a_figure_is_valid_plotly() -> None:
    for size in (FLUID, SCALED):
        go.Figure(figure(over_years(size, five())))


def test_a_trace_has_the_places_and_words_of_its_line() -> None:
    [trace] = figure(over_years(SCALED, five()))["data"]
    assert (trace.get("x"), trace.get("y")) == ([2020, 2022], [0, 5])
    assert trace.get("customdata") == ["二〇二〇年 无", "二〇二二年 五个"]
    assert trace.get("text") == ["", "<b>五</b>"]


def test_a_gap_is_a_place_without_value() -> None:
    points = [Point(2020, 1, "a"), Point(2021, 1, "b"), Point(2022, None), Point(2023, 2, "c")]
    [trace] = figure(over_years(FLUID, Line(points, "ok")))["data"]
    assert trace.get("x") == [2020, 2021, 2023, 2023]
    assert trace.get("y") == [1, 1, None, 2]
    assert trace.get("customdata") == ["a", "b", "", "c"]


def test_a_bundle_is_one_trace_whose_lines_do_not_touch() -> None:
    lines = [Line([Point(2020, n), Point(2024, n)], "other", words=f"第{n}") for n in (1, 2)]
    [trace] = figure(over_years(SCALED, Bundle("other", lines)))["data"]
    assert trace.get("y") == [1, 1, None, 2, 2]
    assert trace.get("customdata") == ["第1", "第1", "", "第2", "第2"]


def test_phases_limit_break_and_today_are_there() -> None:
    layout = figure(over_years(SCALED, five()))["layout"]
    bands = [(s["x0"], s["x1"], s["y1"]) for s in layout["shapes"] if s["type"] == "rect"]
    assert bands == [(2020, 2023, 1.16), (2023, 2024, 1.16)]  # 16 of 100 pixels above the plot are theirs
    lines = [(s["x0"], s["x1"]) for s in layout["shapes"] if s["type"] == "line" and s["x0"] == s["x1"]]
    assert lines == [(2021, 2021), (2022, 2022)]
    assert [n["text"] for n in layout["annotations"]] == ["整体推进 至2022", "攻坚", "<b>上限5</b>", "边界变更"]


def test_the_axes_are_those_of_the_chart() -> None:
    layout = figure(over_years(SCALED, five()))["layout"]
    assert layout["xaxis"]["range"] == [2020, 2024]
    assert layout["yaxis"]["ticktext"] == ["0", "五个"]
    assert layout["margin"] == {"l": 30, "r": 10, "t": 30, "b": 20}


def test_what_travels_leaves_places_out_and_changes_with_them() -> None:
    """The browser takes them from the picture; a live figure is dropped when any of them changes."""
    first, other = (written(figure(over_years(SCALED, five(words=words)))) for words in ("五个", "六个"))
    assert not {"x", "y", "customdata"} & set(json.loads(first)["data"][0])
    assert first != other


def test_circles_are_a_trace_whose_areas_grow_with_their_shares() -> None:
    bubbles = [Bubble(Point(2021, 2, "小"), 0.0), Bubble(Point(2023.5, 8, "大"), 1.0, "大的")]
    figure_of = figure(over_years(SCALED, Cloud("share-dot first", bubbles)))
    go.Figure(figure_of)
    [trace] = figure_of["data"]
    assert (trace.get("x"), trace.get("y"), trace.get("customdata")) == ([2021, 2023.5], [2, 8], ["小", "大"])
    marker = trace.get("marker")
    assert marker is not None
    assert marker["size"] == [6, 50]  # nothing has a radius of 3 pixels, the whole one of 3 + 22
    assert trace.get("text") == ["", "<b>大的</b>"]
    assert trace.get("textposition") == ["middle right", "middle left"]  # the last eighth has no room on its right
    assert figure_of["layout"]["yaxis"]["fixedrange"] is False


def test_marks_that_plotly_does_not_draw_are_refused() -> None:
    with pytest.raises(TypeError):
        figure(Chart("", Scale(0, 1), Scale(0, 1), [Bar(0, 1, "f-met")], Size(80, 16)))
