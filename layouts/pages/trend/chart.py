"""The large chart and the small ones, each with its direction in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.charts.figure import figure_frame
from layouts.charts.over_time import over_time
from layouts.charts.scales import nice_step, round_ends, value_scale, year_of
from layouts.charts.specification import Annotation, Break, Bundle, Chart, Level, Line, Mark, Point, Scale, Size
from layouts.charts.svg import svg
from layouts.components.data_table import Cell, Column, Kind, cell, data_table
from layouts.components.elements import block, link_to, paragraph, run, small, strong
from layouts.components.sections import details_table
from layouts.markup import FileNode, Node
from layouts.pages.trend.rows import Series, TrendView
from layouts.pages.trend.values import line_values
from layouts.parts.direction import direction_words
from layouts.parts.frame import section
from layouts.routes import TREND, link

WIDTH, HEIGHT = 820, 330
SMALL, SMALL_HEIGHT = 132, 56
STEPS = 4
SMALLEST_EXTENT = {"cv": 0.01, "mean": 0.1, "share": 0.1, "gap": 4.0}


def direction(view: TrendView, code: str, *, short: bool = False) -> str:
    """The unit's direction in words, or in one word."""
    direction = view.directions.get(code)
    if direction is None:
        return text(_silent_words(view, code, short=short))
    if short:
        return text(f"trend.short_{direction.kind}")
    shown_on = view.rows.period.snapshot_date
    return direction_words(direction, shown_on, lambda before, after: _size(view, before, after))


def _silent_words(view: TrendView, code: str, *, short: bool) -> str:
    """A unit without a value: it did not report, or has no section of the stage."""
    if any(u.district_code == code and not u.is_reported for u in view.rows.units):
        return "trend.short_not_reported" if short else "sub.not_reported"
    return "trend.short_few" if short else "trend.few"


def _size(view: TrendView, before: float, after: float) -> str:
    if view.measure == "cv":
        return formatting.cv_change(before, after, view.limit)
    if view.measure == "gap":
        return view.words(abs(after - before))
    first, last = (view.words(value).rstrip("%") for value in (before, after))
    if view.measure == "mean":
        return formatting.difference(first, last, after - before)
    return text("trend.points", amount=formatting.difference(first, last, (after - before) * 100))


def _scale(view: TrendView, values: Sequence[float | None]) -> Scale:
    known = [v for v in values if v is not None] or [0.0]
    limits = [] if view.limit is None or (view.measure == "mean" and view.limit < min(known) / 3) else [view.limit]
    shown = [*known, *limits]
    step = nice_step(max(max(shown) - min(shown), SMALLEST_EXTENT[view.measure]), STEPS)
    scale = value_scale(*round_ends(shown, step), step)
    if view.measure != "share":
        return scale
    return replace(scale, ticks=[(v, formatting.share(v)) for v, _ in scale.ticks if v <= 1])


def chart(view: TrendView) -> list[Node]:
    """The chosen unit against its group, or all units with their median."""
    whose = "" if view.rows.sees_all else "_own"
    series = _series_of_unit(view, view.rows.chosen) if view.rows.chosen else _series_of_all(view)
    if view.rows.chosen is not None:
        note = text(f"district.trend_note{whose}", group=view.rows.chosen.group_name)
    else:
        note = text(f"trend.lines_note{whose}", count=len(view.rows.scoped))
    drawn = specification(view, series)
    picture = FileNode(figure_frame(drawn), lines=line_values(view, series, drawn))
    title = text("trend.chart_title", name=view.name)
    return [section(title, paragraph(note, look="d"), picture, _table(view, series))]


def _series_of_unit(view: TrendView, unit: UnitStatusRow) -> list[Series]:
    code = unit.district_code
    group = {row.district_code for row in view.measures if row.group_code == unit.group_code}
    look = "fail" if view.is_good(code) is False else "ok"
    label = f"{unit.short_name} {view.words(view.now(code))}"
    series = Series("own", view.rows.scope_name, view.points.get(code, []), look, label, view.breaks(code))
    if not view.rows.sees_all:
        return [series]
    changes = sorted({day for member in group for day in view.breaks(member)})
    return [Series("peer", text("trend.col_peer"), view.medians(group), "peer", breaks=changes), series]


def _series_of_all(view: TrendView) -> list[Series]:
    units = [
        Series(
            u.district_code,
            u.short_name,
            view.points.get(u.district_code, []),
            "other",
            "",
            view.breaks(u.district_code),
        )
        for u in view.rows.scoped
    ]
    if not view.rows.sees_all:
        return units
    middle = view.medians({u.district_code for u in view.rows.scoped})
    last = next((v for _, v in reversed(middle) if v is not None), None)
    label = text("trend.median", value=view.words(last))
    breaks = sorted({day for unit in units for day in unit.breaks})
    return [*units, Series("median", text("trend.col_median"), middle, "ok", label, breaks)]


