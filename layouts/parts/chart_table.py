"""A chart as a table."""

from data.text import text
from layouts.charts.specification import Chart, Line, Point
from layouts.components.cells import file_column, headless_table
from layouts.components.data_table import Cell, Column, Kind, cell
from layouts.components.elements import disclosure
from layouts.markup import Node

Named = tuple[Line, Point]
"""A point and the line it is of."""


def trend_table(chart: Chart) -> Node:
    """The chart's points as a table of when and what, for whoever reads rather than looks.

    Where its lines count different things, each row names which: two of them may be of one day.
    """
    lines = [line for line in chart.marks if isinstance(line, Line)]
    points = [(line, p) for line in lines for p in line.points if p.words]
    columns: list[Column[Named]] = [
        file_column("filter.period", lambda row: cell(row[1].words.partition(" ")[0]), Kind.NAME),
        file_column("trend.value", _value, Kind.NUMBER),
    ]
    if any(line.name for line in lines):
        columns.insert(1, file_column("trend.series", lambda row: cell(row[0].name)))
    table = headless_table(columns, points, name=text("sheet.trend"), key=lambda row: row[1].words)
    return disclosure(text("state.see_table"), table, look="chart-table")


def _value(row: Named) -> Cell:
    line, point = row
    printed = point.words.partition(" ")[2]
    return cell(printed.removeprefix(line.name), value=point.y)
