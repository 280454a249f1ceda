"""The large chart and the small ones, each with its direction in words."""

import math
from collections.abc import Sequence
from datetime import date
from functools import partial

from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, data_table
from layouts.components.elements import block, link_to, paragraph, run, small, strong
from layouts.components.sections import details_table
from layouts.markup import Node, h
from layouts.pages.trend.rows import TrendView
from layouts.parts.direction import direction_words
from layouts.parts.frame import section
from layouts.parts.line_chart import Scale, Series, line_chart, span
from layouts.routes import TREND, link

WIDTH, HEIGHT = 820, 330
SMALL, SMALL_HEIGHT = 132, 56


def direction(view: TrendView, code: str, *, short: bool = False) -> str:
    """The unit's direction in words, or in one word."""
    course = view.directions.get(code)
    if course is None:
        return text(_silent_words(view, code, short=short))
    if short:
        return text(f"trend.short_{course.kind}")
    return direction_words(course, lambda before, after: _size(view, before, after))


def _silent_words(view: TrendView, code: str, *, short: bool) -> str:
    """A unit without a value: it did not report, or has no section of the stage."""
    if any(u.district_code == code and not u.is_reported for u in view.rows.units):
        return "trend.short_not_reported" if short else "sub.not_reported"
    return "trend.short_few" if short else "trend.few"


def _size(view: TrendView, before: float, after: float) -> str:
    change = abs(after - before)
    if view.measure == "cv":
        return formatting.cv_change(before, after, view.limit)
    if view.measure == "share":
        first, last = (formatting.rounded(value * 100, 1) for value in (before, after))
        size = formatting.difference(first, last, (after - before) * 100)
        return text("trend.points", amount=size)
    return view.words(change)


def _step(low: float, high: float) -> float:
    raw = max(high - low, 1e-6) / 4
    power = 10 ** math.floor(math.log10(raw))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw)


def _scale(view: TrendView, values: Sequence[float | None], size: tuple[int, int]) -> tuple[Scale, float]:
    known = [v for v in values if v is not None] or [0.0]
    lines = [] if view.limit is None or (view.measure == "mean" and view.limit < min(known) / 3) else [view.limit]
    step = _step(min([*known, *lines]), max([*known, *lines]))
    low, high = span(values, lines=lines or [known[0]], step=step)
    first = view.rows.periods[0].snapshot_date.year
    last = max(p.target_year for p in view.rows.phases)
    return Scale(*size, first, last, low, high), step


def chart(view: TrendView) -> list[Node]:
    """The chosen unit against its group, or all units with their median."""
    rows = view.rows
    codes = [u.district_code for u in rows.scoped]
    series: list[Series] = []
    breaks: list[tuple[date, str]] = []
    if rows.chosen is not None:
        code = rows.chosen.district_code
        group = {u.district_code for u in rows.units if u.group_code == rows.chosen.group_code}
        points = view.points.get(code, [])
        last = view.now(code)
        tone = "fail" if view.is_good(code) is False else "ok"
        series = [
            Series("peer", view.medians(group), "peer", is_context=True),
            Series("own", points, tone, f"{rows.chosen.short_name} {view.words(last)}", breaks=view.breaks(code)),
        ]
        breaks = [(d, text("trend.break")) for d in view.breaks(code)]
        note = text("district.trend_note", group=rows.chosen.group_name)
    else:
        series = [Series(c, view.points.get(c, []), "other", is_context=True, breaks=view.breaks(c)) for c in codes]
        middle = view.medians(set(codes))
        last = next((v for _, v in reversed(middle)), None)
        days = sorted({b for c in codes for b in view.breaks(c)})
        words = text("trend.median", value=view.words(last))
        series.append(Series("median", middle, "ok", words, breaks=days))
        breaks = [(d, text("trend.break_some")) for d in days]
        note = text("trend.lines_note", count=len(codes))
    values = [v for s in series for _, v in s.points]
    scale, step = _scale(view, values, (WIDTH, HEIGHT))
    limit = view.limit
    limits = (
        [(limit, text(f"trend.line_{view.measure}", limit=view.limit_words))]
        if limit is not None and scale.low <= limit <= scale.high
        else []
    )
    title = text("trend.chart_title", name=view.name)
    picture = line_chart(series, scale, limits=limits, phases=rows.phases, breaks=breaks, label=title, step=step)
    return [section(title, paragraph(note, look="d"), picture, _table(view, series))]


