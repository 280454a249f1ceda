"""The board of returns: who has handed in what, and the way to hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.importing.ownership import WHOLE_CITY
from data.store.submission import Submission
from data.text import text
from layouts import formatting
from layouts.components.cells import share_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import link_to, paragraph, run
from layouts.components.sections import heading
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.table import COLUMN, office_table
from layouts.office.upload_form import SCRIPTS, upload_form


@dataclass(frozen=True)
class Completeness:
    """What a unit has returned for the period: schools now and last time, the last submission."""

    district_code: str
    name: str
    returned_schools: int | None
    last_schools: int | None
    submission: Submission | None


@dataclass(frozen=True)
class Board:
    """All that the page of returns shows; `kinds` are the tables that the viewer may hand in, by code and name."""

    periods: Sequence[str]
    period: str
    due_on: date
    is_overdue: bool
    units: Sequence[Completeness]
    submissions: Sequence[Submission]
    names: dict[str, str]
    kinds: Sequence[tuple[str, str]]
    may_submit: bool
    may_submit_for_city: bool
    may_approve: bool
    waits_for_publication: bool
    has_demonstration: bool


def board_page(board: Board, token: str, account_bar: Node, message: str, publications: Sequence[Node] = ()) -> str:
    """Deadline and completeness, the form to hand in, and what was handed in."""
    complete = sum(1 for u in board.units if u.returned_schools is not None)
    lead = text("returns.lead", period=board.period, done=str(complete), total=str(len(board.units)))
    day = formatting.day(board.due_on)
    overdue = alert_line(text("returns.overdue", day=day), is_failure=True)
    due = paragraph(text("returns.due", day=day), look="src")
    return document(
        text("returns.title"),
        [
            heading(lead, level=1),
            overdue if board.is_overdue else due,
            paragraph(run(text("app.demo"), look="demo")) if board.has_demonstration else None,
            alert_line(message, role="status") if message else None,
            _upload(board, token) if board.may_submit else None,
            *publications,
            heading(text("returns.board")),
            _completeness(board),
            heading(text("returns.list")),
            _submissions(board) if board.submissions else paragraph(text("returns.none_yet")),
        ],
        "office",
        account_bar=account_bar,
        scripts=SCRIPTS,
    )


def _upload(board: Board, token: str) -> Node:
    units = [(u.district_code, u.name) for u in board.units]
    if board.may_submit_for_city:
        units.append((WHOLE_CITY, board.names[WHOLE_CITY]))
    return upload_form(board.periods, board.period, units, board.kinds, token)


def _completeness(board: Board) -> Node:
    """What each unit has returned, beside the time before."""
    columns: list[Column[Completeness]] = [
        column(COLUMN, "unit", lambda u: u.name),
        column(COLUMN, "state", _state),
        column(COLUMN, "schools", lambda u: _count(u.returned_schools), Kind.COUNT),
        column(COLUMN, "last_schools", lambda u: _count(u.last_schools), Kind.COUNT),
        column(COLUMN, "share", _share, Kind.SHARE),
    ]
    return office_table(columns, board.units, name=text("returns.board"), key=lambda u: u.district_code)


def _state(unit: Completeness) -> Cell:
    state = unit.submission.status if unit.submission else "nothing"
    state = state if unit.returned_schools is None else "complete"
    return cell(text(f"returns.state.{state}"), look=f"state-{state}")


def _share(unit: Completeness) -> Cell:
    now, before = unit.returned_schools, unit.last_schools
    return share_cell(None if now is None or not before else now / before)


def _submissions(board: Board) -> Node:
    def file(submission: Submission) -> Cell:
        return cell(link_to(submission.file_name, href=f"/data/{submission.submission_id}", stays=False))

    columns: list[Column[Submission]] = [
        column(COLUMN, "file", file),
        column(COLUMN, "unit", lambda s: board.names.get(s.district_code, s.district_code)),
        column(COLUMN, "period", lambda s: s.period),
        column(COLUMN, "state", lambda s: text(f"returns.state.{s.status}")),
        column(COLUMN, "errors", lambda s: str(count_of(s, "error")), Kind.COUNT),
        column(COLUMN, "queries", lambda s: str(count_of(s, "query")), Kind.COUNT),
        column(COLUMN, "by", lambda s: s.submitted_by),
        column(COLUMN, "moved_by", lambda s: s.moved_by),
        column(COLUMN, "at", lambda s: formatting.moment(s.updated_at), Kind.MOMENT),
    ]
    return office_table(columns, board.submissions, name=text("returns.list"), key=lambda s: str(s.submission_id))


def _count(number: int | None) -> str:
    return formatting.NONE if number is None else str(number)


def count_of(submission: Submission, severity: str) -> int:
    """How many findings of a severity a submission has."""
    return sum(1 for f in submission.result["findings"] if f["severity"] == severity)
