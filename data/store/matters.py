"""Matters of supervision: added once, moved as `transitions.csv` permits, each write with its entry in the audit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import MatterKind, Transition
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.refusals import (
    LONGEST_WORDS,
    ChangedMeanwhileError,
    RefusedError,
    check_characters,
    check_day,
    check_words,
)
from data.store.schema import matter as matter_table
from data.store.steps import permitted_step, states_of, wrong_side
from data.terms import last_day

LONGEST_NOTE = LONGEST_WORDS + 60
"""What a form takes, after the words that are put before it."""
SET = "set"
"""What a step does with the deadline: sets the one that is said."""


@dataclass(frozen=True)
class Matter:
    """One matter; `due_on` is the day by which its next step is due, `done_by` who took its last decisive step."""

    matter_code: str
    matter_kind: str
    district_code: str
    school_code: str | None
    parent_code: str
    item_code: str
    document_number: str
    subject: str
    note: str
    round: int | None
    state: str
    due_on: date | None
    assignee: str
    assignee_id: str
    opened_on: date
    opened_by: str
    opened_by_id: str
    done_on: date | None
    done_by: str
    done_by_id: str
    client_key: str | None
    is_demonstration: bool
    version: int
    updated_by: str
    updated_by_id: str
    updated_at: datetime


@dataclass(frozen=True)
class NewMatter:
    """What is known of a matter on the day it is added."""

    matter_kind: str
    district_code: str
    subject: str
    school_code: str | None = None
    parent_code: str = ""
    item_code: str = ""
    document_number: str = ""
    note: str = ""
    round: int | None = None
    due_on: date | None = None
    assignee: str = ""
    assignee_id: str = ""
    client_key: str | None = None


@dataclass(frozen=True)
class Writing:
    """Who writes when, within one transaction; `at` is UTC."""

    store: Store
    connection: Connection
    catalogue: Catalogue
    viewer: Viewer
    at: datetime

    @property
    def today(self) -> date:
        """The day of it in Beijing."""
        return day_of(self.at)

    def touched(self, version: int) -> dict[str, Any]:
        """What every write changes: the version, and who changed it when."""
        return {
            "version": version + 1,
            "updated_by": self.viewer.name,
            "updated_by_id": self.viewer.account_id,
            "updated_at": self.at,
        }


@dataclass(frozen=True)
class MatterStep:
    """What somebody wants done to a matter as they saw it (`version`)."""

    matter_code: str
    version: int
    action: str
    reason: str = ""
    due_on: date | None = None


def list_matters(store: Store, matter_kind: str) -> list[Matter]:
    """All matters of a kind, by code."""
    asked = select(matter_table).where(matter_table.c.matter_kind == matter_kind)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(matter_table.c.matter_code))
        return [Matter(**row) for row in rows.mappings()]


def find_matter(store: Store, matter_code: str) -> Matter | None:
    """One matter; None where there is none."""
    with store.read() as connection:
        return find_in(connection, matter_code)


def find_in(connection: Connection, matter_code: str) -> Matter | None:
    """The matter as this transaction sees it."""
    asked = select(matter_table).where(matter_table.c.matter_code == matter_code)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Matter(**row)


def sent_before(connection: Connection, client_key: str) -> Matter | None:
    """The matter that came of what a device sent under this key; None where nothing has come yet."""
    asked = select(matter_table).where(matter_table.c.client_key == client_key)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Matter(**row)


def add_matter(writing: Writing, new: NewMatter, *, is_demonstration: bool) -> Matter:
    """Add a matter in the first state of its kind, with the next number of its unit and year.

    Raises:
        RefusedError: no words, or words that are too long.
    """
    check_words(new.subject, new.assignee)
    check_characters(new.note)
    if len(new.note) > LONGEST_NOTE:
        raise RefusedError("too_long")
    if not new.subject.strip():
        raise RefusedError("needs_problem")
    kind = _kind_of(writing, new.matter_kind)
    if new.due_on is None and kind.first_term_code:
        new = replace(new, due_on=last_day(writing.catalogue, kind.first_term_code, writing.today))
    added = Matter(
        **asdict(new),
        matter_code=_next_code(writing, new),
        state=states_of(writing.catalogue, new.matter_kind)[0].state_code,
        opened_on=writing.today,
        opened_by=writing.viewer.name,
        opened_by_id=writing.viewer.account_id,
        done_on=None,
        done_by="",
        done_by_id="",
        is_demonstration=is_demonstration,
        **writing.touched(0),
    )
    values = asdict(added)
    writing.connection.execute(insert(matter_table).values(**values))
    act = audit.AuditEvent(writing.viewer.actor, "open_matter", added.matter_kind, added.matter_code, writing.at)
    audit.record(writing.store, writing.connection, act, {}, values)
    return added


def step_matter(store: Store, catalogue: Catalogue, viewer: Viewer, step: MatterStep, at: datetime) -> Matter:
    """Take a step with a matter.

    Raises:
        RefusedError: there is no such matter, or `take_step` refuses.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    with store.write() as connection:
        matter = find_in(connection, step.matter_code)
        if matter is None:
            raise RefusedError("unknown_matter")
        return take_step(Writing(store, connection, catalogue, viewer, at), matter, step)


