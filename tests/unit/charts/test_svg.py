"""The picture of a chart shows what the chart says, at the places that its axes give."""

import re

import pytest

from layouts.charts.figure import figure_frame
from layouts.charts.specification import Bar, Bubble, Bullet, Bundle, Chart, Cloud, Line, Point, Scale, Size, Strip
from layouts.charts.svg import svg
from layouts.markup import to_html
from layouts.parts.small_charts import sparkline
from tests.unit.charts.pictures import FLUID, SCALED, five, over_years


def numbers(pattern: str, picture: str) -> list[tuple[float, ...]]:
    return [tuple(float(n) for n in match) for match in re.findall(pattern, picture)]


def test_points_of_a_fluid_chart_stand_at_shares_of_its_place() -> None:
    picture = to_html([svg(over_years(FLUID, five()))])
    circles = numbers(r'<circle cx="([\d.]+)%" cy="([\d.]+)%"', picture)
    assert circles == [
        (0, 100),
        (50, 50),
    ]  # 2022 is half of 2020 to 2024, 5 half of 0 to 10; what is missing has no point


def test_points_of_a_scaled_chart_stand_at_its_pixels() -> None:
    picture = to_html([svg(over_years(SCALED, five()))])
    assert 'viewBox="0 0 440 150"' in picture
    assert numbers(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture) == [(30, 130), (230, 80)]
    assert 'd="M30 130l200-50"' in picture


def test_every_point_says_its_words_and_the_chart_is_one_stop() -> None:
    picture = to_html([svg(over_years(SCALED, five()))])
    assert re.findall(r'data-tip="([^"]*)"', picture) == ["二〇二〇年 无", "二〇二二年 五个"]
    assert picture.count("tabindex") == 1
    assert 'role="img" aria-label="五个" tabindex="0" data-chart="1"' in picture


def test_words_of_axes_lines_phases_and_limits_are_drawn() -> None:
    picture = to_html([svg(over_years(SCALED, five()))])
    for words in ("五", "五个", "上限5", "整体推进 至2022", "攻坚", "边界变更", "2022"):
        assert f">{words}<" in picture


def test_a_line_is_not_drawn_across_a_break_or_a_missing_value() -> None:
    points = [Point(2020, 1), Point(2021, 1), Point(2022, 2), Point(2022.5, None), Point(2023, 3), Point(2024, 3)]
    picture = to_html([svg(over_years(SCALED, Line(points, "ok", breaks=[2021.5])))])
    drawn = re.findall(r'd="(M[^"]*l[^"]*)"', picture)
    assert drawn == ["M30 120l100 0", "M330 100l100 0"]  # the lone year 2022 between break and gap is no line


def test_lines_of_a_bundle_say_their_own_words() -> None:
    lines = [Line([Point(2020, n), Point(2024, n)], "other", words=f"第{n}") for n in (1, 2)]
    picture = to_html([svg(over_years(SCALED, Bundle("other", lines)))])
    assert re.findall(r'd="(M[^"]*l[^"]*)" data-tip="([^"]*)"', picture) == [
        ("M30 120l400 0", "第1"),
        ("M30 110l400 0", "第2"),
    ]


