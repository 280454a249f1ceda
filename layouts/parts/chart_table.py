"""A chart as a table."""

from data.text import text
from layouts.charts.specification import Chart, Line
from layouts.markup import Node, h


def trend_table(chart: Chart) -> Node:
    """The chart's points as a table of when and what, for whoever reads rather than looks."""
    rows = [
        h("tr", {"key": f"{number}-{point.x}"}, *[h("td", {}, part) for part in point.words.split(" ", 1)])
        for number, line in enumerate(chart.marks)
        if isinstance(line, Line)
        for point in line.points
        if point.words
    ]
    return h(
        "details",
        {"className": "chart-table"},
        h("summary", {}, text("state.see_table")),
        h("table", {"className": "mini"}, h("tbody", {}, *rows)),
    )
