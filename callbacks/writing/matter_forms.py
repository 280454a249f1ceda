"""What the forms of a matter say: one that is added, and a step with one."""

from dataclasses import replace
from typing import Any

import flask

from callbacks.dependencies import Dependencies
from callbacks.pages.matters import COMPLAINT, OPINION, items_of
from callbacks.pages.opening import schools_of
from callbacks.pages.visits import unit_names
from callbacks.writing.form_fields import Request, actor_of, date_field_of, text_field_of
from callbacks.writing.matter_steps import asked_step
from data.access import Permission
from data.importing.personal import holds_personal_number
from data.rows.matters import objection_runs_to
from data.store import audit
from data.store.matter_lists import find_same
from data.store.matters import Matter, NewMatter, Writing, add_matter, find_in, take_step
from data.store.refusals import RefusedError, check_words
from data.terms import last_day
from data.text import text
from layouts import formatting
from layouts.office.matter import LONGEST_NUMBER, NUMBERED
from layouts.office.matters import CHANNELS, SCALES
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from queries.reader import Snapshot

ADDS = {OPINION: Permission.OPINIONS_ISSUE, COMPLAINT: Permission.COMPLAINTS_RECORD}


def added_matter(deps: Dependencies, matter_kind: str) -> tuple[Matter, bool]:
    """Add what the form says, and whether it is new: what the same person says twice on a day is one matter.

    Raises:
        RefusedError: no permission, a unit, school or word that is none, or something is missing.
    """
    said: Request = dict(flask.request.form.items())
    snapshot = deps.warehouse.current()
    viewer = actor_of(deps, text_field_of(said, "actor"))
    if ADDS[matter_kind] not in viewer.permissions:
        raise RefusedError("no_permission")
    new = _party(deps, snapshot, matter_kind, said)
    if not new.note:
        raise RefusedError("needs_reason")
    new = _opinion(deps, said, new) if matter_kind == OPINION else _complaint(deps, said, new)
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        if known := find_same(writing, new):
            return known, False
        return add_matter(writing, new, is_demonstration=is_invented(snapshot.info, UNIT_KINDS)), True


def take_asked_step(deps: Dependencies, matter: Matter) -> None:
    """Take the step that the form says.

    Raises:
        RefusedError: something is missing or too long, names a person, or `take_step` refuses.
        ChangedMeanwhileError: the matter is not as the person saw it.
    """
    said: Request = dict(flask.request.form.items())
    step = asked_step(matter)
    changes: dict[str, Any] = {}
    if matter.matter_kind == OPINION and step.action in NUMBERED:
        changes["document_number"] = _number(said)
    if matter.matter_kind == COMPLAINT and holds_personal_number(step.reason):
        raise RefusedError("personal_number")
    viewer = actor_of(deps, text_field_of(said, "actor"))
    with deps.store.write() as connection:
        audit.hold_head(connection)
        now = find_in(connection, matter.matter_code)
        if now is None:
            raise RefusedError("unknown_matter")
        if last := objection_runs_to(deps.catalogue, now, step.action, deps.today()):
            raise RefusedError("objection_runs", formatting.day(last))
        take_step(Writing(deps.store, connection, deps.catalogue, viewer, deps.now()), now, step, changes=changes)


def _party(deps: Dependencies, snapshot: Snapshot, matter_kind: str, said: Request) -> NewMatter:
    """Whom the matter is about and what it says."""
    district, school = text_field_of(said, "district"), text_field_of(said, "school_code")
    if not snapshot.scope.allows(district) or district not in unit_names(deps, snapshot):
        raise RefusedError("unknown_unit")
    if school and school not in dict(schools_of(snapshot, district)):
        raise RefusedError("unknown_school")
    if matter_kind == OPINION and not school and snapshot.scope.districts is not None:
        raise RefusedError("needs_other_party")
    subject, note = text_field_of(said, "subject"), text_field_of(said, "note")
    return NewMatter(matter_kind, district, subject, school_code=school or None, note=note)


def _opinion(deps: Dependencies, said: Request, new: NewMatter) -> NewMatter:
    """The first opinion is due so many days after the supervision ended, by its kind and the rule of that day."""
    scale, ended_on = text_field_of(said, "scale"), date_field_of(said, "ended_on")
    if scale not in SCALES or ended_on is None or ended_on > deps.today():
        raise RefusedError("needs_ended_on")
    try:
        due_on = last_day(deps.catalogue, f"first_feedback_days_{scale}", ended_on)
    except KeyError as error:
        raise RefusedError("needs_ended_on") from error
    note = text(
        "matter.opinion_note", scale=text(f"matter.scale_{scale}"), day=formatting.day(ended_on), words=new.note
    )
    return replace(new, note=note, due_on=due_on)


def _complaint(deps: Dependencies, said: Request, new: NewMatter) -> NewMatter:
    """A complaint with its channel and item, without anything by which a person is known."""
    channel, item = text_field_of(said, "channel"), text_field_of(said, "item_code")
    if channel not in CHANNELS or (item and item not in dict(items_of(deps))):
        raise RefusedError("unknown_value")
    if holds_personal_number(new.subject) or holds_personal_number(new.note):
        raise RefusedError("personal_number")
    note = text("matter.complaint_note", channel=text(f"matter.channel_{channel}"), words=new.note)
    return replace(new, note=note, item_code=item)


def _number(said: Request) -> str:
    """The number of the letter that leaves with a step."""
    number = text_field_of(said, "document_number")
    check_words(number)
    if not number:
        raise RefusedError("needs_number")
    if len(number) > LONGEST_NUMBER:
        raise RefusedError("number_too_long", str(LONGEST_NUMBER))
    return number
