"""The trend: units that comply against the plan, or one unit's CV against its limit."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from data.rows.context import UnitContext, cv_name
from data.rows.overview import CvHistoryRow, UnitStatusRow
from data.rows.plan import plan_outlook
from data.text import text
from layouts import formatting
from layouts.charts.scales import nice_step, plan_bands, steps, year_of, year_scale
from layouts.charts.specification import Annotation, Break, Chart, Level, Line, Point, Scale, Size, Today
from layouts.parts.direction import cv_direction_words
from layouts.parts.forecast import outlook_rest

HEADROOM = 1.15
ROOM_BELOW = 0.1
"""Share of the height from which on a label has room under its point, where the plan's line does not run."""
SHORT_BAND = 3
"""Years; a narrower band carries its short name."""
MOST_COUNTS = 4
AUTUMN, YEARS_APART, BEYOND = 0.75, 2, 0.25
"""Where in its year a year is named, how far apart, what follows the last one."""
TENTHS = 10
SIZE = Size(0, 0, "fluid", left=30, right=8, top=4, bottom=20)


def trend(rows: UnitContext) -> Chart:
    """The chart; its title is the sentence above it."""
    if rows.chosen is not None:
        return _unit_trend(rows, rows.chosen)
    return _plan_trend(rows) if rows.is_verdict else _within_trend(rows)


def _over_time(
    rows: UnitContext, title: str, lines: Sequence[Line], values: Scale, notes: Sequence[Annotation] = ()
) -> Chart:
    first, last = rows.periods[0].snapshot_date.year, max(p.target_year for p in rows.phases)
    plan = plan_bands(
        rows.phases, first, last, lambda phase, years: phase.band_label if years > SHORT_BAND else phase.short_name
    )
    named = range(first + first % YEARS_APART, last + 2, YEARS_APART)
    years = year_scale(first, last + 1 + BEYOND, named, AUTUMN)
    today = Today(year_of(rows.period.snapshot_date))
    return Chart(title, years, values, lines, SIZE, [plan, *notes, today])


def _count_scale(highest: float) -> Scale:
    values = steps(0, highest, max(1.0, nice_step(highest, MOST_COUNTS)))
    return Scale(0, highest * HEADROOM, [(v, f"{v:g}" + (text("trend.unit") if v == 0 else "")) for v in values])


def _plan_trend(rows: UnitContext) -> Chart:
    scoped = rows.scoped_codes if rows.state.group else None
    met: dict[date, int] = {}
    for h in rows.verdict_history:
        is_shown = scoped is None or h.group_code == rows.state.group
        if is_shown and h.verdict != "undecidable":
            met[h.snapshot_date] = met.get(h.snapshot_date, 0) + (h.verdict == "met")
    history = [(day, n) for day, n in sorted(met.items()) if day <= rows.period.snapshot_date]
    outlook = plan_outlook(rows)
    count = text("trend.actual", count=history[-1][1]) if history else ""
    highest = max([*outlook.planned.values(), *[n for _, n in history], 1])
    is_above_ticks = bool(history) and history[-1][1] > highest * ROOM_BELOW
    place = "bottom right" if is_above_ticks else "top left"
    actual = Line(_counted(history, "trend.actual"), "ok", count, place, name=text("trend.series_actual"))
    plan_points = [Point(rows.periods[0].snapshot_date.year, 0)]
    plan_points += [_at_end_of(p.target_year, "trend.planned", outlook.planned[p.target_year]) for p in rows.phases]
    planned = text("trend.planned", count=outlook.planned[rows.phases[-1].target_year])
    lines = [Line(_stairs(plan_points), "plan", planned, "bottom left", name=text("trend.series_planned")), actual]
    coming, expected = outlook.coming, outlook.expected
    if history and expected is not None:
        ahead = [
            Point(year_of(history[-1][0]), history[-1][1]),
            _at_end_of(coming.target_year, "trend.expected", expected),
        ]
        label, name = text("trend.expected", count=expected), text("trend.series_expected")
        lines.append(Line(ahead, "coming", label, "bottom right", dots="open", name=name))
    if expected is None:
        title = text("trend.title_city_none", year=coming.target_year)
    else:
        difference = expected - outlook.planned[coming.target_year]
        compare = "equal" if difference == 0 else "more" if difference > 0 else "less"
        title = text(
            "trend.title_city",
            year=coming.target_year,
            expected=expected,
            compare=text(f"trend.compare_{compare}", count=abs(difference)),
        ) + outlook_rest(outlook)
    if rows.has_stage:
        title = text("trend.both_stages", words=title)
    return _over_time(rows, title, lines, _count_scale(highest))


def _counted(history: Sequence[tuple[date, int]], key: str) -> list[Point]:
    return [Point(year_of(d), n, f"{formatting.month(d)} {text(key, count=n)}") for d, n in history]


def _at_end_of(year: int, key: str, count: int) -> Point:
    return Point(year + 1, count, f"{text('trend.end_of', year=year)} {text(key, count=count)}")


def _stairs(points: Sequence[Point]) -> list[Point]:
    """A staircase that rises at the end of each phase."""
    stairs = [points[0]]
    for earlier, later in pairwise(points):
        stairs += [Point(later.x, earlier.y), later]
    return stairs


