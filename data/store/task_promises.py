"""What released task books promise for which schools, without what was done before a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, false, func, select

from data.access import Scope
from data.store.engine import Store
from data.store.schema import matter, task_measure, task_measure_school, task_progress
from data.store.task_books import RELEASED, TASK_BOOK


@dataclass(frozen=True)
class Promise:
    """A measure: how much is to come of it yet, for which schools, by when."""

    district_code: str
    item_code: str
    due_on: date
    outstanding: int
    schools: Mapping[str, int]


def promises_version(store: Store) -> tuple[object, ...]:
    """What changes whenever a task book does, or what was done of one."""
    of_books = select(func.count(), func.sum(matter.c.version)).where(matter.c.matter_kind == TASK_BOOK)
    of_progress = select(func.count(), func.max(task_progress.c.reported_at))
    with store.read() as connection:
        return (*connection.execute(of_books).one(), *connection.execute(of_progress).one())


def promises_since(store: Store, scope: Scope, day: date) -> list[Promise]:
    """The measures of released books of a scope; what was done in months that were over on a day is in its figures."""
    held, months = task_measure.c, task_progress.c
    before = (
        select(months.measure_code, func.sum(months.done).label("done"))
        .where(months.month < day.replace(day=1))
        .group_by(months.measure_code)
        .subquery()
    )
    parts = [matter.c.state == RELEASED, held.drop_reason == ""]
    if scope.schools is not None:
        parts.append(false())
    if scope.districts is not None:
        parts.append(held.district_code.in_(sorted(scope.districts)))
    outstanding = held.amount - func.coalesce(before.c.done, 0)
    asked = (
        select(held.measure_code, held.district_code, held.item_code, held.due_on, outstanding)
        .select_from(
            task_measure.join(matter, matter.c.matter_code == held.matter_code).outerjoin(
                before, before.c.measure_code == held.measure_code
            )
        )
        .where(and_(*parts))
    )
    of_schools = (
        select(task_measure_school)
        .select_from(
            task_measure_school.join(task_measure, task_measure_school.c.measure_code == held.measure_code).join(
                matter, matter.c.matter_code == held.matter_code
            )
        )
        .where(and_(*parts))
    )
    schools: dict[str, dict[str, int]] = {}
    with store.read() as connection:
        rows = connection.execute(asked.order_by(held.measure_code)).tuples().all()
        for code, school, amount in connection.execute(of_schools).tuples():
            schools.setdefault(code, {})[school] = int(amount)
    return [
        Promise(district, item, due_on, max(0, int(left)), schools.get(code, {}))
        for code, district, item, due_on, left in rows
    ]
