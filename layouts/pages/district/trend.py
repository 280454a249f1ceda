"""The worst CV over the years against its limit and the median of the group."""

from collections.abc import Sequence
from datetime import date
from statistics import median

from data.rows.context import cv_name
from data.rows.overview import WorstCv
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.district.rows import DistrictView
from layouts.parts.direction import cv_direction_words
from layouts.parts.frame import section
from layouts.parts.line_chart import Scale, Series, line_chart, span
from layouts.routes import TREND, link

Points = Sequence[tuple[date, float | None]]
WIDTH, HEIGHT, STEP = 590, 218, 0.1


def trend(view: DistrictView) -> list[Node]:
    """The section."""
    unit, rows, worst = view.unit, view.rows, view.unit.worst
    if not unit.is_reported:
        return [section(text("sub.not_reported"))]
    if worst is None or view.direction is None or not view.history:
        return [section(text("district.trend_none"), h("p", {"className": "d"}, text("trend.few")))]
    until = rows.period.snapshot_date
    own = [(p.snapshot_date, p.cv if p.is_recast_complete else None) for p in view.history if p.snapshot_date <= until]
    peers = _medians(view, until)
    breaks = [
        (b.effective_on, text("trend.break"))
        for b in rows.boundary_changes
        if b.district_code == unit.district_code and b.effective_on <= until and rows.state.basis == "as_was"
    ]
    values = [v for _, v in (*own, *peers)]
    low, high = span(values, lines=[worst.cv_limit], step=STEP)
    scale = Scale(WIDTH, HEIGHT, rows.periods[0].snapshot_date.year, max(p.target_year for p in rows.phases), low, high)
    tone = "ok" if worst.is_within_limit else "fail"
    series = [
        Series("peers", peers, "peer", is_context=True),
        Series(
            "own",
            own,
            tone,
            f"{unit.short_name} {formatting.cv(worst.cv, worst.cv_limit)}",
            breaks=[day for day, _ in breaks],
        ),
    ]
    title = text(
        "district.trend_title",
        name=cv_name(worst, rows.indicator_names),
        words=cv_direction_words(view.direction, worst.cv_limit),
    )
    limit = text("trend.limit", limit=formatting.rounded(worst.cv_limit, 2))
    chart = line_chart(
        series, scale, limits=[(worst.cv_limit, limit)], phases=rows.phases, breaks=breaks, label=title, step=STEP
    )
    href = link(
        TREND, rows.state, why="", indicator=worst.indicator_code, stage=worst.stage, district=unit.district_code
    )
    more = h("a", {"href": href, "data-nav": "1", "className": "plain-link"}, text("district.trend_more"))
    note = h(
        "p",
        {"className": "d"},
        text(f"district.trend_note{'' if view.rows.sees_all else '_own'}", group=unit.group_name),
    )
    return [section(title, chart, note, _table(view, worst, own, peers), lead=more)]


def _table(view: DistrictView, worst: WorstCv, own: Points, peers: Points) -> Node:
    """The chart's points as a table."""
    medians = dict(peers)
    head = [
        h("th", {"scope": "col", "key": w}, w)
        for w in (text("filter.period"), view.unit.short_name, text("district.trend_group", group=view.unit.group_name))
    ]
    rows = [
        h(
            "tr",
            {"key": day.isoformat()},
            h("th", {"scope": "row"}, formatting.month(day)),
            h("td", {"className": "num"}, formatting.cv(value, worst.cv_limit)),
            h("td", {"className": "num"}, formatting.cv(medians.get(day))),
        )
        for day, value in own
    ]
    return h(
        "details",
        {"className": "why-not"},
        h("summary", {}, text("state.see_table")),
        h("table", {"className": "mini"}, h("thead", {}, h("tr", {}, *head)), h("tbody", {}, *rows)),
    )


def _medians(view: DistrictView, until: date) -> list[tuple[date, float | None]]:
    if not view.rows.sees_all:
        return []
    group = {u.district_code for u in view.rows.units if u.group_code == view.unit.group_code}
    days: dict[date, list[float]] = {}
    for point in view.peer_history:
        is_whole = point.district_code in group and point.is_recast_complete
        if is_whole and point.cv is not None and point.snapshot_date <= until:
            days.setdefault(point.snapshot_date, []).append(point.cv)
    return [(day, float(median(values))) for day, values in sorted(days.items())]
