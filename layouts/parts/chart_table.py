"""A chart as a table."""

from data.text import text
from layouts.figures.trend_lines import Point, Trend
from layouts.markup import Node, h


def trend_table(chart: Trend) -> Node:
    """The chart's points as a table, for whoever reads rather than looks."""
    rows = [
        h("tr", {"key": f"{number}-{point.year}"}, *[h("td", {}, part) for part in _parts(point)])
        for number, line in enumerate(chart.lines)
        for point in line.points
        if point.words
    ]
    return h(
        "details",
        {"className": "chart-table"},
        h("summary", {}, text("state.see_table")),
        h("table", {"className": "mini"}, h("tbody", {}, *rows)),
    )


def _parts(point: Point) -> list[str]:
    """When and what; a point of the plan stands at the end of a year."""
    if " " in point.words:
        return point.words.split(" ", 1)
    return [text("trend.end_of", year=int(point.year) - 1), point.words]
