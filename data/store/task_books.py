"""Task books (任务书): made for a unit from its gap bill, edited as a draft, released by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from data.access import Permission
from data.store.engine import Store
from data.store.matters import Matter, MatterStep, NewMatter, Writing, add_matter, take_step
from data.store.refusals import RefusedError, check_day, check_words
from data.store.schema import matter as matter_table
from data.store.schema import task_book, task_book_gap, task_measure
from data.store.steps import open_states
from data.store.task_measures import Measure, NewMeasure, add_measure, measures_in

TASK_BOOK = "task_book"
DRAFT, RELEASED, WITHDRAWN, CLOSED = "draft", "released", "withdrawn", "closed"
EDIT, RELEASE, REPORT = "edit_book", "release_book", "report_progress"
MOST_MEASURES = 400


@dataclass(frozen=True)
class LeftOut:
    """What fails without an amount on the bill, and why no measure comes of it; in how many places."""

    item_code: str
    reason: str
    place_count: int


@dataclass(frozen=True)
class NewTaskBook:
    """A book of a unit: the bill that it is made from, its days, measures, and what no measure came of."""

    district_code: str
    period: str
    snapshot_id: str
    subject: str
    due_on: date
    measures: Sequence[NewMeasure]
    left_out: Sequence[LeftOut] = ()


@dataclass(frozen=True)
class BookOrigin:
    """The period and publication whose bill a book was made from."""

    period: str
    snapshot_id: str


def make_book(writing: Writing, new: NewTaskBook, *, is_demonstration: bool) -> Matter:
    """Add a draft with its measures, within a transaction that holds the head of the audit.

    Raises:
        RefusedError: no permission, another unit's, no day, nothing to do, or a book of the unit stands already.
    """
    viewer = writing.viewer
    if Permission.TASK_BOOKS_MAKE not in viewer.permissions:
        raise RefusedError("no_permission")
    if not viewer.scope.may_change(new.district_code):
        raise RefusedError("unknown_unit")
    check_day(new.due_on, writing.today)
    if not new.measures and not new.left_out:
        raise RefusedError("no_gap")
    if standing := standing_book(writing, new.district_code):
        raise RefusedError("task_book_stands", standing)
    known = NewMatter(TASK_BOOK, new.district_code, new.subject, due_on=new.due_on)
    book = add_matter(writing, known, is_demonstration=is_demonstration)
    origin = {"matter_code": book.matter_code, "period": new.period, "snapshot_id": new.snapshot_id}
    writing.connection.execute(insert(task_book).values(**origin))
    for left in new.left_out:
        values = {
            "gap_code": f"{book.matter_code}.{left.item_code}.{left.reason}",
            "matter_code": book.matter_code,
            "item_code": left.item_code,
            "reason": left.reason,
            "place_count": left.place_count,
        }
        writing.connection.execute(insert(task_book_gap).values(**values))
    for measure in new.measures:
        add_measure(writing, book, measure)
    return edited(writing, book, MatterStep(book.matter_code, book.version, EDIT))


def edited(writing: Writing, book: Matter, step: MatterStep) -> Matter:
    """Take the step of whoever changes a draft: that person does not release it.

    Raises:
        RefusedError: it is no draft, or not the viewer's to change.
        ChangedMeanwhileError: it is not as the person saw it.
    """
    viewer = writing.viewer
    hand = {"done_on": writing.today, "done_by": viewer.name, "done_by_id": viewer.account_id}
    return take_step(writing, book, step, changes=hand)


def step_book(writing: Writing, book: Matter, step: MatterStep) -> Matter:
    """Take another step; what is released has measures, each with who answers for it.

    Raises:
        RefusedError: the step is refused, nothing is to be done, or a measure has no department.
    """
    check_words(step.reason)
    if step.action in (EDIT, REPORT):
        raise RefusedError("no_transition")
    if step.action == RELEASE:
        kept = [m for m in measures_in(writing.connection, book.matter_code) if not m.is_dropped]
        if not kept:
            raise RefusedError("task_book_empty")
        if nobody := [m for m in kept if not m.department_code]:
            raise RefusedError("task_book_nobody", "、".join(m.subject for m in nobody))
    return take_step(writing, book, step)


def add_to_book(writing: Writing, book: Matter, step: MatterStep, new: NewMeasure) -> Matter:
    """Add a measure to a draft.

    Raises:
        RefusedError: it is no draft, or something of the measure is missing.
    """
    after = edited(writing, book, step)
    if len(measures_in(writing.connection, book.matter_code)) >= MOST_MEASURES:
        raise RefusedError("task_book_full")
    add_measure(writing, book, new)
    return after


def standing_book(writing: Writing, district_code: str) -> str:
    """The number of the unit's book that is neither closed nor withdrawn; empty where there is none."""
    held = matter_table.c
    asked = select(held.matter_code).where(
        held.matter_kind == TASK_BOOK,
        held.district_code == district_code,
        held.state.in_(open_states(writing.catalogue, TASK_BOOK)),
    )
    return writing.connection.execute(asked).scalar() or ""


def origin_of(store: Store, matter_code: str) -> BookOrigin:
    """Which bill a book was made from."""
    held = task_book.c
    with store.read() as connection:
        row = connection.execute(select(held.period, held.snapshot_id).where(held.matter_code == matter_code)).one()
    return BookOrigin(str(row.period), str(row.snapshot_id))


def left_out_of(store: Store, matter_code: str) -> list[LeftOut]:
    """What no measure came of when the book was made."""
    held = task_book_gap.c
    asked = select(held.item_code, held.reason, held.place_count).where(held.matter_code == matter_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(held.item_code, held.reason))
        return [LeftOut(str(item), str(reason), int(count)) for item, reason, count in rows]


def measures_of(store: Store, matter_code: str) -> list[Measure]:
    """The measures of a book in their order, those that were dropped too."""
    with store.read() as connection:
        return measures_in(connection, matter_code)


def measure_in_book(connection: Connection, matter_code: str, position: int) -> Measure | None:
    """One measure of a book by its number; None where there is none."""
    held = task_measure.c
    asked = select(task_measure).where(held.matter_code == matter_code, held.position == position)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Measure(**row)
