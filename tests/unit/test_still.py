"""A figure's still shows what the figure says, at the places that its axes give."""

from datetime import date

from layouts.figures.still import still
from layouts.figures.trend_lines import Band, Line, Point, Trend, build
from layouts.markup import to_html


def picture() -> str:
    """Values 0 and 5 on an axis of 0 to 10, in years 2020 and 2022 of 2020 to 2024."""
    line = Line(
        [Point(2020.0, 0.0, "a"), Point(2022.0, 5.0, "b"), Point(2023.0, None, "")],
        "#123456",
        "五",
        dash="dot",
        marker="open",
        label_place="middle right",
    )
    bands = [Band(2020.0, 2024.0, "整体推进 至2024", "整体")]
    return to_html([still(build(Trend([line], bands, (0, 10), [(0, "0"), (5, "五个")], limit=(5, "上限5"))))])


def test_points_stand_where_the_axes_say() -> None:
    found = picture()
    # the time axis spans 2020 to 2024.25: 2022 is at 2 / 4.25; a value of 5 of 10 is half way up
    assert f'cx="{200 / 4.25:.2f}%" cy="50.00%"' in found
    assert 'cx="0.00%" cy="100.00%"' in found
    assert found.count("<circle") == 2  # a missing value has no point


def test_words_of_axes_lines_and_limits_are_drawn() -> None:
    found = picture()
    for words in (">五<", ">五个<", ">上限5<", ">整体推进 至2024<", 'font-weight="700"', "stroke-dasharray"):
        assert words in found
    assert "<b>" not in found
    assert str(date(2024, 1, 1).year) in found


def test_the_frame_has_the_margins_of_the_figure() -> None:
    assert 'style="inset:4px 8px 20px 30px"' in picture()
