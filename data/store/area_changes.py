"""督学责任区: an area is made, gets other schools or another name, and ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.inspector_register import InspectorArea, areas_within, inspectors_within
from data.store.new_accounts import SCHOOL
from data.store.refusals import RefusedError
from data.store.register_entries import (
    AREAS,
    add_entry,
    change_entry,
    check_name,
    check_right,
    check_unit,
    check_version,
    next_code,
)
from data.store.schema import area_school, inspector_area
from data.store.schema import inspector as inspector_table
from data.text import text

MOST_SCHOOLS = 200


@dataclass(frozen=True)
class AreaEdit:
    """An area as somebody wants it; without a code it is a new one. Its unit is that of its beginning."""

    area_code: str
    version: int
    district_code: str
    name: str
    school_codes: frozenset[str]


def save_area(
    store: Store, catalogue: Catalogue, viewer: Viewer, edit: AreaEdit, at: datetime, *, is_demonstration: bool = False
) -> str:
    """Make or change an area; its code.

    Raises:
        RefusedError: no right, no unit of the day, no name or one that another area has, no school, or a school
            that is in another area already.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    name = check_name(edit.name)
    _check_schools(edit)
    with store.write() as connection:
        audit.hold_head(connection)  # no other area takes a school meanwhile
        before = _known(connection, edit.area_code) if edit.area_code else None
        unit = before.district_code if before else edit.district_code
        check_right(viewer, unit)
        if before is None:
            check_unit(catalogue, unit, at)
        else:
            check_version(before, edit.version)
        others = [
            a for a in areas_within(connection, inspector_area.c.closed_on.is_(None)) if a.area_code != edit.area_code
        ]
        _check_others(viewer, unit, name, edit.school_codes, others)
        code = edit.area_code or next_code(connection, AREAS, unit)
        values = {"name": name, "school_codes": sorted(edit.school_codes)}
        if before is None:
            made = {"area_code": code, "district_code": unit, **values, "is_demonstration": is_demonstration}
            add_entry(store, connection, AREAS, viewer, made, at)
        else:
            held = {"name": before.name, "school_codes": sorted(before.school_codes)}
            if held == values:
                raise RefusedError("nothing_changes")
            change_entry(store, connection, AREAS, viewer, code, (held, values), at)
        _keep_schools(connection, code, before.school_codes if before else frozenset(), edit.school_codes)
    return code


def close_area(store: Store, viewer: Viewer, area_code: str, version: int, at: datetime) -> None:
    """End an area: its schools are free for others.

    Raises:
        RefusedError: no right, no such area, or inspectors are still in it.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    with store.write() as connection:
        before = _known(connection, area_code)
        check_right(viewer, before.district_code)
        check_version(before, version)
        held = inspector_table.c
        people = inspectors_within(connection, held.left_on.is_(None), held.area_code == area_code)
        if people:
            raise RefusedError("area_has_inspectors", "、".join(p.name for p in people))
        change = {"closed_on": None}, {"closed_on": day_of(at)}
        change_entry(store, connection, AREAS, viewer, area_code, change, at, action="dissolve")


def _check_schools(edit: AreaEdit) -> None:
    codes = edit.school_codes
    if not codes:
        raise RefusedError("needs_schools")
    if len(codes) > MOST_SCHOOLS or not all(SCHOOL.fullmatch(c) and c.isprintable() for c in codes):
        raise RefusedError("bad_school_code")


def _check_others(
    viewer: Viewer, unit: str, name: str, school_codes: frozenset[str], others: list[InspectorArea]
) -> None:
    if any(a.district_code == unit and a.name == name for a in others):
        raise RefusedError("area_exists", name)
    for area in others:
        taken = sorted(area.school_codes & school_codes)
        if taken and viewer.scope.allows(area.district_code):
            raise RefusedError("school_in_area", text("registers.taken", schools="、".join(taken), area=area.name))
        if taken:
            raise RefusedError("school_in_foreign_area", "、".join(taken))


def _known(connection: Connection, area_code: str) -> InspectorArea:
    condition: Any = inspector_area.c.area_code == area_code
    area = next(iter(areas_within(connection, condition, inspector_area.c.closed_on.is_(None))), None)
    if area is None:
        raise RefusedError("unknown_area")
    return area


def _keep_schools(connection: Connection, code: str, before: frozenset[str], after: frozenset[str]) -> None:
    mine = area_school.c.area_code == code
    if gone := before - after:
        connection.execute(delete(area_school).where(mine, area_school.c.school_code.in_(sorted(gone))))
    if new := after - before:
        rows = [{"area_code": code, "school_code": school} for school in sorted(new)]
        connection.execute(insert(area_school), rows)
