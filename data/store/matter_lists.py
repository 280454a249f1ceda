"""Lists of matters within a scope: a part of them in order, and how many there are, whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, tuple_

from data.access import Scope
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import MatterKind
from data.store.engine import Store
from data.store.matters import Matter, NewMatter, Writing
from data.store.schema import matter

UNTOLD = {"opinion": ("draft", "withdrawn"), "complaint": ("recorded", "set_aside")}
"""States in which a matter has not left the desk of who keeps it: whom it is about does not read it."""
PUT_ASIDE = ("withdrawn", "set_aside")
OF_OTHERS = ("opinion",)
"""Kinds that somebody above has on his desk: a unit keeps complaints about itself, and no opinion."""


@dataclass(frozen=True)
class Asked:
    """Which matters: of a kind, within a scope, of one unit, in one state, for one account where these are not empty.

    Who is bound to schools sees what is about these, and nothing of the whole unit; nobody what is still on the desk
    of others.
    """

    matter_kind: str
    scope: Scope
    district_code: str = ""
    state: str = ""
    assignee_id: str = ""

    def condition(self, *, of_any_state: bool = False) -> ColumnElement[bool]:
        """The same as the database asks it."""
        held = matter.c
        parts: list[ColumnElement[bool]] = [held.matter_kind == self.matter_kind]
        if self.scope.districts is not None:
            parts.append(held.district_code.in_(sorted(self.scope.districts)))
        if self.scope.schools is not None:
            parts.append(held.school_code.in_(sorted(self.scope.schools)))
        if (untold := UNTOLD.get(self.matter_kind)) and self.scope.schools is not None:
            parts.append(held.state.not_in(untold))
        elif untold and self.scope.districts is not None and self.matter_kind in OF_OTHERS:
            parts.append(or_(held.school_code.is_not(None), held.state.not_in(untold)))
        if self.district_code:
            parts.append(held.district_code == self.district_code)
        if self.assignee_id:
            parts.append(held.assignee_id == self.assignee_id)
        if self.state and not of_any_state:
            parts.append(held.state == self.state)
        return and_(*parts)


def is_told(known: Matter, scope: Scope) -> bool:
    """Whether who is bound to a scope may read a matter: the same as `Asked` lists."""
    untold = known.state in UNTOLD.get(known.matter_kind, ())
    if scope.schools is not None:
        return bool(known.school_code) and scope.allows(known.district_code, known.school_code) and not untold
    is_own_draft = scope.districts is not None and known.matter_kind in OF_OTHERS and not known.school_code
    return scope.allows(known.district_code) and not (untold and is_own_draft)


def part_of_list(
    store: Store, asked: Asked, first_state: str, most: int, *, also_first: Sequence[str] = ()
) -> list[Matter]:
    """Those in the first states by the day on which they are due, then the others, the latest first; `most` at most."""
    held = matter.c
    is_first = held.state.in_((first_state, *also_first))
    order = (
        case((is_first, 0), else_=1),
        case((is_first, held.due_on)),
        case((is_first, None), else_=held.done_on).desc(),
        held.matter_code,
    )
    with store.read() as connection:
        rows = connection.execute(select(matter).where(asked.condition()).order_by(*order).limit(most)).mappings()
        return [Matter(**row) for row in rows]


@dataclass(frozen=True)
class AssignedGroup:
    """So many matters of a unit that are due on a day, of whom was named for them; empty where nobody was."""

    district_code: str
    assignee: str
    assignee_id: str
    due_on: date | None
    matter_count: int

    @property
    def named(self) -> tuple[str, str]:
        """Who was named: name and account."""
        return (self.assignee, self.assignee_id)


def groups_by_assignee(store: Store, asked: Asked) -> list[AssignedGroup]:
    """How many there are of each unit, person and day."""
    held = matter.c
    columns = (held.district_code, func.coalesce(held.assignee, ""), func.coalesce(held.assignee_id, ""), held.due_on)
    counted = select(*columns, func.count()).where(asked.condition()).group_by(*columns)
    with store.read() as connection:
        return [AssignedGroup(*row) for row in connection.execute(counted).tuples()]


def first_by_day(
    store: Store, asked: Asked, groups: Collection[AssignedGroup], days: tuple[date, date], most: int
) -> list[Matter]:
    """Of the matters of these groups the `most` first ones that are due before, on, between and after two days."""
    held = matter.c
    named, units = {group.named for group in groups}, {group.district_code for group in groups}
    who = tuple_(func.coalesce(held.assignee, ""), func.coalesce(held.assignee_id, ""))
    of_groups = and_(asked.condition(), who.in_(sorted(named)), held.district_code.in_(sorted(units)))
    order = (held.due_on, held.matter_code)
    today, week_ends = days
    span = case((held.due_on < today, 0), (held.due_on == today, 1), (held.due_on <= week_ends, 2), else_=3)
    place = func.row_number().over(partition_by=span, order_by=order)
    first = select(held.matter_code, place.label("place")).where(of_groups).subquery()
    codes = select(first.c.matter_code).where(first.c.place <= most)
    with store.read() as connection:
        rows = connection.execute(select(matter).where(held.matter_code.in_(codes)).order_by(*order)).mappings()
        return [Matter(**row) for row in rows]


def find_same(writing: Writing, new: NewMatter) -> Matter | None:
    """What the same person added today with the same words about the same party, unless it was put aside since."""
    held, viewer = matter.c, writing.viewer
    asked = select(matter).where(
        held.matter_kind == new.matter_kind,
        held.district_code == new.district_code,
        held.school_code == new.school_code if new.school_code else held.school_code.is_(None),
        held.subject == new.subject,
        held.note == new.note,
        held.item_code == new.item_code,
        held.opened_on == writing.today,
        held.state.not_in(PUT_ASIDE),
    )
    matters = [Matter(**row) for row in writing.connection.execute(asked).mappings()]
    return next((m for m in matters if viewer.is_person(m.opened_by, m.opened_by_id)), None)


def find_by_number(store: Store, catalogue: Catalogue, scope: Scope, number: str, most: int) -> list[Matter]:
    """The matters of a scope whose number begins so, whatever the letters' case; `most` at most."""
    start = number.upper()
    kinds = [k for k in catalogue.rows(MatterKind) if k.code_prefix and start.startswith(k.code_prefix)]
    if not kinds:
        return []
    asked = or_(*(Asked(k.matter_kind, scope).condition() for k in kinds))
    begins = matter.c.matter_code.startswith(start, autoescape=True)
    with store.read() as connection:
        rows = connection.execute(select(matter).where(asked, begins).order_by(matter.c.matter_code).limit(most))
        return [Matter(**row) for row in rows.mappings()]