def specification(view: TrendView, series: Sequence[Series]) -> Chart:
    """The chart of these series: units without a choice are the ground of the one that matters."""
    ground = [s for s in series if s.look == "other"]
    marks: list[Mark] = [Bundle("other", [_line(view, s) for s in ground])] if ground else []
    marks += [_line(view, s) for s in series if s.look != "other"]
    scale = _scale(view, [v for s in series for _, v in s.points])
    notes: list[Annotation] = []
    if view.limit is not None and scale.low <= view.limit <= scale.high:
        notes.append(Level(view.limit, text(f"trend.line_{view.measure}", limit=view.limit_words)))
    chosen = {day for line in series if line.key == "own" for day in line.breaks}
    others = {day for line in series for day in line.breaks} - chosen
    notes += [Break(year_of(day), text("trend.break")) for day in sorted(chosen)]
    notes += [Break(year_of(day), text("trend.break_some")) for day in sorted(others)]
    first = view.rows.periods[0].snapshot_date.year
    title = text("trend.chart_title", name=view.name)
    return over_time(title, marks, scale, (first, view.rows.phases), (WIDTH, HEIGHT), notes)


def _line(view: TrendView, series: Series) -> Line:
    known = [(day, value) for day, value in series.points if value is not None]
    if series.look == "other":
        points = [Point(year_of(day), value) for day, value in series.points]
        latest = _said(view, series, *known[-1]) if known else ""
        return Line(points, series.look, breaks=[year_of(day) for day in series.breaks], words=latest)
    points = [Point(year_of(day), v, "" if v is None else _said(view, series, day, v)) for day, v in series.points]
    dots = "" if series.look == "peer" else "full"
    return Line(points, series.look, series.label, dots=dots, breaks=[year_of(day) for day in series.breaks])


def _said(view: TrendView, series: Series, day: date, value: float) -> str:
    return f"{series.name} {formatting.month(day)} {view.words(value)}"


def _table(view: TrendView, series: Sequence[Series]) -> Node:
    """The numbers of the chart, for who reads rather than looks."""
    days = sorted({d for s in series for d, _ in s.points})
    values = {s.key: dict(s.points) for s in series}
    kind, unit = view.kind

    def on_day(day: date, line: Series) -> Cell:
        amounts = values[line.key]
        if day not in amounts:
            return cell(text("matrix.level_unreported") if amounts and day in days[days.index(min(amounts)) :] else "")
        return cell(view.words(amounts[day]), value=amounts[day], unit=unit)

    columns: list[Column[Series]] = [
        Column(name="name", head="", file_head=text("sheet.line"), kind=Kind.NAME, cell=lambda line: line.name)
    ]
    columns += [Column(name=str(d), head=formatting.month(d), kind=kind, cell=partial(on_day, d)) for d in days]
    table = data_table(columns, series, name=text("navigation.trend"), key=lambda line: line.key)
    return details_table(text("state.see_table"), table, label=view.name)


def multiples(view: TrendView) -> list[Node]:
    """A small chart for every unit, same axes, with its direction in words."""
    rows = view.rows
    scale = _scale(view, [v for u in rows.units for _, v in view.points.get(u.district_code, [])])
    charts = block(*[_small(view, u, scale) for u in rows.units], look="multiples")
    return [section(text("trend.multiples", count=len(rows.units)), charts)]


def _small(view: TrendView, unit: UnitStatusRow, scale: Scale) -> Node:
    code, name = unit.district_code, unit.short_name
    value, rule = view.words(view.now(code)), text("trend.rule")
    tone = {True: "ok", False: "fail", None: "peer"}[view.is_good(code)]
    is_selected = view.rows.state.district == code
    return link_to(
        strong(name),
        run(value, look=f"num c-{tone}"),
        svg(small_chart(view, code, tone, scale)),
        small(direction(view, code, short=True)),
        href=link(TREND, view.rows.state, district="" if is_selected else code),
        look="multiple chosen" if is_selected else "multiple",
        key=code,
        data_tip=text("trend.tip", name=name, value=value, direction=direction(view, code), rule=rule),
    )


def small_chart(view: TrendView, code: str, look: str, scale: Scale) -> Chart:
    """A unit's line up to the period shown, and the limit."""
    first, last = view.rows.periods[0].snapshot_date.year, view.rows.period.snapshot_date.year
    points = [Point(year_of(day), value) for day, value in view.points.get(code, [])]
    line = Line(points, look, breaks=[year_of(day) for day in view.breaks(code)])
    limit = view.limit
    notes = [Level(limit, look="s-limit")] if limit is not None and scale.low <= limit <= scale.high else []
    years = Scale(first, max(first, last) + 1)
    return Chart("", years, Scale(scale.low, scale.high), [line], Size(SMALL, SMALL_HEIGHT, "stretched"), notes)
