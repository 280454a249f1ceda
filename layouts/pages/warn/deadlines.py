"""Who must answer by when: the reminded by their day, the others by the days that they will have."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.rows.warn import WarningRow
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import paragraph
from layouts.markup import Node
from layouts.pages.warn.rows import WarnView
from layouts.parts.frame import section


@dataclass(frozen=True)
class Deadline:
    """A day by which, or a number of days within which, these warnings must be answered."""

    day: date | None
    days: int
    warnings: tuple[WarningRow, ...]


def deadlines(view: WarnView) -> Node:
    """The reminded first, the earliest day on top; then who is still to be reminded."""
    reminded = [w for w in view.warnings if w.answer_by is not None]
    waiting = [w for w in view.warnings if w.state == "new"]
    if not reminded and not waiting:
        return section(text("warn.deadlines_none"))

    def when(row: Deadline) -> Cell:
        if row.day is None:
            return cell(text("warn.days_to_answer", days=row.days), value=row.days, unit=text("warn.unit_days"))
        look = "c-fail b" if any(w.is_late(view.today) for w in row.warnings) else "b"
        return cell(formatting.day(row.day), look=look)

    columns: list[Column[Deadline]] = [
        column("warn.deadline_", "when", when),
        column("warn.deadline_", "count", lambda d: count_cell(len(d.warnings), look="b"), Kind.COUNT),
        column("warn.deadline_", "units", lambda d: cell(_units(view, d.warnings), look="wide")),
    ]
    table = data_table(
        columns,
        [*_by_day(reminded), *_by_days(waiting)],
        name=text("sheet.deadlines"),
        key=lambda d: f"{d.day}{d.days}",
        look=TableLook(table="mini deadlines"),
    )
    units = len({w.district_code for w in waiting})
    lead = text("warn.deadlines_lead", reminded=len(reminded), waiting=len(waiting), units=units)
    note = paragraph(text("warn.deadlines_note"), look="src")
    return section(text("warn.deadlines_title"), paragraph(lead, look="d"), table, note)


def _by_day(warnings: Iterable[WarningRow]) -> list[Deadline]:
    by_day: dict[date, list[WarningRow]] = {}
    for warning in warnings:
        if warning.answer_by is not None:
            by_day.setdefault(warning.answer_by, []).append(warning)
    return [Deadline(day, 0, tuple(members)) for day, members in sorted(by_day.items())]


def _by_days(warnings: Iterable[WarningRow]) -> list[Deadline]:
    by_days: dict[int, list[WarningRow]] = {}
    for warning in warnings:
        by_days.setdefault(warning.rule.days_to_answer, []).append(warning)
    return [Deadline(None, days, tuple(members)) for days, members in sorted(by_days.items())]


def _units(view: WarnView, warnings: Iterable[WarningRow]) -> str:
    """The units, each with how many answers it owes where more than one."""
    counts = Counter(w.district_code for w in warnings)
    names = {u.district_code: u.short_name for u in view.rows.units}
    return "、".join(
        names.get(code, code) + ("" if count == 1 else text("warn.deadline_times", count=count))
        for code, count in counts.items()
    )