def count_by_state(store: Store, asked: Asked) -> dict[str, int]:
    """How many there are in each state in which there is one, whatever state is asked for."""
    held = matter.c
    counted = select(held.state, func.count()).where(asked.condition(of_any_state=True)).group_by(held.state)
    with store.read() as connection:
        rows = connection.execute(counted).all()
    return {str(state): int(count) for state, count in rows}


def count_late(store: Store, asked: Asked, state: str, today: date) -> int:
    """How many in a state have a day that is past, whatever state is asked for."""
    held = matter.c
    late = and_(asked.condition(of_any_state=True), held.state == state, held.due_on < today)
    with store.read() as connection:
        return connection.execute(select(func.count()).where(late)).scalar_one()


def last_done_by_school(store: Store, asked: Asked) -> dict[str, date]:
    """The last day on which one was done of each school."""
    held = matter.c
    latest = select(held.school_code, func.max(held.done_on)).where(asked.condition(), held.done_on.is_not(None))
    with store.read() as connection:
        rows: Sequence[tuple[str, date]] = connection.execute(latest.group_by(held.school_code)).tuples().all()
    return dict(rows)


def days_done_by_school(store: Store, asked: Asked, since: date, until: date) -> defaultdict[str, set[date]]:
    """The days, both included, on which one was done of each school."""
    held, days = matter.c, defaultdict[str, set[date]](set)
    done = select(held.school_code, held.done_on).where(asked.condition(), held.done_on.between(since, until))
    with store.read() as connection:
        for school, day in connection.execute(done.distinct()).tuples():
            days[school].add(day)
    return days


def late_by_unit(store: Store, asked: Asked, before: Mapping[str, date]) -> dict[str, int]:
    """How many in each of these states have a day before that of the state, by unit."""
    held = matter.c
    of_states = or_(false(), *(and_(held.state == state, held.due_on < day) for state, day in before.items()))
    late = and_(asked.condition(of_any_state=True), of_states)
    counted = select(held.district_code, func.count()).where(late).group_by(held.district_code)
    with store.read() as connection:
        rows = connection.execute(counted).all()
    return {str(unit): int(count) for unit, count in rows}


def days_of_matters(
    store: Store, asked: Asked, states: tuple[str, str], first: date, last: date
) -> list[tuple[str, str, date, str]]:
    """Code, subject, day and state of those that are due between two days, both included, or were done between them.

    `states` are that of what is still due and that of what was done.
    """
    held, (to_come, done) = matter.c, states
    day = case((held.state == to_come, held.due_on), else_=held.done_on)
    of_days = select(held.matter_code, held.subject, day, held.state).where(
        asked.condition(of_any_state=True),
        or_(
            and_(held.state == to_come, held.due_on.between(first, last)),
            and_(held.state == done, held.done_on.between(first, last)),
        ),
    )
    with store.read() as connection:
        return list(connection.execute(of_days.order_by(day, held.matter_code)).tuples())