def test_circles_are_links_behind_one_stop() -> None:
    bubbles = [Bubble(Point(2021, 2, "小"), 0.25, "", "/a", "a"), Bubble(Point(2022, 8, "大"), 1.0, "大的", "/b", "b")]
    picture = to_html([figure_frame(over_years(SCALED, Cloud("share-dot", bubbles)))])
    # a quarter of the area is half of the 22 pixels beyond the smallest radius
    circles = numbers(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', picture)
    assert circles == [(130, 110, 14), (230, 50, 25)]
    assert re.findall(r'<a href="(/.)"[^>]*tabindex="-1" data-tip="(.)" aria-label="(.)"', picture) == [
        ("/a", "小", "小"),
        ("/b", "大", "大"),
    ]
    assert picture.startswith('<div class="figure" role="group"')
    assert "aria-hidden" not in picture


def test_the_frame_of_a_figure_has_its_margins_and_is_the_stop() -> None:
    frame = to_html([figure_frame(over_years(FLUID, five()))])
    assert 'style="inset:4px 8px 20px 30px"' in frame
    assert frame.startswith('<div class="figure" role="img" aria-label="五个" tabindex="0" data-chart="1">')
    assert 'aria-hidden="true"' in frame


@pytest.mark.parametrize(
    ("value", "is_within", "bars"),
    [
        (0.3, True, [("b-track", 0, 100), ("b-ok", 0, 40), ("b-limit", 65.7, 2)]),
        (0.6, False, [("b-track", 0, 100), ("b-grey", 0, 66.7), ("b-over", 66.7, 13.3), ("b-limit", 65.7, 2)]),
        (9.0, False, [("b-track", 0, 100), ("b-grey", 0, 66.7), ("b-over", 66.7, 33.3), ("b-limit", 65.7, 2)]),
        (None, False, [("b-track", 0, 100), ("b-limit", 65.7, 2)]),
    ],
)
def test_a_bullet_divides_at_its_limit(
    value: float | None, is_within: bool, bars: list[tuple[str, float, float]]
) -> None:
    """A track of 100 pixels for 0 to 0.75: the limit of 0.5 stands at two thirds, 0.3 at two fifths."""
    chart = Chart("", Scale(0, 0.75), Scale(0, 1), [Bullet(value, 0.5, is_within)], Size(100, 16))
    drawn = {
        name: (float(x), float(width))
        for x, width, name in re.findall(
            r'x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*class="(b-[a-z]+)"', to_html([svg(chart)])
        )
    }
    drawn |= {
        name: (float(x), float(width))
        for x, width, name in re.findall(
            r'x="([\d.]+)" width="([\d.]+)" y="4"[^>]*class="(b-[a-z]+)"', to_html([svg(chart)])
        )
    }
    assert [(name, *place) for name, place in drawn.items()] == [(n, pytest.approx(x, abs=0.1), w) for n, x, w in bars]


def test_bars_follow_each_other_with_a_pixel_between() -> None:
    bars = [Bar(0, 3, "f-met", "3", "w-met"), Bar(3, 4, "f-unmet")]
    picture = to_html([svg(Chart("三比一", Scale(0, 4), Scale(0, 1), bars, Size(80, 16)))])
    assert re.findall(r'<rect x="([\d.]+)" y="1" width="([\d.]+)"', picture) == [("0.0", "59.0"), ("60.0", "19.0")]
    assert re.findall(r'<text x="([\d.]+)"[^>]*>(\d)<', picture) == [("30.0", "3")]


def test_a_strip_has_a_line_for_every_value_and_ends_at_its_maximum() -> None:
    strip = Strip(others=[0.2, 0.4], peers=[1.5], limit=0.5, value=0.4, level="met")
    picture = to_html([svg(Chart("", Scale(0, 0.8), Scale(0, 1), [strip], Size(160, 30)))])
    assert re.findall(r'd="([^"]*)" class="strip-(\w+)"', picture) == [
        ("M40 7V23M80 7V23", "other"),
        ("M160 7V23", "peer"),
    ]
    assert 'x="99' in picture  # the limit's tick, two pixels wide around 100
    assert "translate(73.5 8.5)" in picture  # the glyph of 13 pixels around 80, 15


def test_a_sparkline_has_gaps_and_ends_in_the_colour_of_its_verdict() -> None:
    picture = to_html([sparkline([0.5, 0.4, None, 0.3, 0.2], 0.6, is_within=True, tip="末值")])
    # 66 pixels for four steps after the first two; 16 pixels for 0.19 to 0.61 above the last two
    assert re.findall(r'd="M([\d.]+) [\d.]+l([\d.]+) ', picture) == [("2", "16.5"), ("51.5", "16.5")]
    assert re.findall(r'<circle cx="([\d.]+)"[^>]*class="([^"]*)"', picture) == [("68.0", "dot-ok")]
    assert 'data-tip="末值"' in picture
