"""One task book: what is to be done by whom by when, how far it is, what no measure came of, the steps, the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.matter_tables import MatterState, Transition
from data.rows.task_books import BookDetail
from data.store.audit import AuditRow
from data.store.steps import leads_back
from data.store.task_lists import Standing
from data.store.task_measures import Measure
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, column
from layouts.components.elements import block, bullet_list, disclosure, link_to, list_item, pairs, paragraph
from layouts.components.forms import (
    choice_field,
    date_field,
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
from layouts.office.audit_log import word
from layouts.office.table import long_words, office_table
from layouts.office.task_books import left_out_list
from layouts.office.task_words import (
    TaskNames,
    amount_words,
    done_words,
    measure_link,
    money_words,
    quarter_words,
    span_words,
    standing_cell,
)
from layouts.parts.demonstration import invented_line
from layouts.routes import DISTRICT, TASK_BOOKS, link


@dataclass(frozen=True)
class TaskBookView:
    """The book, the viewer's steps and why others are not theirs; `may_edit` who may change the draft."""

    detail: BookDetail
    names: TaskNames
    states: Sequence[MatterState]
    transitions: Sequence[Transition]
    withheld: Sequence[str]
    may_edit: bool
    items: Sequence[tuple[str, str]]
    units_of_amount: Sequence[str]
    asks_actor: bool
    today: date

    @property
    def kept(self) -> list[Standing]:
        """The measures of the book without those that were dropped."""
        return [s for s in self.detail.standings if not s.measure.is_dropped]

    @property
    def address(self) -> str:
        """Where the book stands."""
        return f"{TASK_BOOKS.path}/{self.detail.row.book.matter_code}"


