"""Measures of a task book: what, how much, who, from when to when, how much by which quarter, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from data.catalogue.department_tables import Department
from data.quarters import quarter_end, quarters_between, spread
from data.store import audit
from data.store.matters import Matter, Writing
from data.store.refusals import RefusedError, check_day, check_words
from data.store.schema import task_measure, task_measure_school, task_milestone, task_progress
from data.store.steps import permitted_step

MEASURE_KIND, MILESTONE_KIND, PROGRESS_KIND = "task_measure", "task_milestone", "task_progress"
REPORT = "report_progress"
YUAN = "元"
"""The unit of money, typed and printed in ten thousands."""
MOST_AMOUNT = 10**12
MOST_QUARTERS = 44


@dataclass(frozen=True)
class NewMeasure:
    """What a measure is made from; `amount` in the unit of the bill, `money` in yuan, `schools` with their amounts."""

    item_code: str
    subject: str
    amount: int
    unit: str
    department_code: str
    starts_on: date
    due_on: date
    person: str = ""
    money: int | None = None
    schools: Sequence[tuple[str, int]] = field(default=(), compare=False)


@dataclass(frozen=True)
class Measure:
    """A measure as it stands; `done` is what all months came to."""

    measure_code: str
    matter_code: str
    district_code: str
    position: int
    item_code: str
    subject: str
    amount: int
    unit: str
    department_code: str
    person: str
    starts_on: date
    due_on: date
    ends_on: date
    money: int | None
    done: int
    drop_reason: str

    @property
    def is_dropped(self) -> bool:
        """Whether it is none of the book's any more."""
        return bool(self.drop_reason)


@dataclass(frozen=True)
class MeasureChange:
    """What of a measure is typed anew."""

    subject: str
    amount: int
    department_code: str
    person: str
    starts_on: date
    due_on: date
    money: int | None


@dataclass(frozen=True)
class Progress:
    """What was done in a month, what proves it, and who said so."""

    month: date
    done: int
    evidence: str
    reported_by: str
    reported_by_id: str
    reported_at: datetime


def measures_in(connection: Connection, matter_code: str) -> list[Measure]:
    """The measures of a book as this transaction sees them."""
    held = task_measure.c
    asked = select(task_measure).where(held.matter_code == matter_code).order_by(held.position)
    return [Measure(**row) for row in connection.execute(asked).mappings()]


def add_measure(writing: Writing, book: Matter, new: NewMeasure) -> Measure:
    """Add a measure with its schools, its amount spread over the quarters.

    Raises:
        RefusedError: something is missing, or cannot be.
    """
    typed = MeasureChange(
        new.subject, new.amount, new.department_code, new.person, new.starts_on, new.due_on, new.money
    )
    _check(writing, typed)
    last = select(func.max(task_measure.c.position)).where(task_measure.c.matter_code == book.matter_code)
    position = (writing.connection.execute(last).scalar() or 0) + 1
    measure = Measure(
        f"{book.matter_code}-{position:02}",
        book.matter_code,
        book.district_code,
        position,
        new.item_code,
        new.subject,
        new.amount,
        new.unit,
        new.department_code,
        new.person,
        new.starts_on,
        new.due_on,
        quarter_end(new.due_on),
        new.money,
        0,
        "",
    )
    writing.connection.execute(insert(task_measure).values(**asdict(measure)))
    _note(writing, MEASURE_KIND, measure.measure_code, {}, asdict(measure))
    for school, amount in new.schools:
        values = {"measure_code": measure.measure_code, "school_code": school, "amount": amount}
        writing.connection.execute(insert(task_measure_school).values(**values))
    _keep_milestones(writing, measure, spread(measure.amount, quarters_between(measure.starts_on, measure.due_on)))
    return measure


def change_measure(writing: Writing, measure: Measure, change: MeasureChange) -> Measure:
    """Write what was typed anew; where amount or days change, the amount is spread over the quarters again.

    Raises:
        RefusedError: something is missing, or cannot be.
    """
    _check(writing, change)
    after = replace(measure, **vars(change), ends_on=quarter_end(change.due_on))
    _keep(writing, measure, after)
    if (measure.amount, measure.starts_on, measure.due_on) != (after.amount, after.starts_on, after.due_on):
        _keep_milestones(writing, after, spread(after.amount, quarters_between(after.starts_on, after.due_on)))
    return after


def drop_measure(writing: Writing, measure: Measure, reason: str) -> Measure:
    """Leave a measure out of the book: it stays readable with its reason.

    Raises:
        RefusedError: there is no reason, or it was dropped before.
    """
    check_words(reason)
    if not reason.strip():
        raise RefusedError("needs_reason")
    if measure.is_dropped:
        raise RefusedError("no_transition")
    after = replace(measure, drop_reason=reason)
    _keep(writing, measure, after)
    return after


