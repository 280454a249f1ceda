"""The registers as they are kept: 责任区 with their schools, 督学 with their training, offices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from data.store.engine import LARGEST_NUMBER, Store
from data.store.schema import area_school, inspector_area, inspector_training, supervision_office
from data.store.schema import inspector as inspector_table


@dataclass(frozen=True)
class InspectorArea:
    """An area of a unit and the schools in it; `closed_on` once it is no more."""

    area_code: str
    district_code: str
    name: str
    is_demonstration: bool
    version: int
    updated_by: str
    updated_at: datetime
    closed_on: date | None
    school_codes: frozenset[str]
    updated_by_id: str = ""


@dataclass(frozen=True)
class Inspector:
    """A person who supervises: of the city where `district_code` is empty; the number of the account that is theirs."""

    inspector_code: str
    district_code: str
    name: str
    inspector_kind: str
    area_code: str | None
    account_id: str | None
    office_code: str | None
    appointed_on: date
    term_ends_on: date | None
    is_full_time: bool
    is_demonstration: bool
    version: int
    updated_by: str
    updated_at: datetime
    left_on: date | None
    updated_by_id: str = ""


@dataclass(frozen=True)
class Office:
    """An office of one of the four levels: the city's, a unit's or a school's."""

    office_code: str
    level_code: str
    district_code: str
    school_code: str | None
    name: str
    is_demonstration: bool
    version: int
    updated_by: str
    updated_at: datetime
    closed_on: date | None
    updated_by_id: str = ""


@dataclass(frozen=True)
class Training:
    """A training that an inspector took part in."""

    training_id: int
    inspector_code: str
    held_on: date
    hours: int
    subject: str


def areas(store: Store) -> list[InspectorArea]:
    """The areas that there are, by code."""
    with store.read() as connection:
        return areas_within(connection, inspector_area.c.closed_on.is_(None))


def find_area(store: Store, area_code: str) -> InspectorArea | None:
    """One area, also one that is no more; None where there is none."""
    with store.read() as connection:
        return next(iter(areas_within(connection, inspector_area.c.area_code == area_code)), None)


def inspectors(store: Store) -> list[Inspector]:
    """The inspectors in office, by code."""
    with store.read() as connection:
        return inspectors_within(connection, inspector_table.c.left_on.is_(None))


def find_inspector(store: Store, inspector_code: str) -> Inspector | None:
    """One inspector, also one who left; None where there is none."""
    with store.read() as connection:
        return next(iter(inspectors_within(connection, inspector_table.c.inspector_code == inspector_code)), None)


def inspector_of_account(store: Store, account_id: str) -> Inspector | None:
    """The inspector in office as whom an account acts; None where it is nobody's."""
    if not account_id:
        return None
    mine = inspector_table.c.account_id == account_id
    with store.read() as connection:
        return next(iter(inspectors_within(connection, inspector_table.c.left_on.is_(None), mine)), None)


def offices(store: Store) -> list[Office]:
    """The offices that there are, by code."""
    with store.read() as connection:
        return offices_within(connection, supervision_office.c.closed_on.is_(None))


def find_office(store: Store, office_code: str) -> Office | None:
    """One office, also one that is no more; None where there is none."""
    with store.read() as connection:
        return next(iter(offices_within(connection, supervision_office.c.office_code == office_code)), None)


def trainings(store: Store, inspector_code: str) -> list[Training]:
    """What an inspector was trained in, latest first."""
    held = inspector_training.c
    asked = select(inspector_training).where(held.inspector_code == inspector_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(held.held_on.desc(), held.training_id.desc()))
        return [Training(**row) for row in rows.mappings()]


def hours_since(store: Store, first_day: date) -> dict[str, int]:
    """Hours of training since a day, by inspector."""
    hours: defaultdict[str, int] = defaultdict(int)
    held = inspector_training.c
    asked = select(held.inspector_code, held.hours).where(held.held_on >= first_day)
    with store.read() as connection:
        for code, count in connection.execute(asked):
            hours[code] += count
    return dict(hours)


def areas_within(connection: Connection, *conditions: Any) -> list[InspectorArea]:
    """The areas that meet conditions, with their schools, as this transaction sees them."""
    asked = select(inspector_area).where(*conditions).order_by(inspector_area.c.area_code)
    rows = list(connection.execute(asked).mappings())
    schools = _schools_of(connection, [row["area_code"] for row in rows])
    return [InspectorArea(**row, school_codes=frozenset(schools[row["area_code"]])) for row in rows]


def inspectors_within(connection: Connection, *conditions: Any) -> list[Inspector]:
    """The inspectors who meet conditions, as this transaction sees them."""
    asked = select(inspector_table).where(*conditions).order_by(inspector_table.c.inspector_code)
    return [Inspector(**row) for row in connection.execute(asked).mappings()]


def offices_within(connection: Connection, *conditions: Any) -> list[Office]:
    """The offices that meet conditions, as this transaction sees them."""
    asked = select(supervision_office).where(*conditions).order_by(supervision_office.c.office_code)
    return [Office(**row) for row in connection.execute(asked).mappings()]


def training_within(connection: Connection, inspector_code: str, training_id: int) -> Training | None:
    """One training of an inspector, as this transaction sees it."""
    held = inspector_training.c
    mine = held.inspector_code == inspector_code, held.training_id == min(training_id, LARGEST_NUMBER)
    row = connection.execute(select(inspector_training).where(*mine)).mappings().one_or_none()
    return None if row is None else Training(**row)


def _schools_of(connection: Connection, area_codes: Iterable[str]) -> defaultdict[str, set[str]]:
    listed, schools = set(area_codes), defaultdict[str, set[str]](set)
    asked = select(area_school)
    if len(listed) == 1:
        asked = asked.where(area_school.c.area_code == next(iter(listed)))
    for area_code, school_code in connection.execute(asked):
        if area_code in listed:
            schools[area_code].add(school_code)
    return schools
