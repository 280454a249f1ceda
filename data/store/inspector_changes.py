"""督学: appointed, changed, trained, and gone from office."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert

from data.access import Permission, Viewer, is_machine_name, plain_name
from data.catalogue.access_tables import RoleCapability
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import InspectorKind
from data.clock import day_of
from data.store import audit
from data.store.accounts import Account, accounts_within
from data.store.engine import Store
from data.store.inspector_register import Inspector, areas_within, inspectors_within, offices_within, training_within
from data.store.new_accounts import LONGEST_PERSON, is_erased
from data.store.refusals import RefusedError, check_words
from data.store.register_entries import (
    INSPECTORS,
    add_entry,
    change_entry,
    check_name,
    check_right,
    check_unit,
    check_version,
    next_code,
)
from data.store.schema import inspector as inspector_table
from data.store.schema import inspector_area, inspector_training, supervision_office

MUNICIPAL = "municipal"
MOST_HOURS = 200
FIRST_DAY = date(1990, 1, 1)
"""No appointment or training of anybody in office is older."""


@dataclass(frozen=True)
class InspectorEdit:
    """An inspector as somebody wants them; without a code they are new. Their unit is that of their beginning."""

    inspector_code: str
    version: int
    district_code: str
    name: str
    inspector_kind: str
    area_code: str | None
    account_id: str | None
    office_code: str | None
    appointed_on: date | None
    term_ends_on: date | None
    is_full_time: bool

    @property
    def values(self) -> dict[str, Any]:
        """What is kept of it and may change."""
        fixed = ("inspector_code", "version", "district_code")
        return {k: v for k, v in asdict(self).items() if k not in fixed}


def save_inspector(
    store: Store,
    catalogue: Catalogue,
    viewer: Viewer,
    edit: InspectorEdit,
    at: datetime,
    *,
    is_demonstration: bool = False,
) -> str:
    """Appoint or change an inspector; their code.

    Raises:
        RefusedError: no right, or something is missing, unknown, of another unit or taken.
        ChangedMeanwhileError: they are not as the person saw them.
    """
    values = {**edit.values, "name": _name(edit.name)}
    _check_days(edit)
    with store.write() as connection:
        audit.hold_head(connection)  # nobody else takes the account or the name meanwhile
        before = _known(connection, edit.inspector_code) if edit.inspector_code else None
        unit = before.district_code if before else edit.district_code
        check_right(viewer, unit)
        if before is not None:
            check_version(before, edit.version)
        elif unit:
            check_unit(catalogue, unit, at)
        _check_places(connection, catalogue, unit, edit)
        _check_others(connection, unit, values, edit.inspector_code)
        if edit.account_id and (before is None or before.account_id != edit.account_id):
            _check_account(connection, catalogue, unit, edit.account_id, at)
        if before is None:
            code = next_code(connection, INSPECTORS, unit)
            made = {"inspector_code": code, "district_code": unit, **values, "is_demonstration": is_demonstration}
            add_entry(store, connection, INSPECTORS, viewer, made, at)
            return code
        held = {k: getattr(before, k) for k in values}
        if held == values:
            raise RefusedError("nothing_changes")
        change_entry(store, connection, INSPECTORS, viewer, before.inspector_code, (held, values), at)
        return before.inspector_code


def leave_office(store: Store, viewer: Viewer, inspector_code: str, version: int, left_on: date, at: datetime) -> None:
    """Note that an inspector is in office no more.

    Raises:
        RefusedError: no right, no such inspector, or a day before the appointment or after today.
        ChangedMeanwhileError: they are not as the person saw them.
    """
    with store.write() as connection:
        before = _known(connection, inspector_code)
        check_right(viewer, before.district_code)
        check_version(before, version)
        if not before.appointed_on <= left_on <= day_of(at):
            raise RefusedError("bad_left_on")
        change = {"left_on": None}, {"left_on": left_on}
        change_entry(store, connection, INSPECTORS, viewer, inspector_code, change, at, action="leave")


def add_training(
    store: Store, viewer: Viewer, inspector_code: str, held_on: date | None, hours: int, subject: str, at: datetime
) -> None:
    """Note a training that an inspector took part in.

    Raises:
        RefusedError: no right, no such inspector, no day up to today, no hours, or no subject.
    """
    check_words(subject)
    if held_on is None or not FIRST_DAY <= held_on <= day_of(at):
        raise RefusedError("bad_training_day")
    if not 1 <= hours <= MOST_HOURS:
        raise RefusedError("bad_hours")
    if not subject.strip():
        raise RefusedError("needs_subject")
    values = {"held_on": held_on, "hours": hours, "subject": subject.strip()}
    with store.write() as connection:
        inspector = _known(connection, inspector_code)
        check_right(viewer, inspector.district_code)
        connection.execute(insert(inspector_training).values(inspector_code=inspector_code, **values))
        _record(store, connection, viewer, "add_training", inspector_code, ({}, values), at)


def drop_training(store: Store, viewer: Viewer, inspector_code: str, training_id: int, at: datetime) -> None:
    """Take a training out that was noted by mistake; the audit keeps it.

    Raises:
        RefusedError: no right, or no such inspector or training.
    """
    with store.write() as connection:
        inspector = _known(connection, inspector_code)
        check_right(viewer, inspector.district_code)
        training = training_within(connection, inspector_code, training_id)
        if training is None:
            raise RefusedError("unknown_training")
        values = {"held_on": training.held_on, "hours": training.hours, "subject": training.subject}
        connection.execute(delete(inspector_training).where(inspector_training.c.training_id == training.training_id))
        _record(store, connection, viewer, "drop_training", inspector_code, (values, {}), at)


def accounts_offered(store: Store, catalogue: Catalogue, district_code: str, day: date) -> list[Account]:
    """The accounts that may act as an inspector of a unit, or of the city: in force, supervising, and for that unit."""
    with store.read() as connection:
        return _acting(connection, catalogue, district_code, day)


def _acting(connection: Connection, catalogue: Catalogue, district_code: str, day: date) -> list[Account]:
    roles = {c.role_code for c in catalogue.rows(RoleCapability) if c.permission == Permission.LEDGER_OPEN}
    return [
        account
        for account in accounts_within(connection)
        if account.role_code in roles
        and account.is_in_force(day)
        and not is_erased(account.account_name)
        and (district_code in account.district_codes if district_code else not account.district_codes)
    ]


def _name(name: str) -> str:
    plain = check_name(name)
    if len(plain) > LONGEST_PERSON:
        raise RefusedError("needs_name")
    if is_machine_name(plain):
        raise RefusedError("machine_name")
    return plain


def _check_days(edit: InspectorEdit) -> None:
    if edit.appointed_on is None or edit.appointed_on < FIRST_DAY:
        raise RefusedError("needs_appointed")
    if edit.term_ends_on is not None and edit.term_ends_on < edit.appointed_on:
        raise RefusedError("bad_term")


def _check_places(connection: Connection, catalogue: Catalogue, unit: str, edit: InspectorEdit) -> None:
    """The kind fits the unit; area and office are of the same one."""
    kind = next((k for k in catalogue.rows(InspectorKind) if k.inspector_kind == edit.inspector_kind), None)
    if kind is None:
        raise RefusedError("unknown_kind")
    if (kind.level_code == MUNICIPAL) != (not unit):
        raise RefusedError("kind_of_other_unit")
    if edit.area_code:
        mine = inspector_area.c.area_code == edit.area_code, inspector_area.c.district_code == unit
        if not areas_within(connection, inspector_area.c.closed_on.is_(None), *mine):
            raise RefusedError("unknown_area")
    if edit.office_code:
        held = supervision_office.c
        mine = held.office_code == edit.office_code, held.district_code == unit, held.closed_on.is_(None)
        if not offices_within(connection, *mine):
            raise RefusedError("unknown_office")


def _check_others(connection: Connection, unit: str, values: Mapping[str, Any], code: str) -> None:
    """Nobody else in office has the same name, kind and unit, by which visits are told apart, or the same account."""
    held = inspector_table.c
    others = [
        i
        for i in inspectors_within(connection, held.left_on.is_(None), held.district_code == unit)
        if i.inspector_code != code
    ]
    same = (plain_name(values["name"]), values["inspector_kind"])
    if any((plain_name(i.name), i.inspector_kind) == same for i in others):
        raise RefusedError("inspector_exists", values["name"])
    if values["account_id"]:
        mine = held.account_id == values["account_id"]
        acting = [i for i in inspectors_within(connection, held.left_on.is_(None), mine) if i.inspector_code != code]
        if acting:
            raise RefusedError("account_acts", acting[0].name)


def _check_account(connection: Connection, catalogue: Catalogue, unit: str, account_id: str, at: datetime) -> None:
    if account_id not in {a.account_id for a in _acting(connection, catalogue, unit, day_of(at))}:
        raise RefusedError("account_of_other")


def _known(connection: Connection, inspector_code: str) -> Inspector:
    mine = inspector_table.c.inspector_code == inspector_code
    inspector = next(iter(inspectors_within(connection, mine, inspector_table.c.left_on.is_(None))), None)
    if inspector is None:
        raise RefusedError("unknown_inspector")
    return inspector


def _record(
    store: Store,
    connection: Connection,
    viewer: Viewer,
    action: str,
    code: str,
    change: tuple[Mapping[str, Any], Mapping[str, Any]],
    at: datetime,
) -> None:
    event = audit.AuditEvent(viewer.actor, action, INSPECTORS.subject, code, at)
    audit.record(store, connection, event, *change)
