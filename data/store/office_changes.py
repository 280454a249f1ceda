"""督导机构: offices of the city, a unit or a school are entered, renamed, and end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import SupervisionLevel
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.inspector_register import Office, inspectors_within, offices_within
from data.store.new_accounts import SCHOOL
from data.store.refusals import RefusedError
from data.store.register_entries import (
    OFFICES,
    add_entry,
    change_entry,
    check_name,
    check_right,
    check_unit,
    check_version,
    next_code,
)
from data.store.schema import inspector as inspector_table
from data.store.schema import supervision_office

OF_CITY, OF_AREA, OF_SCHOOL = "municipal", "area", "school"


@dataclass(frozen=True)
class OfficeEdit:
    """An office as somebody wants it; without a code a new one. Level, unit and school never change."""

    office_code: str
    version: int
    level_code: str
    district_code: str
    school_code: str | None
    name: str


def save_office(
    store: Store,
    catalogue: Catalogue,
    viewer: Viewer,
    edit: OfficeEdit,
    at: datetime,
    *,
    is_demonstration: bool = False,
) -> str:
    """Enter or rename an office; its code.

    Raises:
        RefusedError: no right, no name, a level or unit that does not fit, or the school has one already.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    name = check_name(edit.name)
    with store.write() as connection:
        audit.hold_head(connection)  # no second office of a school is entered meanwhile
        if edit.office_code:
            before = _known(connection, edit.office_code)
            check_right(viewer, before.district_code)
            check_version(before, edit.version)
            if before.name == name:
                raise RefusedError("nothing_changes")
            change_entry(
                store, connection, OFFICES, viewer, edit.office_code, ({"name": before.name}, {"name": name}), at
            )
            return edit.office_code
        check_right(viewer, edit.district_code)
        _check_place(connection, catalogue, edit, at)
        code = next_code(connection, OFFICES, edit.district_code)
        values = {
            "office_code": code,
            "level_code": edit.level_code,
            "district_code": edit.district_code,
            "school_code": edit.school_code,
            "name": name,
            "is_demonstration": is_demonstration,
        }
        add_entry(store, connection, OFFICES, viewer, values, at)
        return code


def close_office(store: Store, viewer: Viewer, office_code: str, version: int, at: datetime) -> None:
    """End an office.

    Raises:
        RefusedError: no right, no such office, or inspectors are still of it.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    with store.write() as connection:
        before = _known(connection, office_code)
        check_right(viewer, before.district_code)
        check_version(before, version)
        held = inspector_table.c
        people = inspectors_within(connection, held.left_on.is_(None), held.office_code == office_code)
        if people:
            raise RefusedError("office_has_inspectors", "、".join(p.name for p in people))
        change = {"closed_on": None}, {"closed_on": day_of(at)}
        change_entry(store, connection, OFFICES, viewer, office_code, change, at, action="dissolve")


def _check_place(connection: Connection, catalogue: Catalogue, edit: OfficeEdit, at: datetime) -> None:
    level = edit.level_code
    if level not in {row.level_code for row in catalogue.rows(SupervisionLevel)} - {OF_AREA}:
        raise RefusedError("unknown_level")
    if (level == OF_CITY) != (not edit.district_code):
        raise RefusedError("level_of_other_unit")
    if edit.district_code:
        check_unit(catalogue, edit.district_code, at)
    if (level == OF_SCHOOL) != bool(edit.school_code):
        raise RefusedError("level_needs_school")
    if edit.school_code:
        if not SCHOOL.fullmatch(edit.school_code):
            raise RefusedError("bad_school_code")
        held = supervision_office.c
        taken = offices_within(connection, held.closed_on.is_(None), held.school_code == edit.school_code)
        if taken:
            raise RefusedError("school_has_office", taken[0].name)


def _known(connection: Connection, office_code: str) -> Office:
    held = supervision_office.c
    office = next(iter(offices_within(connection, held.office_code == office_code, held.closed_on.is_(None))), None)
    if office is None:
        raise RefusedError("unknown_office")
    return office
