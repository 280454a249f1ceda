"""Forms of the registers: what they hold, what may be chosen in them, and carrying them out."""

from collections.abc import Mapping

import flask

from callbacks.dependencies import Dependencies
from callbacks.writing.form_fields import Request, date_field_of, int_field_of, text_field_of
from callbacks.writing.register_listing import names_of
from data.access import Viewer
from data.rows.registers import AreaRow, EntryRow, OfficeRow, PersonRow, Register
from data.store.accounts import list_accounts
from data.store.area_changes import AreaEdit, close_area, save_area
from data.store.inspector_changes import (
    InspectorEdit,
    accounts_offered,
    add_training,
    drop_training,
    leave_office,
    save_inspector,
)
from data.store.office_changes import OfficeEdit, close_office, save_office
from data.store.refusals import RefusedError
from data.text import text
from layouts.office.register_forms import CITY_CHOICE, AnyEdit, FormChoices

KINDS = ("inspector", "area", "office")
MOST_TICKS = 1000


def unit_of(said: str) -> str:
    """The unit that a form or an address names; the city is empty."""
    return "" if said == CITY_CHOICE else said


def blank(kind: str, district_code: str) -> AnyEdit:
    """A new entry of a unit before anything is typed."""
    if kind == "area":
        return AreaEdit("", 0, district_code, "", frozenset())
    if kind == "office":
        return OfficeEdit("", 0, "", district_code, None, "")
    return InspectorEdit("", 0, district_code, "", "", None, None, None, None, None, is_full_time=True)


def edit_of(row: EntryRow) -> AnyEdit:
    """An entry as its form shows it."""
    entry = row.entry
    place = (row.code, entry.version, entry.district_code)
    if isinstance(row, AreaRow):
        return AreaEdit(*place, row.area.name, row.area.school_codes)
    if isinstance(row, OfficeRow):
        office = row.office
        return OfficeEdit(
            row.code, office.version, office.level_code, office.district_code, office.school_code, office.name
        )
    person = row.inspector
    return InspectorEdit(
        *place,
        person.name,
        person.inspector_kind,
        person.area_code,
        person.account_id,
        person.office_code,
        person.appointed_on,
        person.term_ends_on,
        is_full_time=person.is_full_time,
    )


def typed_edit(before: AnyEdit) -> AnyEdit:
    """What a form says that the entry is to be.

    Raises:
        RefusedError: a day or the version is none.
    """
    form = flask.request.form
    fields: Request = dict(form.items())
    name, version = text_field_of(fields, "name"), int_field_of(fields, "version")
    if isinstance(before, AreaEdit):
        schools = frozenset(form.getlist("school_codes")[:MOST_TICKS])
        return AreaEdit(before.area_code, version, before.district_code, name, schools)
    if isinstance(before, OfficeEdit):
        level, school = text_field_of(fields, "level_code"), text_field_of(fields, "school_code") or None
        return OfficeEdit(before.office_code, version, level, before.district_code, school, name)
    return InspectorEdit(
        before.inspector_code,
        version,
        before.district_code,
        name,
        text_field_of(fields, "inspector_kind"),
        text_field_of(fields, "area_code") or None,
        text_field_of(fields, "account_id") or None,
        text_field_of(fields, "office_code") or None,
        date_field_of(fields, "appointed_on"),
        date_field_of(fields, "term_ends_on"),
        is_full_time=bool(form.get("is_full_time")),
    )


