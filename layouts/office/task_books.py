"""任务书: the board of all units or the unit's own view, what missed a quarter, and the form that makes a book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.matter_tables import MatterState
from data.rows.task_books import BookRow
from data.store.task_books import LeftOut
from data.store.task_lists import Standing
from data.store.task_measures import NewMeasure
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell, day_cell, linked
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph
from layouts.components.forms import (
    choice_field,
    date_field,
    hidden_field,
    post_form,
    query_form,
    submit_button,
    text_field,
)
from layouts.components.rest import no_rows
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.matter_filter import MatterFilter, state_bar, unit_filter
from layouts.office.supervision_ways import supervision_ways
from layouts.office.table import long_words, office_table
from layouts.office.task_words import (
    TaskNames,
    amount_words,
    done_words,
    left_out_words,
    measure_link,
    money_words,
    standing_cell,
)
from layouts.parts.demonstration import invented_line
from layouts.routes import TASK_BOOKS

FILE = f"{TASK_BOOKS.path}/list.xlsx"
MOST_NAMES = 20


@dataclass(frozen=True)
class Proposal:
    """What a book of a unit would begin with; `standing` is the book that stands already, empty where none does."""

    district_code: str
    unit_name: str
    period: str
    measures: Sequence[NewMeasure]
    left_out: Sequence[LeftOut]
    due_on: date
    standing: str
    is_reported: bool


@dataclass(frozen=True)
class TaskBooksView:
    """The books of a filter with their progress, the measures that missed a quarter, and what may be made.

    `late_count` is that of the whole filter, `without` the units that have no released book; `proposal` what the
    chosen unit's book would begin with, None where none is asked for or the viewer makes none.
    """

    rows: Sequence[BookRow]
    counts: Mapping[str, int]
    late: Sequence[Standing]
    late_count: int
    measure_count: int
    without: Sequence[str]
    states: Sequence[MatterState]
    state: str
    district_code: str
    units: Sequence[tuple[str, str]]
    makes: Sequence[tuple[str, str]]
    proposal: Proposal | None
    names: TaskNames
    unit_names: Mapping[str, str]
    asks_actor: bool
    today: date


def task_books_page(view: TaskBooksView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, what is late, the books, and the form."""
    chosen = task_books_filter(view)
    return document(
        text("task_book.title"),
        [
            supervision_ways(TASK_BOOKS.path),
            heading(task_books_headline(view), level=1),
            invented_line(is_demonstration=any(r.book.is_demonstration for r in view.rows)),
            paragraph(text("task_book.about"), look="src"),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            _proposal(view, token),
            unit_filter(chosen),
            state_bar(chosen),
            _file(chosen.address(FILE)) if view.rows else None,
            region(heading(text("task_book.late_title")), late_table(view), _more_late(view)),
            region(heading(text("task_book.books")), books_table(view), _more_books(view), _without(view)),
            _make(view),
        ],
        "office task-books",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def _file(address: str) -> Node:
    return block(link_to(text("task_book.as_file"), href=address, look="button", stays=False), look="in-row")


def task_books_filter(view: TaskBooksView) -> MatterFilter:
    """What is chosen on the list."""
    return MatterFilter(TASK_BOOKS.path, view.state, view.district_code, view.units, view.states, view.counts)


def task_books_headline(view: TaskBooksView) -> str:
    """How many books, how many are released, how many measures missed a quarter."""
    released = view.counts.get("released", 0)
    sentence = text("task_book.headline", count=sum(view.counts.values()), released=released)
    late = text("task_book.headline_late", late=formatting.count(view.late_count), count=view.measure_count)
    return sentence + (late if view.measure_count else "")


def task_books_count(view: TaskBooksView) -> int:
    """How many books the filter has."""
    return view.counts.get(view.state, 0) if view.state else sum(view.counts.values())


def books_table(view: TaskBooksView) -> Node:
    """A row for each book: how far it is, what is late."""
    if not view.rows:
        return no_rows(text("task_book.empty"))
    names = {s.state_code: s.name for s in view.states}
    columns: list[Column[BookRow]] = [
        column("task_book.column.", "unit", lambda r: linked(r.unit_name, _address(r)), Kind.NAME),
        column("task_book.column.", "code", lambda r: r.book.matter_code),
        column("task_book.column.", "state", lambda r: names[r.book.state]),
        column("task_book.column.", "late_count", lambda r: count_cell(r.late_count), Kind.COUNT),
        column("task_book.column.", "count", lambda r: count_cell(r.count), Kind.COUNT),
        column("task_book.column.", "done_count", lambda r: count_cell(r.done_count), Kind.COUNT),
        column("task_book.column.", "money", lambda r: money_words(r.money or None)),
        column("task_book.column.", "due_on", lambda r: day_cell(r.book.due_on), Kind.DATE),
        column("task_book.column.", "maker", lambda r: r.book.opened_by),
    ]
    return office_table(columns, view.rows, name=text("task_book.books"), key=lambda r: r.book.matter_code)


def _address(row: BookRow) -> str:
    return f"{TASK_BOOKS.path}/{row.book.matter_code}"


def late_table(view: TaskBooksView) -> Node:
    """The measures that missed a quarter, those furthest behind first."""
    if not view.late:
        return no_rows(text("task_book.none_late"))
    columns: list[Column[Standing]] = [
        column("task_book.column.", "unit", lambda s: view.unit_names.get(s.measure.district_code, ""), Kind.NAME),
        column("task_book.column.", "measure", lambda s: measure_link(s.measure)),
        column("task_book.column.", "owner", lambda s: long_words(view.names.owner(s.measure))),
        column("task_book.column.", "planned", lambda s: amount_words(s.planned, s.measure.unit)),
        column("task_book.column.", "done", lambda s: done_words(s.measure.done, s.measure.unit)),
        column("task_book.column.", "standing", standing_cell),
        column("task_book.column.", "due_on", lambda s: day_cell(s.measure.due_on), Kind.DATE),
    ]
    return office_table(columns, view.late, name=text("task_book.late_title"), key=lambda s: s.measure.measure_code)


def _more_late(view: TaskBooksView) -> Node:
    left = view.late_count - len(view.late)
    return paragraph(text("task_book.more_late", count=formatting.count(left)), look="src") if left else None


def _more_books(view: TaskBooksView) -> Node:
    left = task_books_count(view) - len(view.rows)
    return paragraph(text("matter.left_out", shown=len(view.rows), count=left + len(view.rows))) if left else None


def _without(view: TaskBooksView) -> Node:
    """The units that have no released book, by name as far as there is room."""
    if not view.without:
        return None
    more = text("warn.and_more") if view.without[MOST_NAMES:] else ""
    names = "、".join(view.without[:MOST_NAMES]) + more
    return paragraph(text("task_book.without", count=len(view.without), names=names), look="src")


def _make(view: TaskBooksView) -> Node:
    """The unit for which a book is made, where there are several or none was chosen."""
    if not view.makes or view.proposal is not None:
        return None
    form = query_form(
        TASK_BOOKS.path,
        choice_field("new", text("filter.district"), view.makes),
        submit_button(text("task_book.see_proposal"), look="button"),
        look="in-row",
    )
    return region(heading(text("task_book.make")), form)


def _proposal(view: TaskBooksView, token: str) -> Node:
    """What the book would begin with: its measures with owners, what no measure comes of, and the one button."""
    proposal = view.proposal
    if proposal is None:
        return None
    title = heading(text("task_book.proposal", unit=proposal.unit_name, period=proposal.period))
    if not proposal.is_reported:
        return region(title, paragraph(text("task_book.not_reported")))
    if proposal.standing:
        address = f"{TASK_BOOKS.path}/{proposal.standing}"
        return region(title, paragraph(link_to(text("task_book.stands"), href=address, stays=False)))
    columns: list[Column[NewMeasure]] = [
        column("task_book.column.", "item", lambda m: view.names.item(m.item_code), Kind.NAME),
        column("task_book.column.", "measure", lambda m: long_words(m.subject)),
        column("task_book.column.", "schools", lambda m: count_cell(len(m.schools)), Kind.COUNT),
        column("task_book.column.", "amount", lambda m: amount_words(m.amount, m.unit)),
        column("task_book.column.", "owner", lambda m: view.names.departments.get(m.department_code, formatting.NONE)),
    ]
    table = office_table(columns, proposal.measures, name=text("task_book.measures"), key=lambda m: m.item_code)
    form = post_form(
        f"{TASK_BOOKS.path}?new={proposal.district_code}",
        token,
        hidden_field("district", proposal.district_code),
        date_field("due_on", text("task_book.due_on"), value=proposal.due_on.isoformat()),
        text_field("actor", text("form.actor")) if view.asks_actor else None,
        submit_button(text("task_book.make_button")),
        look="office-form",
    )
    return region(
        title,
        table if proposal.measures else paragraph(text("task_book.no_amounts")),
        left_out_list(proposal.left_out, view.names),
        form,
        look="matter-step",
    )


def left_out_list(left_out: Sequence[LeftOut], names: TaskNames) -> Node:
    """What fails and becomes no measure, each with why."""
    if not left_out:
        return None
    items = [
        list_item(f"{names.item(left.item_code)}：{left_out_words(left)}", key=f"{left.item_code}.{left.reason}")
        for left in left_out
    ]
    return region(heading(text("task_book.left_title", count=len(items)), level=3), bullet_list(items))
