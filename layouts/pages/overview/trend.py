"""The trend: units that comply against the plan, or one unit's CV against its limit."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from data.rows.context import UnitContext, cv_name
from data.rows.overview import CvHistoryRow, UnitStatusRow
from data.rows.plan import plan_outlook
from data.text import text
from layouts import formatting
from layouts.figures.trend_lines import Band, Line, Point, Trend
from layouts.parts.direction import cv_direction_words
from layouts.parts.forecast import outlook_rest
from layouts.theme import color

MONTHS = 12
HEADROOM = 1.15


def year_of(day: date) -> float:
    """A day as a year with a fraction: the end of September 2026 is 2026.75."""
    return day.year + day.month / MONTHS


def bands(rows: UnitContext) -> list[Band]:
    """The plan's phases since the oldest period; one over by then has no width, no words."""
    first = rows.periods[0].snapshot_date.year
    ends = [max(first, p.target_year + 1) for p in rows.phases]
    return [
        Band(float(start), float(end), *((p.band_label, p.short_name) if end > start else ("", "")))
        for start, end, p in zip([first, *ends[:-1]], ends, rows.phases, strict=True)
    ]


def trend(rows: UnitContext) -> tuple[str, Trend]:
    """The sentence above the chart, and the chart."""
    if rows.chosen is not None:
        return _unit_trend(rows, rows.chosen)
    return _plan_trend(rows) if rows.is_verdict else _within_trend(rows)


def _count_axis(highest: float) -> list[tuple[float, str]]:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 500, 1000) if highest / s <= 4)  # noqa: PLR2004
    values = [float(v) for v in range(0, int(highest) + 1, step)]
    return [(v, f"{v:g}" + (text("trend.unit") if v == 0 else "")) for v in values]


def _plan_trend(rows: UnitContext) -> tuple[str, Trend]:
    scoped = rows.scoped_codes if rows.state.group else None
    met: dict[date, int] = {}
    for h in rows.verdict_history:
        if scoped is None or h.group_code == rows.state.group:
            met[h.snapshot_date] = met.get(h.snapshot_date, 0) + (h.verdict == "met")
    history = [(day, n) for day, n in sorted(met.items()) if day <= rows.period.snapshot_date]
    outlook = plan_outlook(rows)
    actual = Line(
        [Point(year_of(d), n, f"{formatting.month(d)} {text('trend.actual', count=n)}") for d, n in history],
        color("ok"),
        text("trend.actual", count=history[-1][1]) if history else "",
        label_place="top left",
    )
    first = float(rows.periods[0].snapshot_date.year)
    plan_points = [Point(first, 0, "")]
    for phase in rows.phases:
        words = text("trend.planned", count=outlook.planned[phase.target_year])
        plan_points.append(Point(phase.target_year + 1.0, outlook.planned[phase.target_year], words))
    steps = _steps(plan_points)
    staircase = Line(steps, color("ink-3"), plan_points[-1].words, "dash", 1.4, label_place="middle left")
    lines = [staircase, actual]
    coming, expected = outlook.coming, outlook.expected
    if history and expected is not None:
        words = text("trend.expected", count=expected)
        lines.append(
            Line(
                [Point(year_of(history[-1][0]), history[-1][1], ""), Point(coming.target_year + 1.0, expected, words)],
                color("ok"),
                words,
                "dot",
                1.8,
                marker="open",
                label_place="bottom right",
            )
        )
    highest = max([*outlook.planned.values(), *[n for _, n in history], 1])
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
    return title, Trend(
        lines,
        bands(rows),
        (0, highest * HEADROOM),
        _count_axis(highest),
        today=(year_of(rows.period.snapshot_date), ""),
    )


def _steps(points: Sequence[Point]) -> list[Point]:
    """A staircase that rises at the end of each phase."""
    steps = [points[0]]
    for earlier, later in pairwise(points):
        steps += [Point(later.year, earlier.value, ""), later]
    return steps