def _within_trend(rows: UnitContext) -> Chart:
    """How many units have the CV of one indicator within its limit, in every stage shown."""
    by_unit: dict[tuple[date, str], list[CvHistoryRow]] = {}
    for h in rows.cv_history:
        is_shown = h.is_annual or h.snapshot_date == rows.period.snapshot_date
        if is_shown and (not rows.state.group or h.district_code in rows.scoped_codes):
            by_unit.setdefault((h.snapshot_date, h.district_code), []).append(h)
    counts: dict[date, int] = {}
    units: dict[date, set[str]] = {}
    for (day, code), cells in by_unit.items():
        within = all(c.is_within_limit for c in cells)
        counts[day] = counts.get(day, 0) + within
        if within or any(c.is_within_limit is False for c in cells):
            units.setdefault(day, set()).add(code)
    history = [(d, n) for d, n in sorted(counts.items()) if d <= rows.period.snapshot_date]
    count = text("trend.within", count=history[-1][1]) if history else ""
    line = Line(_counted(history, "trend.within"), "ok", count, "top left")
    highest = max([len(rows.scoped), *[n for _, n in history], 1])
    last = history[-1][1] if history else 0
    compare = _compared(history[-2], history[-1], units) if len(history) > 1 else ""
    title = text("trend.title_indicator", indicator=rows.staged_indicator, count=last, compare=compare)
    if rows.is_silent:
        title = text("sub.not_reported")
    return _over_time(rows, title, [line], _count_scale(highest))


def _compared(before: tuple[date, int], now: tuple[date, int], units: dict[date, set[str]]) -> str:
    """How many more than a year before; of other judged units, both counts with their shares."""
    period, change = f"{before[0].year}年", now[1] - before[1]
    if not (units.get(before[0]) and units.get(now[0])):
        return text("trend.year_none")
    if units[before[0]] == units[now[0]]:
        key = "equal" if change == 0 else "more" if change > 0 else "less"
        return text(f"trend.year_{key}", period=period, count=abs(change))
    of_before, of_now = len(units[before[0]]), len(units[now[0]])
    return text(
        "trend.year_other",
        period=period,
        before=before[1],
        of_before=of_before,
        share_before=formatting.share(before[1] / of_before),
        count=now[1],
        of=of_now,
        share=formatting.share(now[1] / of_now),
    )


def _unit_trend(rows: UnitContext, unit: UnitStatusRow) -> Chart:
    worst = rows.worst
    if worst is None:
        title = text(
            "trend.title_district",
            name=unit.short_name,
            stage="",
            indicator=rows.indicator_name,
            word=text("trend.few"),
        )
        if not unit.is_reported:
            title = text("sub.about_unit", name=unit.short_name, words=text("sub.not_reported"))
        limit = rows.cv_limits["primary"]
        return _cv_chart(rows, title, [], limit, [])
    points = [
        h
        for h in rows.cv_history
        if (h.district_code, h.stage, h.indicator_code) == (unit.district_code, worst.stage, worst.indicator_code)
        and h.is_annual
        and h.snapshot_date <= rows.period.snapshot_date
    ]
    changes = sorted(
        {
            c.effective_on
            for c in rows.boundary_changes
            if c.district_code == unit.district_code
            and rows.state.basis == "as_was"
            and points
            and points[0].snapshot_date < c.effective_on <= rows.period.snapshot_date
        }
    )
    runs = _runs(points, changes)
    word = cv_direction_words(rows.worst_course, rows.period.snapshot_date, worst.cv_limit)
    name = cv_name(worst, rows.indicator_names)
    title = text("trend.title_district", name=unit.short_name, stage="", indicator=name, word=word)
    return _cv_chart(rows, title, runs, worst.cv_limit, changes)


def _runs(points: Sequence[CvHistoryRow], changes: Sequence[date]) -> list[list[CvHistoryRow]]:
    """Points cut at each boundary change; no line crosses one."""
    runs: list[list[CvHistoryRow]] = [[]]
    for point in points:
        previous = runs[-1][-1].snapshot_date if runs[-1] else None
        if previous and any(previous < c <= point.snapshot_date for c in changes):
            runs.append([])
        if point.cv is not None:
            runs[-1].append(point)
    return [r for r in runs if r]


def _cv_chart(
    rows: UnitContext, title: str, runs: list[list[CvHistoryRow]], limit: float, changes: Sequence[date]
) -> Chart:
    lines = [_cv_line(run, limit, is_last=run is runs[-1]) for run in runs]
    values = [p.cv for run in runs for p in run if p.cv is not None]
    low = max(min([*values, limit]) - 0.06, 0)
    high = max([*values, limit]) + 0.08
    tenths = range(int(low * TENTHS), int(high * TENTHS) + 1)
    scale = Scale(low, high, [(n / TENTHS, f"{n / TENTHS:.2f}") for n in tenths if n / TENTHS >= low])
    breaks = [Break(year_of(c), f"{formatting.month(c)}{text('trend.break')}") for c in changes]
    line = Level(limit, text("trend.limit", limit=formatting.rounded(limit, 2)))
    return _over_time(rows, title, lines, scale, [line, *breaks])


def _cv_line(run: Sequence[CvHistoryRow], limit: float, *, is_last: bool) -> Line:
    points = [
        Point(year_of(p.snapshot_date), p.cv, f"{formatting.month(p.snapshot_date)} {formatting.cv(p.cv, limit)}")
        for p in run
    ]
    look = "ok" if run[-1].is_within_limit else "fail"
    label = formatting.cv(run[-1].cv, limit) if is_last else ""
    return Line(points, look, label, "middle right", dots="full" if len(run) == 1 else "")
