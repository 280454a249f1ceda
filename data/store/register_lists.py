"""A list of 责任区 and 督学: what it would add to the registers, and taking it over in one piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, insert

from data.access import Viewer, plain_name
from data.store import audit
from data.store.engine import Store
from data.store.inspector_changes import InspectorEdit
from data.store.inspector_register import Inspector, InspectorArea, areas_within, inspectors_within
from data.store.refusals import RefusedError
from data.store.register_entries import AREAS, INSPECTORS, add_entry, change_entry, check_right, next_code
from data.store.schema import area_school, inspector_area
from data.store.schema import inspector as inspector_table

AreaKey = tuple[str, str]
"""A unit and the name of an area of it."""


@dataclass(frozen=True)
class Registered:
    """The open areas and the inspectors in office that a list is compared with."""

    areas: Sequence[InspectorArea]
    people: Sequence[Inspector]

    def area_of(self, key: AreaKey) -> InspectorArea | None:
        """The area of a unit by name."""
        return next((a for a in self.areas if (a.district_code, a.name) == key), None)


@dataclass
class RegisterPlan:
    """What a list adds: schools to areas that are new or known, and inspectors, each with the area's key or None."""

    schools: dict[AreaKey, frozenset[str]] = field(default_factory=dict[AreaKey, frozenset[str]])
    people: list[tuple[InspectorEdit, AreaKey | None]] = field(
        default_factory=list[tuple[InspectorEdit, AreaKey | None]]
    )
    known_people: int = 0

    def new_areas(self, registered: Registered) -> list[AreaKey]:
        """The areas that are not there yet."""
        return [key for key in self.schools if registered.area_of(key) is None]

    def grown(self, registered: Registered) -> Mapping[str, frozenset[str]]:
        """The schools that known areas get, by the area's code."""
        nothing = frozenset[str]()
        more = {
            area.area_code: self.schools.get((area.district_code, area.name), nothing) - area.school_codes
            for area in registered.areas
        }
        return {code: schools for code, schools in more.items() if schools}


def registered(store: Store) -> Registered:
    """What the registers hold now."""
    with store.read() as connection:
        return _registered(connection)


def person_key(person: InspectorEdit | Inspector) -> tuple[str, str, str]:
    """By what an inspector is told apart: unit, kind and name."""
    return person.district_code, person.inspector_kind, plain_name(person.name)


def take_register_list(store: Store, viewer: Viewer, plan: RegisterPlan, compared: Registered, at: datetime) -> None:
    """Keep all that a list adds, or nothing.

    Raises:
        RefusedError: no right in one of its units, or the registers changed since they were compared.
    """
    units = {unit for unit, _ in plan.schools} | {person.district_code for person, _ in plan.people}
    for unit in units:
        check_right(viewer, unit)
    with store.write() as connection:
        audit.hold_head(connection)
        if _registered(connection) != compared:
            raise RefusedError("register_changed")
        codes = {(a.district_code, a.name): a.area_code for a in compared.areas}
        for key in plan.new_areas(compared):
            codes[key] = _add_area(store, connection, viewer, key, plan.schools[key], at)
        for code, schools in plan.grown(compared).items():
            area = next(a for a in compared.areas if a.area_code == code)
            change = {"school_codes": sorted(area.school_codes)}, {"school_codes": sorted(area.school_codes | schools)}
            change_entry(store, connection, AREAS, viewer, code, change, at, action="import")
            _add_schools(connection, code, schools)
        for person, key in plan.people:
            kept = replace(person, area_code=codes[key] if key else None)
            code = next_code(connection, INSPECTORS, kept.district_code)
            made = {"inspector_code": code, "district_code": kept.district_code, **kept.values}
            add_entry(store, connection, INSPECTORS, viewer, {**made, "is_demonstration": False}, at)


def _registered(connection: Connection) -> Registered:
    return Registered(
        areas_within(connection, inspector_area.c.closed_on.is_(None)),
        inspectors_within(connection, inspector_table.c.left_on.is_(None)),
    )


def _add_area(
    store: Store, connection: Connection, viewer: Viewer, key: AreaKey, schools: frozenset[str], at: datetime
) -> str:
    code = next_code(connection, AREAS, key[0])
    values = {"area_code": code, "district_code": key[0], "name": key[1], "school_codes": sorted(schools)}
    add_entry(store, connection, AREAS, viewer, {**values, "is_demonstration": False}, at)
    _add_schools(connection, code, schools)
    return code


def _add_schools(connection: Connection, code: str, schools: Iterable[str]) -> None:
    rows = [{"area_code": code, "school_code": school} for school in sorted(schools)]
    connection.execute(insert(area_school), rows)
