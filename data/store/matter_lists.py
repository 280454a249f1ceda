"""Lists of matters within a scope: a part of them in order, and how many there are, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from data.access import Scope
from data.store.engine import Store
from data.store.matters import Matter
from data.store.schema import matter


@dataclass(frozen=True)
class Asked:
    """Which matters: of a kind, within a scope, of one unit, in one state, for one account where these are not empty.

    Who is bound to schools sees what is about these, and nothing of the whole unit.
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
        if self.district_code:
            parts.append(held.district_code == self.district_code)
        if self.assignee_id:
            parts.append(held.assignee_id == self.assignee_id)
        if self.state and not of_any_state:
            parts.append(held.state == self.state)
        return and_(*parts)


def part_of_list(store: Store, asked: Asked, first_state: str, most: int) -> list[Matter]:
    """Those in `first_state` by the day on which they are due, then the others, the latest first; `most` at most."""
    held = matter.c
    is_first = held.state == first_state
    order = (
        case((is_first, 0), else_=1),
        case((is_first, held.due_on)),
        case((is_first, None), else_=held.done_on).desc(),
        held.matter_code,
    )
    with store.read() as connection:
        rows = connection.execute(select(matter).where(asked.condition()).order_by(*order).limit(most)).mappings()
        return [Matter(**row) for row in rows]


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


def count_by_school(store: Store, asked: Asked, since: date) -> dict[str, int]:
    """How many were done of each school since a day."""
    held = matter.c
    counted = select(held.school_code, func.count()).where(asked.condition(), held.done_on >= since)
    with store.read() as connection:
        rows = connection.execute(counted.group_by(held.school_code)).all()
    return {str(school): int(count) for school, count in rows}


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


def late_by_unit(store: Store, asked: Asked, states: Sequence[str], today: date) -> dict[str, int]:
    """How many in these states have a day that is past, by unit."""
    held = matter.c
    late = and_(asked.condition(of_any_state=True), held.state.in_(states), held.due_on < today)
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
