"""Beside the grid: who fails and got worse, who is farthest, who improved most, the groups."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from data.rows.context import cv_name
from data.rows.overview import UnitStatusRow, WorstCv
from data.text import text
from layouts import formatting
from layouts.charts.specification import Bar, Chart, Scale, Size
from layouts.charts.svg import svg
from layouts.components.cells import cv_cell, file_column, headless_table, picture_column
from layouts.components.data_table import Cell, Column, Kind, cell
from layouts.components.elements import paragraph, scroll_region, strong
from layouts.markup import Node
from layouts.pages.league.rows import LeagueView
from layouts.pages.overview.worst import change_tip
from layouts.parts.double_red import rest_words, unknown_words
from layouts.parts.frame import section
from layouts.parts.glyph import VERDICT_LEVELS, glyph
from layouts.parts.small_charts import bullet

Row = TypeVar("Row")
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
    return [scroll_region(*lists, label=text("league.side"), look="side-scroll")]


def _table(columns: Sequence[Column[Row]], rows: Sequence[Row], *, sheet: str, key: Callable[[Row], str]) -> Node:
    nothing = paragraph(text("league.none"), look="mut")
    return headless_table(columns, rows, name=sheet, key=key) if rows else nothing


def _note(sentence: str) -> Node:
    return paragraph(sentence, look="d")


@dataclass(frozen=True)
class Course:
    """A CV of a unit before and now; `subject` is what it is of, `tip` what it is compared with."""

    unit: UnitStatusRow
    before: float
    now: float
    limit: float | None
    subject: str = ""
    tip: str = ""
    key: str = ""

    @property
    def change(self) -> float:
        """By how much the CV rose."""
        return self.now - self.before


def _from_to(course: Course) -> Cell:
    before, now = formatting.cv_pair(course.before, course.now, course.limit)
    return cell(f"{before} → ", strong(now), look="num")


def _change_cell(course: Course, arrow: str, look: str) -> Cell:
    printed = arrow + formatting.cv_change(course.before, course.now, course.limit)
    return cell(printed, value=course.change, look=look, tip=course.tip)


def _double_red(view: LeagueView) -> Node:
    rows = view.rows
    units = {u.district_code: u for u in view.ordered}
    courses = [
        Course(
            unit=units[cv.district_code],
            before=pair[0],
            now=pair[1],
            limit=cv.cv_limit,
            subject=cv_name(cv, rows.indicator_names),
            tip=change_tip(rows, cv),
            key=f"{cv.district_code}{cv.stage}{cv.indicator_code}",
        )
        for cv in rows.double_red
        if (pair := cv.before_and_now) is not None
    ]
    courses.sort(key=lambda course: -course.change)
    columns: list[Column[Course]] = [
        file_column("league.district", lambda c: cell(glyph("unmet", 11), c.unit.short_name, look="b")),
        file_column("filter.indicator", lambda c: cell(c.subject, look="mut")),
        file_column("sheet.before_and_now", _from_to),
        file_column("league.change", lambda c: _change_cell(c, "↑", "c-fail"), Kind.NUMBER),
    ]
    unknown = unknown_words(rows)
    if unknown:
        return section(text("league.double_red"), _note(unknown))
    count = len({course.unit.district_code for course in courses})
    rest = courses[MOST:]
    note = text("league.double_red_note", count=count, cells=len(courses), period=rows.previous_word)
    return section(
        text("league.double_red"),
        _note(note + rest_words(rows)),
        _table(columns, courses[:MOST], sheet=text("matrix.double_red"), key=lambda c: c.key),
        _note(text("league.double_red_more", count=len(rest))) if rest else None,
    )


def _largest(view: LeagueView) -> Node:
    worst = [(u, u.worst) for u in view.ordered]
    known = [(u, cv) for u, cv in worst if cv is not None]
    if not known:
        return section(text("league.largest"), _note(text("district.strips_unknown")))
    known.sort(key=lambda pair: (-pair[1].ratio, pair[0].district_code))
    columns: list[Column[tuple[UnitStatusRow, WorstCv]]] = [
        file_column("league.district", lambda pair: cell(pair[0].short_name, look="b")),
        picture_column("bullet", lambda pair: bullet(pair[1].cv, pair[1].cv_limit, is_within=pair[1].is_within_limit)),
        file_column("league.worst", lambda pair: _worst_cell(pair[1]), Kind.CV),
        file_column("sheet.times", lambda pair: _times_cell(pair[1]), Kind.NUMBER),
    ]
    table = _table(columns, known[:MOST], sheet=text("league.largest"), key=lambda pair: pair[0].district_code)
    return section(text("league.largest"), _note(text("league.largest_note")), table)


def _worst_cell(worst: WorstCv) -> Cell:
    return cv_cell(worst.cv, worst.cv_limit, look="b" if worst.is_within_limit else "b c-fail")


def _times_cell(worst: WorstCv) -> Cell:
    printed = text("league.times", times=formatting.beside(worst.ratio, 2, 1))
    return cell(printed, value=worst.ratio, look="mut")


def _fastest(view: LeagueView) -> Node:
    courses: list[Course] = []
    for unit in view.ordered:
        history = view.histories.get(unit.district_code, [])[-(YEARS_BACK + 1) :]
        if len(history) == YEARS_BACK + 1 and history[0] is not None and history[-1] is not None:
            courses.append(Course(unit, history[0], history[-1], unit.worst_cv_limit, key=unit.district_code))
    fallen = sorted((c for c in courses if c.change < 0), key=lambda c: c.change)[:MOST]
    columns: list[Column[Course]] = [
        file_column("league.district", lambda c: cell(c.unit.short_name, look="b")),
        file_column("sheet.before_and_now", _from_to),
        file_column("sheet.change", lambda c: _change_cell(c, "↓", "c-ok"), Kind.NUMBER),
    ]
    last_year = max(
        (
            p.snapshot_date.year
            for p in view.rows.periods
            if p.is_annual and view.rows.period.snapshot_date >= p.snapshot_date
        ),
        default=view.rows.period.snapshot_date.year,
    )
    note = text("league.fastest_note", first=last_year - YEARS_BACK, last=f"{last_year}年")
    if not courses:
        return section(text("league.fastest"), _note(text("league.fastest_unknown", years=YEARS_BACK)))
    table = _table(columns, fallen, sheet=text("league.fastest"), key=lambda c: c.key)
    return section(text("league.fastest"), _note(note), table)


def _groups(view: LeagueView) -> Node:
    members: dict[str, list[UnitStatusRow]] = {}
    for unit in view.rows.units:
        members.setdefault(unit.group_name, []).append(unit)
    most = max(map(len, members.values()), default=0)
    counts = {name: Counter(u.standing for u in units) for name, units in members.items()}
    columns: list[Column[str]] = [
        file_column("league.group", lambda name: name),
        picture_column("bar", lambda name: _bar(name, counts[name], most)),
        file_column("sheet.units", lambda name: _size_cell(len(members[name])), Kind.COUNT),
    ]
    table = _table(columns, list(members), sheet=text("league.groups"), key=lambda name: name)
    return section(text("league.groups"), table)


def _size_cell(count: int) -> Cell:
    return cell(text("league.heading_count", count=count), value=count, look="mut")


def _bar(name: str, counts: Counter[str], most: int) -> Node:
    breakdown = "，".join(f"{text(f'level.{lv}')}{counts[lv]}" for lv in VERDICT_LEVELS if counts[lv])
    return svg(standing_bars(f"{name}：{breakdown}", counts, most))


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
