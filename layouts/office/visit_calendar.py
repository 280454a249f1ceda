"""The calendar of visits: a month, each day with the visits that are planned on it or were made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from data.rows.visit_calendar import CalendarDayRow, VisitOfDay, next_month, previous_month
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, cell
from layouts.components.elements import block, link_to, paragraph, run, strong
from layouts.components.forms import choice_field, hidden_field, query_form, submit_button
from layouts.components.sections import heading
from layouts.document import document
from layouts.markup import Node
from layouts.office.supervision_ways import CALENDAR, supervision_ways
from layouts.office.table import office_table
from layouts.parts.demonstration import invented_line
from layouts.routes import VISITS

MOST_OF_A_DAY = 4
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class CalendarAsked:
    """What the address says: the first day of the month; the unit, empty for all."""

    month: date
    district_code: str

    @property
    def address(self) -> str:
        """The address that asks for the same."""
        asked = {"month": f"{self.month:%Y-%m}", "district": self.district_code}
        return f"{CALENDAR}?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True)
class CalendarView:
    """The month by weeks, how many visits of it are planned, made, and past their day; the units that may be chosen."""

    asked: CalendarAsked
    weeks: Sequence[Sequence[CalendarDayRow]]
    planned_count: int
    made_count: int
    late_count: int
    units: Sequence[tuple[str, str]]
    is_arranged: bool
    is_demonstration: bool
    today: date


def calendar_page(view: CalendarView, account_bar: Node) -> str:
    """The sentence, the months before and after, the weeks."""
    return document(
        text("visit_calendar.title"),
        [
            supervision_ways(CALENDAR),
            heading(_headline(view), level=1),
            invented_line(is_demonstration=view.is_demonstration),
            _ways(view),
            _unit_filter(view),
            _table(view),
            None if view.is_arranged else paragraph(text("matter.unarranged", year=view.asked.month.year), look="src"),
        ],
        "office visits",
        account_bar=account_bar,
    )


def _headline(view: CalendarView) -> str:
    counts = {"planned": formatting.count(view.planned_count), "made": formatting.count(view.made_count)}
    said = text("visit_calendar.headline", month=formatting.month(view.asked.month), **counts)
    late = text("visit_calendar.late", count=formatting.count(view.late_count))
    return said + (late if view.late_count else "")


def _ways(view: CalendarView) -> Node:
    asked = view.asked
    before, after = (replace(asked, month=step(asked.month)) for step in (previous_month, next_month))
    listed = f"{VISITS.path}?{urlencode({'district': asked.district_code})}" if asked.district_code else VISITS.path
    return block(
        link_to(text("visit_calendar.before"), href=before.address, look="button", stays=False),
        link_to(text("visit_calendar.after"), href=after.address, look="button", stays=False),
        link_to(text("visit_calendar.list"), href=listed, stays=False),
        look="in-row",
    )


def _unit_filter(view: CalendarView) -> Node:
    if len(view.units) == 1:
        return None
    units = [("", text("visit.all_units")), *view.units]
    return query_form(
        CALENDAR,
        choice_field("district", text("filter.district"), units, chosen=view.asked.district_code),
        hidden_field("month", f"{view.asked.month:%Y-%m}"),
        submit_button(text("audit.show"), look="button"),
        look="in-row",
    )


def _table(view: CalendarView) -> Node:
    columns = [_weekday(view, number, name) for number, name in enumerate(WEEKDAYS)]
    table = office_table(
        columns, view.weeks, name=text("visit_calendar.title"), key=lambda week: week[0].day.isoformat()
    )
    return block(table, look="visit-calendar")


def _weekday(view: CalendarView, number: int, name: str) -> Column[Sequence[CalendarDayRow]]:
    return Column(name=name, head=text(f"visit_calendar.{name}"), cell=lambda week: _day(view, week[number]))


def _day(view: CalendarView, row: CalendarDayRow) -> Cell:
    if not row.is_of_month:
        return cell("", look="other-month")
    looks = [] if row.is_working else ["rest"]
    looks += ["today"] if row.day == view.today else []
    looks += [] if row.visits else ["free"]
    shown, others = row.visits[:MOST_OF_A_DAY], row.visits[MOST_OF_A_DAY:]
    rest = text("visit_calendar.more", count=formatting.count(len(others))) if others else ""
    return cell(
        strong(str(row.day.day), aria_label=formatting.day(row.day)),
        run(row.name, look="src") if row.name else None,
        *[_visit(visit) for visit in shown],
        paragraph(rest, look="src") if rest else None,
        look=" ".join(looks),
    )


def _visit(visit: VisitOfDay) -> Node:
    look = "" if visit.is_made else "to-come"
    look = "t-unmet" if visit.is_late else look
    mark = text("visit_calendar.made") if visit.is_made else ""
    return paragraph(
        link_to(visit.subject, href=f"{VISITS.path}/{visit.matter_code}", look=look, stays=False),
        mark,
        key=visit.matter_code,
    )
