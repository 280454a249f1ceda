"""The registers of 督学, 责任区 and offices beside the schools of the latest returns and the visits."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import InspectorKind
from data.catalogue.tables import District, Parameter
from data.rows.registers import (
    AreaRow,
    EntryRow,
    OfficeRow,
    PersonRow,
    Register,
    RegisteredSchool,
    Remark,
    SchoolVisitsRow,
    VisitRow,
)
from data.store.engine import Store
from data.store.inspector_register import (
    Inspector,
    InspectorArea,
    Office,
    areas,
    find_area,
    find_inspector,
    find_office,
    hours_since,
    inspectors,
    offices,
)
from data.view_state import ViewState
from queries import common_dimensions, rounds
from queries.reader import Snapshot

OF_AREA = "area"
Place = tuple[str, str]
"""A unit and a school of it."""


@dataclass(frozen=True)
class _Known:
    """What a viewer's register is made from."""

    viewer: Viewer
    schools: Mapping[Place, RegisteredSchool]
    returned_units: frozenset[str]
    """Units that have handed in schools."""
    limits: Mapping[str, int]


def register_of(snapshot: Snapshot | None, store: Store, catalogue: Catalogue, viewer: Viewer, today: date) -> Register:
    """What a viewer may read of the registers today; the snapshot is theirs, None before the first publication."""
    units = {
        d.district_code: d.name for d in catalogue.in_force(District, today) if viewer.scope.allows(d.district_code)
    }
    schools = {} if snapshot is None else _schools(snapshot, units)
    limits = {p.parameter_code: int(p.value) for p in catalogue.in_force(Parameter, today)}
    known = _Known(viewer, schools, frozenset(unit for unit, _ in schools), limits)
    every_area, every_person = areas(store), inspectors(store)
    read_areas = [a for a in every_area if may_read_area(viewer, a)]
    read_people = [p for p in every_person if may_read_inspector(viewer, p, read_areas)]
    read_offices = [o for o in offices(store) if may_read_office(viewer, o)]
    taken = {code for area in every_area for code in area.school_codes}
    people_of: defaultdict[str, list[Inspector]] = defaultdict(list)
    for person in every_person:
        people_of[person.area_code or ""].append(person)
    return Register(
        [_area_row(known, area, people_of[area.area_code]) for area in read_areas],
        _people_rows(snapshot, store, catalogue, known, read_people, read_areas, read_offices, today),
        _office_rows(read_offices, read_people, schools),
        [s for (_, code), s in schools.items() if code not in taken],
        units,
        snapshot is not None,
    )


def visits_of(snapshot: Snapshot, catalogue: Catalogue, inspector: Inspector) -> list[VisitRow]:
    """The visits that stand under an inspector's name, in the own unit or, of the city's, everywhere; latest first."""
    titled = _kind_names(catalogue)[inspector.inspector_kind] + inspector.name
    names = {"person": inspector.name, "titled_person": titled}
    rows = snapshot.ask("registers/visits", VisitRow, **_now(snapshot), **names)
    return [r for r in rows if inspector.district_code in ("", r.district_code)]


def ended_row(store: Store, viewer: Viewer, code: str) -> EntryRow | None:
    """An entry that ended, by its code, where the viewer may read it; bare, as it last was."""
    area, inspector, office = find_area(store, code), find_inspector(store, code), find_office(store, code)
    if area is not None and may_read_area(viewer, area):
        return AreaRow(area, [], [], len(area.school_codes), [], [])
    if inspector is not None and may_read_inspector(viewer, inspector, []):
        return PersonRow(inspector, "", "", 0, 0, [])
    if office is not None and may_read_office(viewer, office):
        return OfficeRow(office, "", 0)
    return None


def is_unit_reader(viewer: Viewer) -> bool:
    """Whether all entries of the own unit are read; a school's account reads who is responsible for the school."""
    return viewer.scope.schools is None or Permission.LEDGER_OPEN in viewer.permissions


def may_read_area(viewer: Viewer, area: InspectorArea) -> bool:
    """An area of the own unit, or the one of the own school."""
    return viewer.scope.allows(area.district_code) and (
        is_unit_reader(viewer) or bool(area.school_codes & (viewer.scope.schools or frozenset()))
    )


def may_read_inspector(viewer: Viewer, inspector: Inspector, read_areas: Sequence[InspectorArea]) -> bool:
    """An inspector of the own unit, or of the area of the own school."""
    return viewer.scope.allows(inspector.district_code) and (
        is_unit_reader(viewer) or inspector.area_code in {a.area_code for a in read_areas}
    )


def may_read_office(viewer: Viewer, office: Office) -> bool:
    """An office of the own unit, or that of the own school."""
    schools = viewer.scope.schools
    return viewer.scope.allows(office.district_code) and (
        is_unit_reader(viewer) or (schools is not None and office.school_code in schools)
    )


def _now(snapshot: Snapshot) -> dict[str, str]:
    return {"period": common_dimensions.periods(snapshot)[-1].period, "basis": ViewState().basis}