def choices_of(deps: Dependencies, register: Register, edit: AnyEdit) -> FormChoices:
    """What may be chosen for an entry of a unit: free schools and its own, areas, offices, accounts."""
    unit = edit.district_code
    part, names = register.of_unit(unit or CITY_CHOICE), names_of(deps)
    if isinstance(edit, AreaEdit):
        held = [s for row in part.areas if row.code == edit.area_code for s in row.schools]
        taken = sum(len(row.schools) for row in part.areas if row.code != edit.area_code)
        return FormChoices([*held, *part.free], taken, names=names, has_figures=register.has_figures)
    if isinstance(edit, OfficeEdit):
        schools = [*part.free, *(s for row in part.areas for s in row.schools)]
        return FormChoices(sorted(schools, key=lambda s: s.school_code), names=names)
    return FormChoices(
        areas=[(row.code, row.area.name) for row in part.areas],
        offices=[(r.code, r.office.name) for r in register.offices if r.office.district_code == unit],
        accounts=_accounts(deps, edit),
        names=names,
    )


def account_words(deps: Dependencies, account_id: str | None) -> str:
    """Whose an account is, by name; empty where there is none."""
    held = next((a for a in list_accounts(deps.store) if account_id and a.account_id == account_id), None)
    return "" if held is None else text("registers.account", person=held.person, name=held.account_name)


def save(deps: Dependencies, viewer: Viewer, register: Register, edit: AnyEdit) -> str:
    """Keep an entry; its code.

    Raises:
        RefusedError: it cannot be.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    now = deps.now()
    if isinstance(edit, AreaEdit):
        _check_schools(register, edit.district_code, edit.school_codes - _held(register, edit.area_code))
        return save_area(deps.store, deps.catalogue, viewer, edit, now)
    if isinstance(edit, OfficeEdit):
        if edit.school_code and not edit.office_code:
            _check_schools(register, edit.district_code, frozenset({edit.school_code}))
        return save_office(deps.store, deps.catalogue, viewer, edit, now)
    return save_inspector(deps.store, deps.catalogue, viewer, edit, now)


def carry_out(deps: Dependencies, viewer: Viewer, row: EntryRow, form: Mapping[str, str]) -> str:
    """End an entry, or note a training; the word for what was done.

    Raises:
        RefusedError: it cannot be done.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    fields: Request = dict(form)
    now, action = deps.now(), form.get("action", "")
    match action, row:
        case "dissolve", AreaRow():
            close_area(deps.store, viewer, row.code, int_field_of(fields, "version"), now)
        case "dissolve", OfficeRow():
            close_office(deps.store, viewer, row.code, int_field_of(fields, "version"), now)
        case "leave", PersonRow():
            left_on = date_field_of(fields, "left_on") or deps.today()
            leave_office(deps.store, viewer, row.code, int_field_of(fields, "version"), left_on, now)
        case "add_training", PersonRow():
            held_on, hours = date_field_of(fields, "held_on"), int_field_of(fields, "hours")
            add_training(deps.store, viewer, row.code, held_on, hours, text_field_of(fields, "subject"), now)
        case "drop_training", PersonRow():
            drop_training(deps.store, viewer, row.code, int_field_of(fields, "training_id"), now)
        case _:
            raise RefusedError("unknown_action")
    return action


def _accounts(deps: Dependencies, edit: InspectorEdit) -> list[tuple[str, str]]:
    """The accounts of the unit that may act, and the one that does, whatever became of it."""
    offered = accounts_offered(deps.store, deps.catalogue, edit.district_code, deps.today())
    choices = {a.account_id: text("registers.account", person=a.person, name=a.account_name) for a in offered}
    if edit.account_id and edit.inspector_code:
        choices.setdefault(edit.account_id, account_words(deps, edit.account_id) or text("registers.account_known"))
    return list(choices.items())


def _held(register: Register, area_code: str) -> frozenset[str]:
    return frozenset(c for row in register.areas if row.code == area_code for c in row.area.school_codes)


def _check_schools(register: Register, district_code: str, school_codes: frozenset[str]) -> None:
    """Refuse schools that the unit's latest return does not name, once there are returns."""
    part = register.of_unit(district_code)
    known = {s.school_code for s in part.free} | {s.school_code for row in part.areas for s in row.schools}
    if register.has_figures and not known >= school_codes:
        raise RefusedError("unknown_school")
