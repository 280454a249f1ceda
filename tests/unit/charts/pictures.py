"""Charts whose places can be told by hand."""

from layouts.charts.specification import Break, Chart, Level, Line, Mark, Phase, PlanBands, Point, Scale, Size, Today

YEARS = Scale(2020, 2024, [(2020.5, "2020"), (2022.5, "2022")])
VALUES = Scale(0, 10, [(0, "0"), (5, "五个")])
PLAN = PlanBands([Phase(2020, 2023, "整体推进 至2022"), Phase(2023, 2024, "攻坚")])
FLUID = Size(0, 0, "fluid", left=30, right=8, top=4, bottom=20)
SCALED = Size(440, 150, "scaled", left=30, right=10, top=30, bottom=20)
"""A plot of 400 × 100 pixels: a year is 100 of them, and so is the whole of the values."""


def five(*, words: str = "二〇二二年 五个") -> Line:
    """0 in 2020, 5 in 2022, nothing known in 2023."""
    return Line(
        [Point(2020, 0, "二〇二〇年 无"), Point(2022, 5, words), Point(2023, None)],
        "coming",
        "五",
        "middle right",
        dots="open",
    )


def over_years(size: Size, *marks: Mark) -> Chart:
    """The marks over 2020 to 2024, with a limit of 5, a break in 2021 and today in 2022."""
    notes = [PLAN, Level(5, "上限5"), Break(2021, "边界变更"), Today(2022)]
    return Chart("五个", YEARS, VALUES, marks, size, notes)