def plan_quarters(writing: Writing, measure: Measure, planned: Mapping[date, int]) -> None:
    """Say how much is done in each quarter; in all it is the amount.

    Raises:
        RefusedError: the quarters are others than the measure's, or do not come to its amount.
    """
    ends = quarters_between(measure.starts_on, measure.due_on)
    if set(planned) != set(ends) or any(not 0 <= amount <= MOST_AMOUNT for amount in planned.values()):
        raise RefusedError("task_quarters")
    if sum(planned.values()) != measure.amount:
        raise RefusedError("task_quarters_sum")
    total = 0
    running: dict[date, int] = {}
    for end in ends:
        total += planned[end]
        running[end] = total
    _keep_milestones(writing, measure, running)


def report_progress(writing: Writing, book: Matter, measure: Measure, month: date, done: int, evidence: str) -> Measure:
    """Say what was done in a month, and what proves it; said again, it replaces what was said before.

    Raises:
        RefusedError: it is not the viewer's to say, the month is not one of the measure's, or there is no proof.
    """
    viewer = writing.viewer
    permitted_step(writing.catalogue, book.matter_kind, book.state, REPORT, viewer, "")
    is_own = not viewer.department or viewer.department == measure.department_code
    if not (viewer.scope.may_change(book.district_code) and is_own):
        raise RefusedError("no_permission")
    if measure.is_dropped:
        raise RefusedError("no_transition")
    if not measure.starts_on.replace(day=1) <= month <= writing.today:
        raise RefusedError("task_month")
    if not 0 <= done <= MOST_AMOUNT:
        raise RefusedError("task_amount")
    check_words(evidence)
    if not evidence.strip():
        raise RefusedError("task_evidence")
    _keep_progress(writing, measure, Progress(month, done, evidence, viewer.name, viewer.account_id, writing.at))
    held = task_progress.c
    total = select(func.sum(held.done)).where(held.measure_code == measure.measure_code)
    after = replace(measure, done=int(writing.connection.execute(total).scalar_one()))
    _keep(writing, measure, after)
    return after


def _keep_progress(writing: Writing, measure: Measure, progress: Progress) -> None:
    held = task_progress.c
    code = f"{measure.measure_code}.{progress.month:%Y-%m}"
    mine = held.progress_code == code
    before = writing.connection.execute(select(task_progress).where(mine)).mappings().one_or_none()
    values = {"progress_code": code, "measure_code": measure.measure_code, **asdict(progress)}
    write = insert(task_progress) if before is None else update(task_progress).where(mine)
    writing.connection.execute(write.values(**values))
    _note(writing, PROGRESS_KIND, code, {} if before is None else dict(before), values)


def _check(writing: Writing, change: MeasureChange) -> None:
    """Refuse what cannot be: no words, no amount, no such department, days the wrong way round."""
    check_words(change.subject, change.person)
    if not change.subject.strip():
        raise RefusedError("needs_problem")
    if not 0 < change.amount <= MOST_AMOUNT:
        raise RefusedError("task_amount")
    if change.money is not None and not 0 <= change.money <= MOST_AMOUNT:
        raise RefusedError("task_money")
    known = {d.department_code for d in writing.catalogue.in_force(Department, writing.today)}
    if change.department_code and change.department_code not in known:
        raise RefusedError("unknown_department")
    if change.due_on < change.starts_on:
        raise RefusedError("task_days")
    check_day(change.due_on, writing.today)
    if len(quarters_between(change.starts_on, change.due_on)) > MOST_QUARTERS:
        raise RefusedError("due_is_far")


def _keep(writing: Writing, before: Measure, after: Measure) -> None:
    """Write a measure, with its entry in the audit where it changes."""
    if before == after:
        return
    mine = task_measure.c.measure_code == before.measure_code
    writing.connection.execute(update(task_measure).where(mine).values(**asdict(after)))
    _note(writing, MEASURE_KIND, before.measure_code, asdict(before), asdict(after))


def _keep_milestones(writing: Writing, measure: Measure, planned: Mapping[date, int]) -> None:
    """Write how much is planned by the end of each quarter; a quarter that is none any more stays, empty."""
    held = task_milestone.c
    asked = select(task_milestone).where(held.measure_code == measure.measure_code)
    before = {row["due_on"]: dict(row) for row in writing.connection.execute(asked).mappings()}
    for end in sorted({*before, *planned}):
        code = f"{measure.measure_code}.{end:%Y-%m}"
        values: dict[str, Any] = {
            "milestone_code": code,
            "measure_code": measure.measure_code,
            "due_on": end,
            "planned": planned.get(end),
        }
        if end not in before:
            writing.connection.execute(insert(task_milestone).values(**values))
        elif before[end] != values:
            writing.connection.execute(update(task_milestone).where(held.milestone_code == code).values(**values))
        else:
            continue
        _note(writing, MILESTONE_KIND, code, before.get(end, {}), values)


def _note(writing: Writing, kind: str, code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    act = audit.AuditEvent(writing.viewer.actor, "change", kind, code, writing.at)
    audit.record(writing.store, writing.connection, act, before, after)