def take_step(
    writing: Writing, matter: Matter, step: MatterStep, *, changes: Mapping[str, Any] | None = None
) -> Matter:
    """One step within a transaction; `changes` are further columns that it changes.

    Raises:
        RefusedError: the rows do not permit it, or something is missing.
        ChangedMeanwhileError: the matter is not as the person saw it.
    """
    viewer = writing.viewer
    if matter.version != step.version:
        raise ChangedMeanwhileError(matter.updated_by, matter.updated_at, matter.updated_by_id)
    check_words(step.reason)
    transition = permitted_step(writing.catalogue, matter.matter_kind, matter.state, step.action, viewer, step.reason)
    if refusal := not_this_one(matter, transition, viewer):
        raise RefusedError(refusal)
    values = {
        "state": transition.to_state,
        "due_on": _due_on(writing, transition, matter, step),
        **writing.touched(matter.version),
        **_done(writing, transition),
        **(changes or {}),
    }
    after = replace(matter, **values)
    _save(writing, matter, after, step)
    return after


def not_this_one(matter: Matter, transition: Transition, viewer: Viewer) -> str:
    """Why a step of the viewer's role is not this viewer's to take; empty where it is.

    Nobody ends what he did himself.
    """
    if transition.needs_second_person and viewer.is_person(matter.done_by, matter.done_by_id):
        return "needs_other_person"
    return wrong_side(transition, viewer, is_of_party=is_of_party(matter, viewer))


def is_of_party(matter: Matter, viewer: Viewer) -> bool:
    """Whether the viewer is of whom a matter is about: the school's office, or the unit's where there is no school."""
    scope = viewer.scope
    if matter.school_code:
        return scope.schools is not None and matter.school_code in scope.schools
    return scope.districts is not None and matter.district_code in scope.districts


def _done(writing: Writing, transition: Transition) -> dict[str, Any]:
    """Who took a step that leads on; a step that stays in its state is nobody's work."""
    if transition.from_state == transition.to_state:
        return {}
    viewer = writing.viewer
    return {"done_on": writing.today, "done_by": viewer.name, "done_by_id": viewer.account_id}


def _due_on(writing: Writing, transition: Transition, matter: Matter, step: MatterStep) -> date | None:
    """The day by which the step after this one is due."""
    if transition.deadline == SET:
        if step.due_on is None:
            raise RefusedError("needs_deadline")
        check_day(step.due_on, writing.today)
        return step.due_on
    if transition.term_code:
        return last_day(writing.catalogue, transition.term_code, writing.today)
    return matter.due_on


def _save(writing: Writing, before: Matter, after: Matter, step: MatterStep) -> None:
    held = matter_table.c
    as_seen = update(matter_table).where(held.matter_code == before.matter_code, held.version == before.version)
    if writing.connection.execute(as_seen.values(**asdict(after))).rowcount != 1:
        raise ChangedMeanwhileError(before.updated_by, before.updated_at, before.updated_by_id)
    act = audit.AuditEvent(
        writing.viewer.actor, step.action, after.matter_kind, after.matter_code, writing.at, step.reason
    )
    audit.record(writing.store, writing.connection, act, asdict(before), asdict(after))


def _next_code(writing: Writing, new: NewMatter) -> str:
    """Kind, unit, year and the number after the highest given so far; a number is never given again."""
    start = f"{_kind_of(writing, new.matter_kind).code_prefix}{new.district_code}-{writing.today.year}-"
    held = matter_table.c
    asked = select(held.matter_code).where(
        held.matter_kind == new.matter_kind,
        held.district_code == new.district_code,
        held.matter_code.startswith(start, autoescape=True),
    )
    numbers = [int(code.removeprefix(start)) for (code,) in writing.connection.execute(asked)]
    return f"{start}{max(numbers, default=0) + 1:04}"


def _kind_of(writing: Writing, matter_kind: str) -> MatterKind:
    return next(kind for kind in writing.catalogue.rows(MatterKind) if kind.matter_kind == matter_kind)
