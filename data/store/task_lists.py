"""Measures of task books within a scope: those that are behind, how many by unit, quarters and months of some."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, Float, RowMapping, and_, case, cast, false, func, or_, select
from sqlalchemy.sql.selectable import Join

from data.access import Scope
from data.quarters import ended_before, quarter_end
from data.store.engine import Store
from data.store.matter_lists import Asked
from data.store.schema import matter, task_measure, task_measure_school, task_milestone, task_progress
from data.store.task_books import RELEASED, TASK_BOOK
from data.store.task_measures import Measure, Progress

AT_ONCE = 500
COLUMNS = [f.name for f in fields(Measure)]


@dataclass(frozen=True)
class MeasureAsk:
    """Which measures of released books: within a scope, of one department, of one unit where these are not empty.

    Who is bound to schools sees none: a book is the unit's.
    """

    scope: Scope
    today: date
    department: str = ""
    district_code: str = ""

    @property
    def over(self) -> date:
        """The last day of the last quarter that is over."""
        return ended_before(self.today)

    @property
    def running(self) -> date:
        """The last day of the quarter that runs."""
        return quarter_end(self.today)

    def condition(self) -> ColumnElement[bool]:
        """The same as the database asks it."""
        held = task_measure.c
        parts: list[ColumnElement[bool]] = [matter.c.state == RELEASED, held.drop_reason == ""]
        if self.scope.schools is not None:
            parts.append(false())
        if self.scope.districts is not None:
            parts.append(held.district_code.in_(sorted(self.scope.districts)))
        if self.department:
            parts.append(held.department_code == self.department)
        if self.district_code:
            parts.append(held.district_code == self.district_code)
        return and_(*parts)


@dataclass(frozen=True)
class Standing:
    """A measure with what was planned by the end of the last quarter that is over, and by the end of this one.

    Where only those behind are asked for, nothing is said of this one: it is the same as the last.
    """

    measure: Measure
    planned: int
    planned_now: int

    @property
    def is_late(self) -> bool:
        """Whether a quarter was missed: less is done than was planned by its end."""
        return self.measure.done < self.planned

    @property
    def missing(self) -> int:
        """How much less is done than was planned by the end of the last quarter."""
        return max(0, self.planned - self.measure.done)

    @property
    def is_done(self) -> bool:
        """Whether everything is done."""
        return self.measure.done >= self.measure.amount

    @property
    def is_due(self) -> bool:
        """Whether something is left to do in the quarter that runs."""
        return self.measure.done < self.planned_now


@dataclass(frozen=True)
class BookProgress:
    """The measures of a book: how many, done, behind, the money of all of them in yuan."""

    count: int = 0
    done_count: int = 0
    late_count: int = 0
    money: int = 0


def _with_last(asked: MeasureAsk) -> tuple[Join, ColumnElement[int]]:
    """Measures with their book, and what was planned by the end of the last quarter that is over."""
    held, last = task_measure.c, task_milestone.alias("last")
    is_last = and_(last.c.measure_code == held.measure_code, last.c.due_on == asked.over)
    source = task_measure.join(matter, matter.c.matter_code == held.matter_code).outerjoin(last, is_last)
    return source, case((held.ends_on <= asked.over, held.amount), else_=func.coalesce(last.c.planned, 0))


def _joined(asked: MeasureAsk) -> tuple[Join, ColumnElement[int], ColumnElement[int]]:
    """The same with what is planned by the end of the quarter that runs."""
    source, planned = _with_last(asked)
    held, this = task_measure.c, task_milestone.alias("this")
    is_this = and_(this.c.measure_code == held.measure_code, this.c.due_on == asked.running)
    planned_now = case((held.ends_on <= asked.running, held.amount), else_=func.coalesce(this.c.planned, 0))
    return source.outerjoin(this, is_this), planned, planned_now


def progress_by_book(store: Store, codes: Sequence[str], asked: MeasureAsk) -> dict[str, BookProgress]:
    """How far each of these books is, whatever its state; of the department that is asked for, if one is."""
    source, planned = _with_last(asked)
    held = task_measure.c
    of_department = [held.department_code == asked.department] if asked.department else []
    progress: dict[str, BookProgress] = {}
    with store.read() as connection:
        for start in range(0, len(codes), AT_ONCE):
            counted = (
                select(
                    held.matter_code,
                    func.count(),
                    func.sum(case((held.done >= held.amount, 1), else_=0)),
                    func.sum(case((held.done < planned, 1), else_=0)),
                    func.coalesce(func.sum(held.money), 0),
                )
                .select_from(source)
                .where(held.matter_code.in_(codes[start : start + AT_ONCE]), held.drop_reason == "", *of_department)
                .group_by(held.matter_code)
            )
            for code, *numbers in connection.execute(counted):
                progress[str(code)] = BookProgress(*(int(n) for n in numbers))
    return progress


def released_units(store: Store, scope: Scope) -> set[str]:
    """The units of a scope that have a released book."""
    asked = Asked(TASK_BOOK, scope, state=RELEASED)
    with store.read() as connection:
        return set(connection.execute(select(matter.c.district_code).where(asked.condition()).distinct()).scalars())


def measures_behind(store: Store, asked: MeasureAsk, most: int, *, also_due: bool = False) -> list[Standing]:
    """The measures that missed a quarter, those that are furthest behind first; `also_due` those of this quarter."""
    source, planned = _with_last(asked)
    planned_now = planned
    if also_due:
        source, planned, planned_now = _joined(asked)
    held = task_measure.c
    late = held.done < planned
    behind = or_(late, held.done < planned_now) if also_due else late
    share = cast(planned - held.done, Float) / held.amount
    listed = (
        select(*(held[name] for name in COLUMNS), planned.label("planned"), planned_now.label("planned_now"))
        .select_from(source)
        .where(asked.condition(), behind)
        .order_by(case((late, 0), else_=1), share.desc(), held.measure_code)
        .limit(most)
    )
    with store.read() as connection:
        return [_standing(row) for row in connection.execute(listed).mappings()]


def count_measures(store: Store, asked: MeasureAsk) -> tuple[int, int]:
    """How many measures there are, and how many of them missed a quarter."""
    source, planned = _with_last(asked)
    late = func.coalesce(func.sum(case((task_measure.c.done < planned, 1), else_=0)), 0)
    counted = select(func.count(), late).select_from(source).where(asked.condition())
    with store.read() as connection:
        count, late_count = connection.execute(counted).one()
    return int(count), int(late_count)


def standings_of(store: Store, matter_code: str, today: date) -> list[Standing]:
    """The measures of one book whatever its state, in their order, those that were dropped too."""
    source, planned, planned_now = _joined(MeasureAsk(Scope(), today))
    held = task_measure.c
    listed = (
        select(*(held[name] for name in COLUMNS), planned.label("planned"), planned_now.label("planned_now"))
        .select_from(source)
        .where(held.matter_code == matter_code)
        .order_by(held.position)
    )
    with store.read() as connection:
        return [_standing(row) for row in connection.execute(listed).mappings()]


def _standing(row: RowMapping) -> Standing:
    measure = Measure(**{name: row[name] for name in COLUMNS})
    return Standing(measure, int(row["planned"]), int(row["planned_now"]))


def milestones_of(store: Store, codes: Sequence[str]) -> dict[str, dict[date, int]]:
    """What is planned by the end of each quarter, by measure."""
    held = task_milestone.c
    planned: dict[str, dict[date, int]] = {}
    with store.read() as connection:
        for start in range(0, len(codes), AT_ONCE):
            asked = select(held.measure_code, held.due_on, held.planned).where(
                held.measure_code.in_(codes[start : start + AT_ONCE]), held.planned.is_not(None)
            )
            for code, end, amount in connection.execute(asked.order_by(held.due_on)).tuples():
                planned.setdefault(code, {})[end] = int(amount)
    return planned


def progress_of(store: Store, codes: Sequence[str]) -> dict[str, list[Progress]]:
    """What was done in which month, by measure."""
    held = task_progress.c
    done: dict[str, list[Progress]] = {}
    with store.read() as connection:
        for start in range(0, len(codes), AT_ONCE):
            asked = select(task_progress).where(held.measure_code.in_(codes[start : start + AT_ONCE]))
            for row in connection.execute(asked.order_by(held.month)).mappings():
                said = {f.name: row[f.name] for f in fields(Progress)}
                done.setdefault(row["measure_code"], []).append(Progress(**said))
    return done


def schools_of(store: Store, codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """What each school lacked when a measure was made, by measure and school."""
    held = task_measure_school.c
    lacked: dict[str, dict[str, int]] = {}
    with store.read() as connection:
        for start in range(0, len(codes), AT_ONCE):
            asked = select(held.measure_code, held.school_code, held.amount).where(
                held.measure_code.in_(codes[start : start + AT_ONCE])
            )
            for code, school, amount in connection.execute(asked.order_by(held.school_code)).tuples():
                lacked.setdefault(code, {})[school] = int(amount)
    return lacked
