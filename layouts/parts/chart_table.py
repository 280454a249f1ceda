"""A chart as a table."""

from data.text import text
from layouts.charts.specification import Chart, Line, Point
from layouts.components.cells import file_column, headless_table
from layouts.components.data_table import Cell, Column, Kind, cell
from layouts.components.elements import disclosure
from layouts.markup import Node


def trend_table(chart: Chart) -> Node:
    """The chart's points as a table of when and what, for whoever reads rather than looks."""
    points = [p for line in chart.marks if isinstance(line, Line) for p in line.points if p.words]

    def what(point: Point) -> Cell:
        return cell(point.words.partition(" ")[2], value=point.y)

    columns: list[Column[Point]] = [
        file_column("filter.period", lambda p: cell(p.words.partition(" ")[0]), Kind.NAME),
        file_column("trend.value", what, Kind.NUMBER),
    ]
    table = headless_table(columns, points, name=text("sheet.trend"), key=lambda p: p.words)
    return disclosure(text("state.see_table"), table, look="chart-table")
