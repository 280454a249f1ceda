"""What all entries of the registers share: who may write one, how it is numbered, and how a change is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, select, update

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.tables import District
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.inspector_register import Inspector, InspectorArea, Office
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import inspector, inspector_area, supervision_office

CITY = "500000"
"""How the entries of the city are numbered, which have no unit."""


@dataclass(frozen=True)
class Register:
    """A register: its table, the column of its codes, how these begin, and what the audit calls an entry."""

    table: Table
    key: Column[str]
    letter: str
    subject: str


AREAS = Register(inspector_area, inspector_area.c.area_code, "A", "inspector_area")
INSPECTORS = Register(inspector, inspector.c.inspector_code, "I", "inspector")
OFFICES = Register(supervision_office, supervision_office.c.office_code, "O", "supervision_office")


Entry = InspectorArea | Inspector | Office


def check_right(viewer: Viewer, district_code: str) -> None:
    """Refuse who does not keep the register of a unit, or of the city where it is empty.

    Raises:
        RefusedError: no permission, or another's unit.
    """
    if Permission.REGISTERS_EDIT not in viewer.permissions:
        raise RefusedError("no_permission")
    if not viewer.scope.may_change(district_code):
        raise RefusedError("unknown_unit")


def check_unit(catalogue: Catalogue, district_code: str, at: datetime) -> None:
    """Refuse what is no unit of the day.

    Raises:
        RefusedError: it is none.
    """
    if district_code not in {d.district_code for d in catalogue.in_force(District, day_of(at))}:
        raise RefusedError("unknown_unit")


def check_name(name: str) -> str:
    """The name of an entry without what stands around it.

    Raises:
        RefusedError: it is none, or too long.
    """
    plain = name.replace("\u3000", " ").strip()
    check_words(plain)
    if not plain or not plain.isprintable():
        raise RefusedError("needs_name")
    return plain


def check_version(entry: Entry, version: int) -> None:
    """Refuse a change of what the person did not see.

    Raises:
        ChangedMeanwhileError: somebody else changed it first.
    """
    if entry.version != version:
        raise ChangedMeanwhileError(entry.updated_by, entry.updated_at, entry.updated_by_id)


def next_code(connection: Connection, register: Register, district_code: str) -> str:
    """The code of a new entry; nothing is ever taken out, so that a number is never given again."""
    start = f"{register.letter}{district_code or CITY}-"
    taken = connection.execute(select(register.key).where(register.key.startswith(start, autoescape=True))).scalars()
    return f"{start}{1 + max((int(code.removeprefix(start)) for code in taken), default=0):03d}"


def add_entry(
    store: Store, connection: Connection, register: Register, viewer: Viewer, values: Mapping[str, Any], at: datetime
) -> None:
    """Keep a new entry and say so in the audit; `schools` are the audit's alone."""
    columns = {k: v for k, v in values.items() if k in register.table.columns}
    connection.execute(insert(register.table).values(**columns, version=1, **_touched(viewer, at)))
    event = audit.AuditEvent(viewer.actor, "create", register.subject, str(values[register.key.name]), at)
    audit.record(store, connection, event, {}, values)


def change_entry(  # noqa: PLR0913
    store: Store,
    connection: Connection,
    register: Register,
    viewer: Viewer,
    code: str,
    change: tuple[Mapping[str, Any], Mapping[str, Any]],
    at: datetime,
    *,
    action: str = "change",
) -> None:
    """Keep what differs between the values before and after, as another version, and say so in the audit."""
    before, after = change
    columns = {k: v for k, v in after.items() if k in register.table.columns}
    changed = update(register.table).where(register.key == code)
    connection.execute(changed.values(**columns, version=register.table.c.version + 1, **_touched(viewer, at)))
    event = audit.AuditEvent(viewer.actor, action, register.subject, code, at)
    audit.record(store, connection, event, before, after)


def _touched(viewer: Viewer, at: datetime) -> dict[str, Any]:
    return {"updated_by": viewer.name, "updated_by_id": viewer.account_id, "updated_at": at}
