"""The forms of task books: what is made, added, changed, spread over quarters, dropped, reported, and which step."""

from datetime import date
from decimal import ROUND_CEILING, Decimal, InvalidOperation

import flask

from callbacks.dependencies import Dependencies
from callbacks.pages.task_books import owed_by_school
from callbacks.pages.visits import unit_names
from callbacks.writing.form_fields import Request, actor_of, date_field_of, text_field_of
from callbacks.writing.matter_steps import asked_step
from data.catalogue.gap_tables import GapUnit
from data.store import audit
from data.store.matters import Matter, MatterStep, Writing, find_in
from data.store.refusals import RefusedError
from data.store.task_books import EDIT, NewTaskBook, add_to_book, edited, make_book, measure_in_book, step_book
from data.store.task_measures import (
    YUAN,
    MeasureChange,
    NewMeasure,
    change_measure,
    drop_measure,
    plan_quarters,
    report_progress,
)
from data.store.task_proposals import proposed_measures
from data.text import text
from layouts.office.task_words import TEN_THOUSAND
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from queries import common_dimensions
from queries.task_books import gap_bill

ADD, CHANGE, PLAN, DROP, REPORTED = (
    "add_measure",
    "change_measure",
    "plan_quarters",
    "drop_measure",
    "report_progress",
)
LONGEST_NUMBER = 16
QUARTER = "quarter."


def make_from_form(deps: Dependencies) -> str:
    """Make the book of a unit from its newest bill; its number.

    Raises:
        RefusedError: the store refuses, the unit is none of the viewer's, or it has not reported.
    """
    snapshot = deps.warehouse.current()
    said: Request = dict(flask.request.form.items())
    viewer = actor_of(deps, text_field_of(said, "actor"))
    district = text_field_of(said, "district")
    if district not in unit_names(deps, snapshot) or not snapshot.scope.may_change(district):
        raise RefusedError("unknown_unit")
    due_on = date_field_of(said, "due_on")
    if due_on is None:
        raise RefusedError("needs_deadline")
    period = common_dimensions.periods(snapshot)[-1].period
    bill = gap_bill(snapshot, period, district)
    if not bill.is_reported:
        raise RefusedError("no_bill")
    new = NewTaskBook(
        district,
        period,
        snapshot.info.snapshot_id,
        text("task_book.subject", period=period),
        due_on,
        proposed_measures(deps.catalogue, owed_by_school(bill), deps.today(), due_on),
        bill.left_out,
    )
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        return make_book(writing, new, is_demonstration=is_invented(snapshot.info, UNIT_KINDS)).matter_code


def book_from_form(deps: Dependencies, book: Matter) -> None:
    """Take the step that the form says, or add the measure that it holds.

    Raises:
        RefusedError: the store refuses, or something typed is no number or day.
        ChangedMeanwhileError: the book is not as the person saw it.
    """
    said: Request = dict(flask.request.form.items())
    step = asked_step(book)
    viewer = actor_of(deps, text_field_of(said, "actor"))
    new = _new_measure(deps, said) if step.action == ADD else None
    with deps.store.write() as connection:
        audit.hold_head(connection)
        now = find_in(connection, book.matter_code)
        if now is None:
            raise RefusedError("unknown_matter")
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        if new is None:
            step_book(writing, now, step)
        else:
            add_to_book(writing, now, MatterStep(step.matter_code, step.version, EDIT), new)


def measure_from_form(deps: Dependencies, book: Matter, position: int) -> None:
    """Change, spread, drop or report what the form says of a measure.

    Raises:
        RefusedError: the store refuses, or something typed is no number or day.
        ChangedMeanwhileError: the book is not as the person saw it.
    """
    said: Request = dict(flask.request.form.items())
    step = asked_step(book)
    viewer = actor_of(deps, text_field_of(said, "actor"))
    with deps.store.write() as connection:
        audit.hold_head(connection)
        now = find_in(connection, book.matter_code)
        measure = measure_in_book(connection, book.matter_code, position)
        if now is None or measure is None:
            raise RefusedError("unknown_matter")
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        if step.action == REPORTED:
            done = _amount(said, "done", measure.unit)
            report_progress(writing, now, measure, _month(said), done, text_field_of(said, "evidence"))
            return
        edited(writing, now, MatterStep(step.matter_code, step.version, EDIT))
        if step.action == CHANGE:
            change_measure(writing, measure, _change(said, measure.unit))
        elif step.action == PLAN:
            plan_quarters(writing, measure, _quarters(said, measure.unit))
        elif step.action == DROP:
            drop_measure(writing, measure, text_field_of(said, "reason"))
        else:
            raise RefusedError("no_transition")


def units_of_amounts(deps: Dependencies) -> list[str]:
    """The units in which something is supplied, and the one of what is done as a whole."""
    return [*(u.gap_unit for u in deps.catalogue.rows(GapUnit)), text("task_book.whole")]


def _new_measure(deps: Dependencies, said: Request) -> NewMeasure:
    unit = text_field_of(said, "unit")
    if unit not in units_of_amounts(deps):
        raise RefusedError("task_amount")
    item_code = text_field_of(said, "item_code")
    return NewMeasure(item_code=item_code, unit=unit, **vars(_change(said, unit)))


def _change(said: Request, unit: str) -> MeasureChange:
    """What was typed of a measure."""
    starts_on, due_on = date_field_of(said, "starts_on"), date_field_of(said, "due_on")
    if starts_on is None or due_on is None:
        raise RefusedError("needs_deadline")
    return MeasureChange(
        text_field_of(said, "subject"),
        _amount(said, "amount", unit),
        text_field_of(said, "department_code"),
        text_field_of(said, "person"),
        starts_on,
        due_on,
        _amount(said, "money", YUAN) if text_field_of(said, "money") else None,
    )


def _quarters(said: Request, unit: str) -> dict[date, int]:
    names = [name for name in said if name.startswith(QUARTER)]
    try:
        return {date.fromisoformat(name.removeprefix(QUARTER)): _amount(said, name, unit) for name in names}
    except ValueError as error:
        raise RefusedError("task_quarters") from error


def _month(said: Request) -> date:
    month = date_field_of(said, "month")
    if month is None:
        raise RefusedError("task_month")
    return month.replace(day=1)


def _amount(said: Request, name: str, unit: str) -> int:
    """A field as an amount of the bill, rounded up; money is typed in 万元.

    Raises:
        RefusedError: it is no number.
    """
    typed = text_field_of(said, name).replace(",", "")
    try:
        number = Decimal(typed) if len(typed) <= LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation as error:
        raise RefusedError("task_amount") from error
    if not number.is_finite() or number.is_signed():
        raise RefusedError("task_amount")
    whole = number * TEN_THOUSAND if unit == YUAN else number
    return int(whole.to_integral_value(ROUND_CEILING))