def task_book_page(view: TaskBookView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the steps, the measures, their quarters, what was left out, the history."""
    row = view.detail.row
    state = next(s.name for s in view.states if s.state_code == row.book.state)
    first = [t for t in view.transitions if not leads_back(view.states, t)]
    back = [t for t in view.transitions if leads_back(view.states, t)]
    return document(
        f"{text('task_book.title')} {row.book.matter_code}",
        [
            paragraph(link_to(text("task_book.back"), href=TASK_BOOKS.path, stays=False)),
            heading(text("matter.one_headline", party=row.unit_name, subject=row.book.subject, state=state), level=1),
            invented_line(is_demonstration=row.book.is_demonstration),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            paragraph(progress_words(view)),
            _facts(view),
            _ways(view),
            *[_step(view, transition, token) for transition in first],
            *[paragraph(why, look="src") for why in view.withheld],
            region(heading(text("task_book.measures")), measures_table(view)),
            region(heading(text("task_book.quarters")), quarters_table(view)),
            left_out_list(view.detail.left_out, view.names),
            _dropped(view),
            _add(view, token) if view.may_edit else None,
            *[_step(view, transition, token) for transition in back],
            region(heading(text("visit.history")), history_list([_entry(view, e) for e in view.detail.history])),
        ],
        "office task-books",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def progress_words(view: TaskBookView) -> str:
    """How many measures there are, are done, and missed a quarter."""
    row = view.detail.row
    return text("task_book.progress", count=row.count, done=row.done_count, late=row.late_count)


def _facts(view: TaskBookView) -> Node:
    row, origin = view.detail.row, view.detail.origin
    rows: list[tuple[Node, Node]] = [
        (text("task_book.column.code"), row.book.matter_code),
        (text("task_book.column.unit"), row.unit_name),
        (text("task_book.origin"), text("task_book.origin_of", period=origin.period)),
        (text("task_book.column.money"), money_words(row.money or None)),
    ]
    if row.book.due_on is not None:
        rows.append((text("task_book.due_on"), formatting.day(row.book.due_on)))
    return pairs(rows, look="account-facts")


def _ways(view: TaskBookView) -> Node:
    unit = link(DISTRICT, ViewState(), district=view.detail.row.book.district_code)
    return block(
        link_to(text("task_book.paper"), href=f"{view.address}/paper.docx", look="button", stays=False),
        link_to(text("survey.to_unit"), href=unit, look="button", stays=False),
        look="in-row",
    )


def measures_table(view: TaskBookView) -> Node:
    """Late ones first: a row for each measure with owner, days, money, planned against done."""
    rows = sorted(view.kept, key=lambda s: (not s.is_late, s.measure.position))
    return office_table(measure_columns(view), rows, name=text("task_book.measures"), key=_code)


def measure_columns(view: TaskBookView) -> list[Column[Standing]]:
    """What is said of a measure, on screen and in files."""
    names, schools = view.names, view.detail.schools
    return [
        column("task_book.column.", "measure", lambda s: measure_link(s.measure)),
        column("task_book.column.", "item", lambda s: long_words(names.item(s.measure.item_code))),
        column(
            "task_book.column.", "schools", lambda s: count_cell(len(schools.get(_code(s), ())) or None), Kind.COUNT
        ),
        column("task_book.column.", "amount", lambda s: amount_words(s.measure.amount, s.measure.unit)),
        column("task_book.column.", "owner", lambda s: long_words(names.owner(s.measure))),
        column("task_book.column.", "span", lambda s: long_words(span_words(s.measure))),
        column("task_book.column.", "money", lambda s: money_words(s.measure.money)),
        column("task_book.column.", "planned", lambda s: amount_words(s.planned, s.measure.unit)),
        column("task_book.column.", "done", lambda s: done_words(s.measure.done, s.measure.unit)),
        column("task_book.column.", "standing", standing_cell),
    ]


def _code(standing: Standing) -> str:
    return standing.measure.measure_code


def quarters_table(view: TaskBookView) -> Node:
    """The road map: how much of each measure is to be done by the end of each quarter."""
    milestones = view.detail.milestones
    ends = sorted({end for s in view.kept for end in milestones.get(_code(s), {})})

    def planned(standing: Standing, end: date) -> Cell | str:
        amount = milestones.get(_code(standing), {}).get(end)
        return "" if amount is None else amount_words(amount, standing.measure.unit)

    def column_of(end: date) -> Column[Standing]:
        return Column(name=end.isoformat(), head=quarter_words(end), cell=lambda s: planned(s, end))

    columns: list[Column[Standing]] = [
        column("task_book.column.", "measure", lambda s: measure_link(s.measure)),
        *[column_of(end) for end in ends],
    ]
    return office_table(columns, view.kept, name=text("task_book.quarters"), key=_code)


def _dropped(view: TaskBookView) -> Node:
    """The measures that were taken out, each with why."""
    dropped = [s.measure for s in view.detail.standings if s.measure.is_dropped]
    if not dropped:
        return None
    items = [list_item(f"{m.subject}：{m.drop_reason}", key=m.measure_code) for m in dropped]
    return region(heading(text("task_book.dropped_title"), level=3), bullet_list(items))


def measure_fields(names: TaskNames, measure: Measure | None, due_on: date | None, today: date) -> list[Node]:
    """What is typed of a measure, a new one's days proposed."""
    departments = [("", formatting.NONE), *names.departments.items()]
    starts_on, ends_on = (measure.starts_on, measure.due_on) if measure else (today, due_on)
    return [
        text_field("subject", text("task_book.column.measure"), value=measure.subject if measure else ""),
        choice_field(
            "department_code",
            text("task_book.department"),
            departments,
            chosen=measure.department_code if measure else "",
        ),
        text_field("person", text("task_book.person"), value=measure.person if measure else "", required=False),
        date_field("starts_on", text("task_book.starts_on"), value=starts_on.isoformat()),
        date_field("due_on", text("task_book.due_on"), value=ends_on.isoformat() if ends_on else ""),
    ]


def _add(view: TaskBookView, token: str) -> Node:
    """The form of a further measure: also for what fails without an amount on the bill."""
    book = view.detail.row.book
    form = post_form(
        view.address,
        token,
        hidden_field("version", str(book.version)),
        hidden_field("action", "add_measure"),
        choice_field("item_code", text("task_book.column.item"), view.items),
        *measure_fields(view.names, None, book.due_on, view.today),
        text_field("amount", text("task_book.column.amount")),
        choice_field("unit", text("task_book.unit"), [(u, formatting.short_unit(u)) for u in view.units_of_amount]),
        text_field("money", text("task_book.money_typed"), required=False),
        text_field("actor", text("form.actor")) if view.asks_actor else None,
        submit_button(text("task_book.add"), look="button"),
        look="office-form",
    )
    return disclosure(text("task_book.add"), form, look="matter-back")


def _step(view: TaskBookView, transition: Transition, token: str) -> Node:
    """The form of one step; one that leads back stands behind its name."""
    book, action = view.detail.row.book, transition.action
    is_back = leads_back(view.states, transition)
    name = text(f"matter.step_{action}")
    form = post_form(
        view.address,
        token,
        hidden_field("version", str(book.version)),
        hidden_field("action", action),
        long_field("reason", text(f"matter.reason_{action}")) if transition.needs_reason else None,
        text_field("actor", text("form.actor")) if view.asks_actor else None,
        submit_button(name, look="button" if is_back else "button filled"),
        look="office-form",
    )
    return disclosure(name, form, look="matter-back") if is_back else region(heading(name), form, look="matter-step")


def _entry(view: TaskBookView, row: AuditRow) -> tuple[str, str]:
    names = {s.state_code: s.name for s in view.states}
    moved = row.after.get("state")
    state = f"（{names[moved]}）" if moved in names else ""
    reason = f"：{row.reason}" if row.reason else ""
    return f"{formatting.moment(row.at)} {row.actor}", "".join((word("action", row.action), state, reason))
