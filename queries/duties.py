"""督导履职: how often each school of a scope was visited in a term, by whom it is due, and what is past its day."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.access import Scope
from data.catalogue.loader import Catalogue
from data.rows.common_dimensions import SchoolOfUnitRow
from data.rows.duties import Duties, PersonDutyRow, SchoolDutyRow, SchoolTerm, UnitDutyRow, VisitedDayRow, term_of_day
from data.rows.matters import late_days
from data.rows.registers import Register
from data.store.engine import Store
from data.store.matter_lists import Asked, days_done_by_school, last_done_by_school, late_by_unit
from data.store.visits import RECORDED, VISIT
from queries import common_dimensions
from queries.reader import Snapshot

LATE_KINDS = (VISIT, "opinion", "complaint")
MOST_NAMED = 500
"""Schools that one question names; the visits to more are those to all."""


@dataclass(frozen=True)
class AskedTerm:
    """What is asked: the units of today, one of them (empty: all), a term, its visits due, the day of looking."""

    units: Collection[str]
    district_code: str
    term: SchoolTerm
    due: int
    today: date


def term_on(catalogue: Catalogue, day: date) -> SchoolTerm:
    """The term that a day falls in, by the months of the office."""
    return term_of_day(day, *(int(catalogue.parameter(f"term_{name}_month", day)) for name in ("autumn", "spring")))


def duties_of(snapshot: Snapshot, store: Store, catalogue: Catalogue, register: Register, asked: AskedTerm) -> Duties:
    """How far the visits of a term are, within the snapshot's scope.

    Visits count that were recorded here and that returns tell of; two of one day at one school count once.
    """
    places = [
        s
        for s in common_dimensions.school_places(snapshot)
        if asked.district_code in ("", s.district_code) and s.district_code in asked.units
    ]
    codes = {s.school_code for s in places}
    days = visited_days(snapshot, store, codes, asked.term)
    schools = _schools(register, places, days, last_done_by_school(store, _visits_to(codes)))
    short = [s for s in schools if s.visit_count < asked.due]
    return Duties(
        asked.term,
        asked.due,
        _units(snapshot, store, catalogue, asked, schools),
        _people(register, asked, schools),
        sorted(short, key=lambda s: (s.visit_count, s.last_visited_on or date.min, s.district_code, s.school_code)),
    )


def visited_days(
    snapshot: Snapshot, store: Store, school_codes: Collection[str], term: SchoolTerm
) -> defaultdict[str, set[date]]:
    """The days of a term on which each of these schools was visited, as recorded here and as returns tell."""
    days = days_done_by_school(store, _visits_to(school_codes), term.begins_on, term.ends_on)
    between = {"begins_on": term.begins_on.isoformat(), "ends_on": term.ends_on.isoformat()}
    for row in snapshot.ask("duties/visited_days", VisitedDayRow, **between):
        days[row.school_code].add(row.visited_on)
    return days


def _visits_to(school_codes: Collection[str]) -> Asked:
    """The visits made to schools, whatever unit had them on the day: a boundary may have moved since.

    Where there are many schools those to others as well: to name each would take longer than to leave them aside.
    """
    schools = frozenset(school_codes) if len(school_codes) <= MOST_NAMED else None
    return Asked(VISIT, Scope(None, schools), state=RECORDED)


def _schools(
    register: Register, places: Sequence[SchoolOfUnitRow], days: Mapping[str, set[date]], last: Mapping[str, date]
) -> list[SchoolDutyRow]:
    responsible: defaultdict[str, list[str]] = defaultdict(list)
    for row in register.areas:
        for school in row.schools:
            responsible[school.school_code] += [person.name for person in row.people]
    reported = {s.school_code: s.last_visited_on for r in register.areas for s in r.schools}
    reported |= {s.school_code: s.last_visited_on for s in register.free}
    return [
        SchoolDutyRow(
            s.district_code,
            s.school_code,
            s.school_name,
            len(days.get(s.school_code, ())),
            max((d for d in (last.get(s.school_code), reported.get(s.school_code)) if d), default=None),
            responsible[s.school_code],
        )
        for s in places
    ]


def _units(
    snapshot: Snapshot, store: Store, catalogue: Catalogue, asked: AskedTerm, schools: Sequence[SchoolDutyRow]
) -> list[UnitDutyRow]:
    """Every unit of the scope, those whose schools were visited least first; former ones that left something late."""
    late = {
        kind: late_by_unit(store, Asked(kind, snapshot.scope), late_days(catalogue, kind, asked.today))
        for kind in LATE_KINDS
    }
    former = {code for of_kind in late.values() for code in of_kind} - set(asked.units)
    counts = Counter(s.district_code for s in schools)
    short = Counter(s.district_code for s in schools if s.visit_count < asked.due)
    never = Counter(s.district_code for s in schools if not s.visit_count)
    rows = [
        UnitDutyRow(code, counts[code], short[code], never[code], *(late[kind].get(code, 0) for kind in LATE_KINDS))
        for code in (*asked.units, *sorted(former))
        if asked.district_code in ("", code)
    ]
    return sorted(
        rows, key=lambda r: (-r.short_count / r.school_count if r.school_count else 0, -r.late_count, r.district_code)
    )


def _people(register: Register, asked: AskedTerm, schools: Sequence[SchoolDutyRow]) -> list[PersonDutyRow]:
    """Every inspector with an area, those with most schools visited too seldom first."""
    by_code = {s.school_code: s for s in schools}
    rows: list[PersonDutyRow] = []
    for row in register.areas:
        if asked.district_code not in ("", row.area.district_code):
            continue
        mine = [by_code[s.school_code] for s in row.schools if s.school_code in by_code]
        short = sum(s.visit_count < asked.due for s in mine)
        never = sum(not s.visit_count for s in mine)
        rows += [
            PersonDutyRow(p.inspector_code, p.name, p.district_code, row.area.name, len(mine), short, never)
            for p in row.people
        ]
    return sorted(rows, key=lambda r: (-r.short_count, -r.never_count, r.inspector_code))
