"""One measure of a task book: its quarters and months, planned against done, and what may be changed or reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.rows.task_books import BookRow, QuarterRow
from data.store.task_lists import Standing
from data.store.task_measures import YUAN, Progress
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import disclosure, link_to, pairs, paragraph, run
from layouts.components.forms import (
    bare_field,
    choice_field,
    field,
    hidden_field,
    history_list,
    long_field,
    post_form,
    submit_button,
    text_field,
)
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.table import long_words, office_table
from layouts.office.task_book import measure_fields
from layouts.office.task_words import (
    TaskNames,
    address_of_measure,
    amount_words,
    done_words,
    money_words,
    quarter_words,
    span_words,
    standing_cell,
    typed_amount,
)
from layouts.parts.demonstration import invented_line
from layouts.routes import TASK_BOOKS


@dataclass(frozen=True)
class MeasureView:
    """The measure with its book, quarters, months and schools; what who looks may do with it.

    `months` are those of which something may be reported, by their first day, the latest first.
    """

    row: BookRow
    standing: Standing
    names: TaskNames
    quarters: Sequence[QuarterRow]
    progress: Sequence[Progress]
    schools: Sequence[tuple[str, int]]
    months: Sequence[date]
    history: Sequence[tuple[str, str]]
    may_edit: bool
    may_report: bool
    asks_actor: bool
    today: date


def measure_page(view: MeasureView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the facts, what may be reported or changed, quarters and months."""
    measure, book = view.standing.measure, view.row.book
    return document(
        f"{text('task_book.title')} {measure.measure_code}",
        [
            paragraph(link_to(text("task_book.to_book"), href=f"{TASK_BOOKS.path}/{book.matter_code}", stays=False)),
            heading(f"{view.row.unit_name} {measure.subject}", level=1),
            invented_line(is_demonstration=book.is_demonstration),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            _facts(view),
            _report(view, token) if view.may_report else None,
            region(heading(text("task_book.planned_done")), quarter_table(view)),
            region(heading(text("task_book.by_month")), month_table(view)),
            _edit(view, token) if view.may_edit else None,
            _plan(view, token) if view.may_edit else None,
            _drop(view, token) if view.may_edit else None,
            _schools(view),
            region(heading(text("visit.history")), history_list(view.history)),
        ],
        "office task-books",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def _facts(view: MeasureView) -> Node:
    measure = view.standing.measure
    facts: list[tuple[Node, Node]] = [
        (text("task_book.column.code"), measure.measure_code),
        (text("task_book.column.item"), view.names.item(measure.item_code)),
        (text("task_book.column.amount"), amount_words(measure.amount, measure.unit)),
        (text("task_book.column.owner"), view.names.owner(measure)),
        (text("task_book.column.span"), span_words(measure)),
        (text("task_book.column.money"), money_words(measure.money)),
        (text("task_book.column.done"), done_words(measure.done, measure.unit)),
        (text("task_book.column.standing"), run(*standing_cell(view.standing).shown)),
    ]
    return pairs(facts, look="account-facts")


def quarter_table(view: MeasureView) -> Node:
    """A row for each quarter: planned in it and in all, done in all by its end; a missed one says so."""
    unit = view.standing.measure.unit
    columns: list[Column[QuarterRow]] = [
        column("task_book.column.", "quarter", lambda q: quarter_words(q.ends_on), Kind.NAME),
        column("task_book.column.", "planned_in", lambda q: amount_words(q.planned_in, unit)),
        column("task_book.column.", "planned", lambda q: amount_words(q.planned, unit)),
        column("task_book.column.", "done", lambda q: done_words(q.done, unit) if q.has_begun else formatting.NONE),
        column("task_book.column.", "standing", lambda q: _missed(q, unit)),
    ]
    return office_table(columns, view.quarters, name=text("task_book.planned_done"))


def _missed(quarter: QuarterRow, unit: str) -> Cell:
    """What a quarter that is over left undone at its end."""
    if not quarter.is_over:
        return cell(text("task_book.running") if quarter.has_begun else formatting.NONE)
    if not quarter.missing:
        return cell(text("task_book.kept"))
    return cell(run(text("task_book.late", missing=amount_words(quarter.missing, unit)), look="task-late"))


def month_table(view: MeasureView) -> Node:
    """What was done in which month, with its proof."""
    if not view.progress:
        return paragraph(text("task_book.no_progress"), look="d")
    unit = view.standing.measure.unit
    columns: list[Column[Progress]] = [
        column("task_book.column.", "month", lambda p: formatting.month(p.month), Kind.NAME),
        column("task_book.column.", "done_in", lambda p: done_words(p.done, unit)),
        column("task_book.column.", "evidence", lambda p: long_words(p.evidence)),
        column("task_book.column.", "reporter", lambda p: p.reported_by),
        column("task_book.column.", "reported_at", lambda p: formatting.moment(p.reported_at), Kind.MOMENT),
    ]
    return office_table(columns, view.progress, name=text("task_book.by_month"))


def _form(view: MeasureView, token: str, action: str, *fields: Node, label: str, look: str = "button") -> Node:
    return post_form(
        address_of_measure(view.standing.measure),
        token,
        hidden_field("version", str(view.row.book.version)),
        hidden_field("action", action),
        *fields,
        text_field("actor", text("form.actor")) if view.asks_actor else None,
        submit_button(label, look=look),
        look="office-form",
    )


def _report(view: MeasureView, token: str) -> Node:
    """What was done in a month, and what proves it."""
    unit = view.standing.measure.unit
    label = text("task_book.report")
    months = [(month.isoformat(), formatting.month(month)) for month in view.months]
    form = _form(
        view,
        token,
        "report_progress",
        choice_field("month", text("task_book.column.month"), months),
        text_field("done", text("task_book.done_typed", unit=formatting.short_unit(unit))),
        long_field("evidence", text("task_book.evidence_typed")),
        label=label,
        look="button filled",
    )
    return region(heading(label), form, look="matter-step")


def _edit(view: MeasureView, token: str) -> Node:
    measure = view.standing.measure
    label = text("task_book.edit")
    amount = text("task_book.amount_typed", unit=formatting.short_unit(measure.unit))
    form = _form(
        view,
        token,
        "change_measure",
        *measure_fields(view.names, measure, None, view.today),
        field("amount", amount, value=typed_amount(measure.amount, measure.unit), inputMode="decimal", maxLength=20),
        text_field("money", text("task_book.money_typed"), value=typed_amount(measure.money, YUAN), required=False),
        label=label,
        look="button filled",
    )
    return region(heading(label), paragraph(text("task_book.spread_again"), look="src"), form, look="matter-step")


def _plan(view: MeasureView, token: str) -> Node:
    """How much of the amount is done in each quarter."""
    measure = view.standing.measure

    def typed(quarter: QuarterRow) -> Cell:
        label = text("task_book.quarter_typed", quarter=quarter_words(quarter.ends_on))
        amount = typed_amount(quarter.planned_in, measure.unit)
        name = f"quarter.{quarter.ends_on.isoformat()}"
        return cell(bare_field(name, label, inputMode="decimal", maxLength=20, defaultValue=amount))

    columns: list[Column[QuarterRow]] = [
        column("task_book.column.", "quarter", lambda q: quarter_words(q.ends_on), Kind.NAME),
        column("task_book.column.", "planned_in", typed),
    ]
    table = office_table(columns, view.quarters, name=text("task_book.plan"))
    label = text("task_book.plan")
    total = text("task_book.plan_total", amount=amount_words(measure.amount, measure.unit))
    return disclosure(
        label, paragraph(total), _form(view, token, "plan_quarters", table, label=label), look="matter-back"
    )


def _drop(view: MeasureView, token: str) -> Node:
    label = text("task_book.drop")
    reason = long_field("reason", text("task_book.drop_reason"))
    return disclosure(label, _form(view, token, "drop_measure", reason, label=label), look="matter-back")


def _schools(view: MeasureView) -> Node:
    """What each school lacked on the bill that the measure was made from."""
    if not view.schools:
        return None
    unit = view.standing.measure.unit
    columns: list[Column[tuple[str, int]]] = [
        column("task_book.column.", "school", lambda s: view.names.schools.get(s[0], s[0]), Kind.NAME),
        column("task_book.column.", "amount", lambda s: amount_words(s[1], unit)),
    ]
    title = text("task_book.schools_of", count=len(view.schools))
    return disclosure(title, office_table(columns, view.schools, name=title, key=lambda s: s[0]))