def _table(view: TrendView, series: Sequence[Series]) -> Node:
    """The numbers of the chart, for who reads rather than looks."""
    days = sorted({d for s in series for d, _ in s.points})
    names = {u.district_code: u.short_name for u in view.rows.units}
    names |= {"peer": text("trend.col_peer"), "median": text("trend.col_median"), "own": view.rows.scope_name}
    values = {s.key: dict(s.points) for s in series}
    kind, unit = view.kind

    def on_day(day: date, line: Series) -> Cell:
        value = values[line.key].get(day)
        return cell(view.words(value), value=value, unit=unit)

    columns: list[Column[Series]] = [
        Column(name="name", head="", file_head=text("sheet.line"), kind=Kind.NAME, cell=lambda line: names[line.key])
    ]
    columns += [Column(name=str(d), head=formatting.month(d), kind=kind, cell=partial(on_day, d)) for d in days]
    table = data_table(columns, series, name=text("navigation.trend"), key=lambda line: line.key)
    return details_table(text("state.see_table"), table, label=view.name)


def multiples(view: TrendView) -> list[Node]:
    """A small chart for every unit, same axes, with its direction in words."""
    rows = view.rows
    values = [v for u in rows.units for _, v in view.points.get(u.district_code, [])]
    scale, _ = _scale(view, values, (SMALL, SMALL_HEIGHT))
    charts = block(*[_small(view, u, scale) for u in rows.units], look="multiples")
    return [section(text("trend.multiples", count=len(rows.units)), charts)]


def _small(view: TrendView, unit: UnitStatusRow, scale: Scale) -> Node:
    code, name = unit.district_code, unit.short_name
    first, last_year = scale.first_year, view.rows.period.snapshot_date.year

    def place(day: date, value: float) -> str:
        x = (day.year + day.month / 12 - first) / max(1, last_year + 1 - first) * SMALL
        y = SMALL_HEIGHT - (value - scale.low) / (scale.high - scale.low) * SMALL_HEIGHT
        return f"{x:.1f},{y:.1f}"

    runs: list[list[str]] = [[]]
    previous: date | None = None
    for day, value in view.points.get(code, []):
        if value is None or (previous and any(previous < b <= day for b in view.breaks(code))):
            runs.append([])
        if value is not None:
            runs[-1].append(place(day, value))
        previous = day
    last = view.now(code)
    tone = {True: "ok", False: "fail", None: "peer"}[view.is_good(code)]
    line: list[Node] = []
    if view.limit is not None and scale.low <= view.limit <= scale.high:
        y = SMALL_HEIGHT - (view.limit - scale.low) / (scale.high - scale.low) * SMALL_HEIGHT
        line = [h("path", {"d": f"M0 {y:.1f}H{SMALL}", "className": "s-limit"})]
    is_selected = view.rows.state.district == code
    words = view.words(last)
    rule = text("trend.rule")
    return link_to(
        strong(name),
        run(words, look=f"num c-{tone}"),
        h(
            "svg",
            {"viewBox": f"0 0 {SMALL} {SMALL_HEIGHT}", "aria-hidden": "true", "preserveAspectRatio": "none"},
            *line,
            *[h("polyline", {"points": " ".join(r), "className": f"line {tone}"}) for r in runs if len(r) > 1],
        ),
        small(direction(view, code, short=True)),
        href=link(TREND, view.rows.state, district="" if is_selected else code),
        look="multiple chosen" if is_selected else "multiple",
        key=code,
        data_tip=text("trend.tip", name=name, value=words, direction=direction(view, code), rule=rule),
    )