def _within_trend(rows: UnitContext) -> tuple[str, Trend]:
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
        units.setdefault(day, set()).add(code)
    history = [(d, n) for d, n in sorted(counts.items()) if d <= rows.period.snapshot_date]
    line = Line(
        [Point(year_of(d), n, f"{formatting.month(d)} {text('trend.within', count=n)}") for d, n in history],
        color("ok"),
        text("trend.within", count=history[-1][1]) if history else "",
        label_place="top left",
    )
    highest = max([len(rows.scoped), *[n for _, n in history], 1])
    last = history[-1][1] if history else 0
    compare = _compared(history[-2], history[-1], units) if len(history) > 1 else ""
    stage = text(f"stage.{rows.state.stage}") if rows.has_stage else ""
    title = text("trend.title_indicator", indicator=stage + rows.indicator_name, count=last, compare=compare)
    if rows.is_silent:
        title = text("sub.not_reported")
    return title, Trend(
        [line],
        bands(rows),
        (0, highest * HEADROOM),
        _count_axis(highest),
        today=(year_of(rows.period.snapshot_date), ""),
    )


def _compared(before: tuple[date, int], now: tuple[date, int], units: dict[date, set[str]]) -> str:
    """How many more than a year before; of other units, both counts with their shares."""
    period, change = f"{before[0].year}年", now[1] - before[1]
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


def _unit_trend(rows: UnitContext, unit: UnitStatusRow) -> tuple[str, Trend]:
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
        return title, _cv_chart(rows, [], limit, [])
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
    word = cv_direction_words(rows.worst_course, worst.cv_limit)
    name = cv_name(worst, rows.indicator_names)
    title = text("trend.title_district", name=unit.short_name, stage="", indicator=name, word=word)
    return title, _cv_chart(rows, runs, worst.cv_limit, changes)


def _runs(points: Sequence[CvHistoryRow], changes: Sequence[date]) -> list[list[CvHistoryRow]]:
    """Points cut at each boundary change; no line crosses one."""
    runs: list[list[CvHistoryRow]] = [[]]
    for point in points:
        previous = runs[-1][-1].snapshot_date if runs[-1] else None
        if previous and any(previous < c <= point.snapshot_date for c in changes):
            runs.append([])
        if point.is_recast_complete:
            runs[-1].append(point)
    return [r for r in runs if r]


def _cv_chart(rows: UnitContext, runs: list[list[CvHistoryRow]], limit: float, changes: Sequence[date]) -> Trend:
    lines: list[Line] = []
    for number, run in enumerate(runs):
        last = run[-1]
        label = formatting.cv(last.cv, limit) if number == len(runs) - 1 else ""
        tone = color("ok-text" if last.is_within_limit else "fail-text")
        lines.append(
            Line(
                [
                    Point(
                        year_of(p.snapshot_date),
                        p.cv,
                        f"{formatting.month(p.snapshot_date)} {formatting.cv(p.cv, limit)}",
                    )
                    for p in run
                ],
                tone,
                label,
                marker="dot" if len(run) == 1 else "",
                label_place="middle right",
            )
        )
    values = [p.cv for run in runs for p in run if p.cv is not None]
    low = min([*values, limit]) - 0.06
    high = max([*values, limit]) + 0.08
    first = int(max(low, 0) * 10) / 10
    ticks = [(v / 10, f"{v / 10:.2f}") for v in range(int(first * 10), int(high * 10) + 1)]
    return Trend(
        lines,
        bands(rows),
        (max(low, 0), high),
        ticks,
        limit=(limit, text("trend.limit", limit=formatting.rounded(limit, 2))),
        breaks=[(c.year + (c.month - 1) / MONTHS, f"{formatting.month(c)}{text('trend.break')}") for c in changes],
        today=(year_of(rows.period.snapshot_date), ""),
    )
