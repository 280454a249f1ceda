"""The board of returns: who has handed in what, and the way to hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.importing.ownership import WHOLE_CITY
from data.rows.return_board import BoardFilter, Standing
from data.store.submission import Submission
from data.text import text
from layouts import formatting
from layouts.components.cells import share_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, disclosure, link_to, paragraph
from layouts.components.sections import heading, region
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.board_causes import causes_list
from layouts.office.board_course import course_chart
from layouts.office.board_filter import board_address, filter_bar, listed_line
from layouts.office.board_headline import city_headline, own_headline
from layouts.office.board_strip import unit_strip
from layouts.office.board_stuck import stuck_list
from layouts.office.board_waiting import waiting_list
from layouts.office.table import COLUMN, office_table
from layouts.office.upload_form import SCRIPTS, upload_form
from layouts.parts.frame import section
from layouts.parts.version import version_name


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
    """All that the page of returns shows.

    `tables` are those that files of the period hold, `kinds` those that the viewer may hand in, by code and name;
    `coming` is the next period that opens, empty where the calendar has none.
    """

    periods: Sequence[str]
    coming: str
    period: str
    due_on: date
    is_overdue: bool
    units: Sequence[Completeness]
    submissions: Sequence[Submission]
    names: dict[str, str]
    tables: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    may_submit: bool
    may_submit_for_city: bool
    may_approve: bool
    waits_for_publication: bool
    has_demonstration: bool

    @property
    def periods_shown(self) -> Sequence[str]:
        """The periods that can be looked at: the one to come, and all that are open."""
        return [*filter(None, (self.coming,)), *self.periods]


@dataclass(frozen=True)
class Listing:
    """What of a board is listed, and the board and standing with those rows only."""

    filter: BoardFilter
    board: Board
    standing: Standing


def board_page(
    board: Board,
    standing: Standing,
    listing: Listing,
    token: str,
    account_bar: Node,
    message: str,
    publications: Sequence[Node] = (),
) -> str:
    """For the city how far all units are, what waits and where it sticks; for an office its own return first."""
    upload = _upload(board, token) if board.may_submit and standing.is_open else None
    is_desk = board.may_approve
    return document(
        text("returns.title"),
        [
            filter_bar(
                board.periods_shown, board.tables, standing, listing.filter, has_demonstration=board.has_demonstration
            ),
            *board_headline(board, standing, token),
            alert_line(message, role="status") if message else None,
            None if is_desk else upload,
            listed_line(board.tables, standing, listing.filter),
            *board_sections(listing, token),
            *publications,
            heading(text("returns.list")),
            _list(listing),
            block(heading(text("board.upload")), upload, look="board-upload") if is_desk and upload else None,
            paragraph(_foot(standing), look="src board-foot"),
        ],
        "office returns-board",
        account_bar=account_bar,
        scripts=SCRIPTS,
    )


def board_tables(board: Board, standing: Standing, listing: Listing) -> list[Node]:
    """The head and every table of the board, for a file."""
    return [
        *board_headline(board, standing, ""),
        listed_line(board.tables, standing, listing.filter),
        *board_sections(listing, ""),
        region(heading(text("returns.list")), _submissions(listing.board)) if listing.board.submissions else None,
    ]


def board_headline(board: Board, standing: Standing, token: str) -> list[Node]:
    """The sentence, and the strip where there are several units."""
    if not board.may_approve:
        return [own_headline(standing), unit_strip(standing) if len(standing.units) > 1 else None]
    headline = city_headline(standing, token, waits_for_publication=board.waits_for_publication)
    return [headline, unit_strip(standing)]


def board_sections(listing: Listing, token: str) -> list[Node]:
    """What waits and where it sticks, beside the course and the causes; then what every unit returned."""
    board, standing = listing.board, listing.standing
    is_desk, completeness = board.may_approve, _completeness(board)
    left = [
        waiting_list(standing) if standing.waiting else None,
        stuck_list(standing, token) if standing.stuck and standing.is_open else None,
    ]
    right = [
        course_chart(standing.course, len(standing.units)) if is_desk and standing.course.accepted else None,
        causes_list(standing.causes) if standing.causes.total else None,
    ]
    board_section = section(text("returns.board"), completeness)
    has_left = any(part is not None for part in left)
    halves = block(
        block(*(left if has_left else [board_section]), look="board-main"),
        block(*right, look="board-side") if any(part is not None for part in right) else None,
        look="board-halves",
    )
    return [halves, disclosure(text("returns.board"), completeness, look="board-units") if has_left else None]


def _foot(standing: Standing) -> str:
    if not standing.snapshot_id:
        return text("board.foot.nothing")
    return text("board.foot.accepted", version=version_name(standing.snapshot_id))


def _upload(board: Board, token: str) -> Node:
    units = [(u.district_code, u.name) for u in board.units]
    if board.may_submit_for_city:
        units.append((WHOLE_CITY, board.names[WHOLE_CITY]))
    return upload_form(board.periods, board.period, units, board.kinds, token)


def _list(listing: Listing) -> Node:
    """The files that are listed; where the filter leaves none, the way back to all."""
    if listing.board.submissions:
        return _submissions(listing.board)
    if not listing.filter.is_set:
        return paragraph(text("returns.none_yet"))
    every = board_address("/data", listing.board.period, BoardFilter())
    return paragraph(text("board.none_listed"), link_to(text("board.list_all"), href=every, stays=False))


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
