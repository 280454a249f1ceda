"""The worst CV over the years against its limit and the median of the group."""

from collections.abc import Sequence
from datetime import date
from statistics import median

from data.rows.context import cv_name
from data.rows.overview import WorstCv
from data.text import text
from layouts import formatting
from layouts.charts.figure import figure_frame
from layouts.charts.over_time import over_time
from layouts.charts.scales import round_ends, value_scale, year_of
from layouts.charts.specification import Break, Chart, Level, Line, Point
from layouts.components.cells import cv_cell
from layouts.components.data_table import Column, Kind, cell, data_table
from layouts.components.elements import disclosure, link_to, paragraph
from layouts.markup import Node
from layouts.pages.district.rows import DistrictView
from layouts.parts.direction import cv_direction_words
from layouts.parts.frame import section
from layouts.routes import TREND, link

Points = Sequence[tuple[date, float | None]]
WIDTH, HEIGHT, STEP = 590, 218, 0.1


def trend(view: DistrictView) -> list[Node]:
    """The section."""
    unit, rows, worst = view.unit, view.rows, view.worst
    if not unit.is_reported:
        return [section(text("sub.not_reported"))]
    if worst is None or view.direction is None or not view.history:
        return [section(text("district.trend_none"), paragraph(text("trend.few"), look="d"))]
    until = rows.period.snapshot_date
    points = [(p.snapshot_date, p.cv) for p in view.history if p.snapshot_date <= until]
    peers = _medians(view, until)
    title = text(
        "district.trend_title",
        name=cv_name(worst, rows.indicator_names),
        words=cv_direction_words(view.direction, until, worst.cv_limit),
    )
    chart = figure_frame(specification(view, worst, title, points, peers))
    href = link(
        TREND, rows.state, why="", indicator=worst.indicator_code, stage=worst.stage, district=unit.district_code
    )
    note = text(f"district.trend_note{'' if view.rows.sees_all else '_own'}", group=unit.group_name)
    more = link_to(text("district.trend_more"), href=href, look="plain-link")
    return [section(title, chart, paragraph(note, look="d"), _table(view, worst, points, peers), lead=more)]


def specification(view: DistrictView, worst: WorstCv, title: str, points: Points, peers: Points) -> Chart:
    """The unit's line with its limit, the median of its group behind."""
    unit, rows = view.unit, view.rows
    breaks = _breaks(view, {unit.district_code})
    changes = _breaks(view, {p.district_code for p in view.peer_history if p.group_code == unit.group_code})
    label = f"{unit.short_name} {formatting.cv(worst.cv, worst.cv_limit)}"
    look = "ok" if worst.is_within_limit else "fail"
    lines = [
        Line(_points(peers, text("district.trend_group", group=unit.group_name), None), "peer", breaks=changes),
        Line(_points(points, unit.short_name, worst.cv_limit), look, label, dots="full", breaks=breaks),
    ]
    scale = value_scale(*round_ends([*(v for _, v in (*points, *peers)), worst.cv_limit], STEP), STEP)
    limit = Level(worst.cv_limit, text("trend.limit", limit=formatting.rounded(worst.cv_limit, 2)))
    notes = [limit, *(Break(x, text("trend.break")) for x in breaks)]
    if view.rows.sees_all:
        notes += [Break(x, text("trend.break_some")) for x in changes if x not in breaks]
    return over_time(title, lines, scale, (rows.periods[0].snapshot_date.year, rows.phases), (WIDTH, HEIGHT), notes)


def _breaks(view: DistrictView, codes: set[str]) -> list[float]:
    """When boundaries of these units changed, across which nothing is drawn."""
    if view.rows.state.basis == "current":
        return []
    until = view.rows.period.snapshot_date
    days = {b.effective_on for b in view.rows.boundary_changes if b.district_code in codes and b.effective_on <= until}
    return [year_of(day) for day in sorted(days)]


def _points(values: Points, name: str, limit: float | None) -> list[Point]:
    return [
        Point(year_of(day), v, "" if v is None else f"{name} {formatting.month(day)} {formatting.cv(v, limit)}")
        for day, v in values
    ]


def _table(view: DistrictView, worst: WorstCv, points: Points, peers: Points) -> Node:
    """The chart's points as a table."""
    medians, unit = dict(peers), view.unit
    group = text("district.trend_group", group=unit.group_name)
    columns: list[Column[tuple[date, float | None]]] = [
        Column(
            name="period",
            head=text("filter.period"),
            cell=lambda point: cell(formatting.month(point[0]), value=point[0]),
            kind=Kind.NAME,
        ),
        Column(name="own", head=unit.short_name, cell=lambda p: cv_cell(p[1], worst.cv_limit), kind=Kind.CV),
    ]
    if view.rows.sees_all:
        columns.append(Column(name="group", head=group, cell=lambda p: cv_cell(medians.get(p[0]), None), kind=Kind.CV))
    table = data_table(columns, points, name=text("sheet.worst_trend"), key=lambda p: p[0].isoformat())
    return disclosure(text("state.see_table"), table, look="why-not")


def _medians(view: DistrictView, until: date) -> list[tuple[date, float | None]]:
    if not view.rows.sees_all:
        return []
    days: dict[date, list[float]] = {}
    for point in view.peer_history:
        if point.group_code == view.unit.group_code and point.cv is not None and point.snapshot_date <= until:
            days.setdefault(point.snapshot_date, []).append(point.cv)
    return [(day, float(median(values))) for day, values in sorted(days.items())]