def _schools(snapshot: Snapshot, units: Mapping[str, str]) -> dict[Place, RegisteredSchool]:
    visits = {
        (r.district_code, r.school_code): r
        for r in snapshot.ask("registers/school_visits", SchoolVisitsRow, **_now(snapshot))
    }
    schools: dict[Place, RegisteredSchool] = {}
    for row in common_dimensions.school_places(snapshot):
        place = (row.district_code, row.school_code)
        school = RegisteredSchool(*place, row.school_name)
        visited = visits.get(place)
        if visited is not None:
            school = replace(school, visit_count=visited.visit_count, last_visited_on=visited.last_visited_on)
        if row.district_code in units:
            schools[place] = school
    return schools


def _area_row(known: _Known, area: InspectorArea, people: Sequence[Inspector]) -> AreaRow:
    scope = known.viewer.scope
    seen = sorted(code for code in area.school_codes if scope.allows(area.district_code, code))
    is_returned = area.district_code in known.returned_units
    schools = [known.schools[area.district_code, c] for c in seen if (area.district_code, c) in known.schools]
    gone = [c for c in seen if is_returned and (area.district_code, c) not in known.schools]
    hidden = len(area.school_codes) - len(schools) - len(gone)
    return AreaRow(area, schools, gone, hidden, people, _area_remarks(known, schools, gone, hidden, len(people)))


def _area_remarks(
    known: _Known, schools: Sequence[RegisteredSchool], gone: Sequence[str], hidden: int, people: int
) -> list[Remark]:
    count = len(schools) + hidden
    most, least = known.limits["inspector_schools_most"], known.limits["inspector_schools_least"]
    whole = known.limits["inspector_area_schools"]
    remarks: list[Remark] = []
    if count > whole:
        remarks.append(Remark("too_many_schools", count, whole))
    if not people:
        remarks.append(Remark("no_inspector", -(-count // most), most))
    elif count > people * most:
        remarks.append(Remark("too_few_people", -(-count // most) - people, most))
    elif count < people * least:
        remarks.append(Remark("too_many_people", count, least))
    if gone:
        remarks.append(Remark("schools_gone", len(gone), names="、".join(gone)))
    return remarks


def _people_rows(  # noqa: PLR0913, PLR0917
    snapshot: Snapshot | None,
    store: Store,
    catalogue: Catalogue,
    known: _Known,
    people: Sequence[Inspector],
    read_areas: Sequence[InspectorArea],
    read_offices: Sequence[Office],
    today: date,
) -> list[PersonRow]:
    hours = hours_since(store, date(today.year, 1, 1))
    visits = _visit_counts(snapshot, catalogue)
    area_names = {a.area_code: a.name for a in read_areas}
    office_names = {o.office_code: o.name for o in read_offices}
    return [
        PersonRow(
            person,
            area_names.get(person.area_code or "", ""),
            office_names.get(person.office_code or "", ""),
            hours.get(person.inspector_code, 0),
            visits[person.inspector_kind, person.name][person.district_code],
            _person_remarks(known, person, hours.get(person.inspector_code, 0), today),
        )
        for person in people
    ]


def _person_remarks(known: _Known, person: Inspector, hours: int, today: date) -> list[Remark]:
    asked = known.limits["inspector_training_hours"]
    remarks: list[Remark] = []
    if person.term_ends_on is not None and person.term_ends_on < today:
        remarks.append(Remark("term_over", names=person.term_ends_on.isoformat()))
    if person.inspector_kind == OF_AREA and person.area_code is None:
        remarks.append(Remark("no_area"))
    if hours < asked:
        remarks.append(Remark("hours_short", asked - hours, asked))
    return remarks


def _visit_counts(snapshot: Snapshot | None, catalogue: Catalogue) -> defaultdict[Place, Counter[str]]:
    """By kind and name: how many visits in each unit, and under the empty code of the city in all of them."""
    counts: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    names = _kind_names(catalogue)
    for row in () if snapshot is None else rounds.inspectors(snapshot, **_now(snapshot)):
        name = row.inspector.removeprefix(names.get(row.inspector_kind, ""))
        for kind in [row.inspector_kind] if row.inspector_kind else names:
            counts[kind, name][row.district_code] += row.visit_count
            counts[kind, name][""] += row.visit_count
    return counts


def _office_rows(
    read_offices: Sequence[Office], people: Sequence[Inspector], schools: Mapping[Place, RegisteredSchool]
) -> list[OfficeRow]:
    counts = Counter(p.office_code for p in people)
    names = {place: school.school_name for place, school in schools.items()}
    return [
        OfficeRow(o, names.get((o.district_code, o.school_code or ""), o.school_code or ""), counts[o.office_code])
        for o in read_offices
    ]


def _kind_names(catalogue: Catalogue) -> dict[str, str]:
    return {k.inspector_kind: k.name for k in catalogue.rows(InspectorKind)}
