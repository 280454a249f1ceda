"""Beside the grid: who fails and got worse, who is farthest, who improved most, the groups."""

from collections import Counter
from collections.abc import Mapping, Sequence

from data.rows.context import cv_name
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.charts.specification import Bar, Chart, Scale, Size
from layouts.charts.svg import svg
from layouts.markup import Node, h
from layouts.pages.league.rows import LeagueView
from layouts.pages.overview.worst import change_tip
from layouts.parts.frame import section
from layouts.parts.glyph import VERDICT_LEVELS, glyph
from layouts.parts.small_charts import bullet

MOST = 5
YEARS_BACK = 3
GROUP_WIDTH, GROUP_HEIGHT = 150, 16


def side(view: LeagueView) -> list[Node]:
    """Four short lists."""
    lists = (
        [section(text("sub.not_reported")), _groups(view)]
        if view.rows.is_silent
        else [_double_red(view), _largest(view), _fastest(view), _groups(view)]
    )
    label = text("league.side")
    return [h("div", {"className": "side-scroll", "tabIndex": 0, "role": "region", "aria-label": label}, *lists)]


def _table(rows: Sequence[Node]) -> Node:
    if not rows:
        return h("p", {"className": "mut"}, text("league.none"))
    return h("table", {"className": "mini"}, h("tbody", {}, *rows))


def _note(words: str) -> Node:
    return h("p", {"className": "d"}, words)


def _name(unit: UnitStatusRow, *, marked: bool = False) -> Node:
    return h("td", {"className": "b"}, glyph("unmet", 11) if marked else None, unit.short_name)


def _pair(before: float, now: float, limit: float | None) -> Node:
    first, last = formatting.cv_pair(before, now, limit)
    return h("td", {"className": "num"}, f"{first} → ", h("b", {}, last))


def _double_red(view: LeagueView) -> Node:
    rows = view.rows
    units = {u.district_code: u for u in view.ordered}
    pairs = [(c, c.before_and_now) for c in rows.double_red]
    found = sorted(((c, *pair) for c, pair in pairs if pair is not None), key=lambda one: one[1] - one[2])
    lines = [
        h(
            "tr",
            {"key": f"{c.district_code}{c.stage}{c.indicator_code}"},
            _name(units[c.district_code], marked=True),
            h("td", {"className": "mut"}, cv_name(c, rows.indicator_names)),
            _pair(before, now, c.cv_limit),
            h(
                "td",
                {"className": "num c-fail", "data-tip": change_tip(rows, c)},
                "↑" + formatting.cv_change(before, now, c.cv_limit),
            ),
        )
        for c, before, now in found[:MOST]
    ]
    count = len({c.district_code for c, _, _ in found})
    return section(
        text("league.double_red"),
        _note(text("league.double_red_note", count=count, cells=len(found), period=rows.previous_word)),
        _table(lines),
        _note(text("league.double_red_more", count=len(found) - MOST)) if len(found) > MOST else None,
    )


def _largest(view: LeagueView) -> Node:
    pairs = [(u, u.worst) for u in view.ordered]
    found = sorted(
        ((u, worst) for u, worst in pairs if worst is not None), key=lambda one: (-one[1].ratio, one[0].district_code)
    )
    lines = [
        h(
            "tr",
            {"key": u.district_code},
            _name(u),
            h("td", {}, bullet(worst.cv, worst.cv_limit, is_within=worst.is_within_limit)),
            h(
                "td",
                {"className": "num b" + ("" if worst.is_within_limit else " c-fail")},
                formatting.cv(worst.cv, worst.cv_limit),
            ),
            h("td", {"className": "num mut"}, text("league.times", times=formatting.beside(worst.ratio, 2, 1))),
        )
        for u, worst in found[:MOST]
    ]
    return section(text("league.largest"), _note(text("league.largest_note")), _table(lines))


def _fastest(view: LeagueView) -> Node:
    found: list[tuple[float, UnitStatusRow, float, float]] = []
    for unit in view.ordered:
        history = view.histories.get(unit.district_code, [])[-(YEARS_BACK + 1) :]
        if len(history) == YEARS_BACK + 1 and history[0] is not None and history[-1] is not None:
            found.append((history[0] - history[-1], unit, history[0], history[-1]))
    found = sorted((f for f in found if f[0] > 0), key=lambda item: -item[0])[:MOST]
    lines = [
        h(
            "tr",
            {"key": u.district_code},
            _name(u),
            _pair(first, last, u.worst_cv_limit),
            h("td", {"className": "num c-ok"}, "↓" + formatting.cv_change(first, last, u.worst_cv_limit)),
        )
        for _, u, first, last in found
    ]
    last_year = view.rows.period.snapshot_date.year
    note = text("league.fastest_note", first=last_year - YEARS_BACK, last=f"{last_year}年")
    return section(text("league.fastest"), _note(note), _table(lines))


def _groups(view: LeagueView) -> Node:
    names = list(dict.fromkeys(u.group_name for u in view.rows.units))
    most = max(Counter(u.group_name for u in view.rows.units).values(), default=0)
    lines: list[Node] = []
    for name in names:
        members = [u for u in view.rows.units if u.group_name == name]
        counts = Counter(u.standing for u in members)
        words = "，".join(f"{text(f'level.{lv}')}{counts[lv]}" for lv in VERDICT_LEVELS if counts[lv])
        lines.append(
            h(
                "tr",
                {"key": name},
                h("td", {}, name),
                h("td", {}, svg(standing_bars(f"{name}：{words}", counts, most))),
                h("td", {"className": "num mut"}, text("league.heading_count", count=len(members))),
            )
        )
    return section(text("league.groups"), _table(lines))


def standing_bars(title: str, counts: Mapping[str, int], largest: int) -> Chart:
    """How many units stand at each level; the widest bar is that of the largest group."""
    bars: list[Bar] = []
    start = 0
    for level in VERDICT_LEVELS:
        count = counts.get(level, 0)
        if count:
            label = str(count) if count > 1 else ""
            bars.append(Bar(start, start + count, f"g-bar f-{level}", label, f"bar-word w-{level}"))
            start += count
    return Chart(title, Scale(0, max(1, largest)), Scale(0, 1), bars, Size(GROUP_WIDTH, GROUP_HEIGHT))
