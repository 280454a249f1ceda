"""The calendar of visits for the month and the unit that an address says."""

import re
from collections.abc import Mapping
from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.pages.visits import unit_names
from data.catalogue.amounts import EARLIEST, LATEST
from data.catalogue.calendar_tables import CalendarDay
from data.rows.visit_calendar import VisitOfDay, days_shown, next_month, weeks_of
from data.store.matter_lists import Asked, days_of_matters
from data.store.visits import PLANNED, RECORDED, VISIT
from data.terms import ONE_DAY, is_arranged, is_working_day
from layouts.office.visit_calendar import CalendarAsked, CalendarView
from layouts.parts.demonstration import UNIT_KINDS, is_invented

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def calendar_view(deps: Dependencies, said: Mapping[str, str]) -> CalendarView:
    """A month of visits; what the address says that there is not is as if it were not said."""
    snapshot, today = deps.warehouse.current(), deps.today()
    units, unit = unit_names(deps, snapshot), said.get("district", "")
    asked = CalendarAsked(_month(said.get("month", ""), today), unit if unit in units else "")
    of_unit = Asked(VISIT, snapshot.scope, asked.district_code)
    last = next_month(asked.month) - ONE_DAY
    visits = [
        VisitOfDay(code, subject, day, state == RECORDED, state == PLANNED and day < today)
        for code, subject, day, state in days_of_matters(deps.store, of_unit, (PLANNED, RECORDED), asked.month, last)
    ]
    working = {day: is_working_day(deps.catalogue, day) for day in days_shown(asked.month)}
    names = {row.day: row.name for row in deps.catalogue.rows(CalendarDay)}
    planned = [v for v in visits if not v.is_made]
    return CalendarView(
        asked,
        weeks_of(asked.month, working, names, visits),
        len(planned),
        len(visits) - len(planned),
        sum(v.is_late for v in planned),
        sorted(units.items()),
        is_arranged(deps.catalogue, asked.month.year),
        is_invented(snapshot.info, UNIT_KINDS),
        today,
    )


def _month(said: str, today: date) -> date:
    matched = MONTH.fullmatch(said)
    if matched is None:
        return today.replace(day=1)
    year, month = (int(part) for part in matched.groups())
    return date(year, month, 1) if EARLIEST.year < year < LATEST.year else today.replace(day=1)
