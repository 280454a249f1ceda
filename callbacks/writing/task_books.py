"""`/task-books`: the board and the unit's own view, one book with its steps, its paper, its measures, and the file."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, attachment
from callbacks.files.export import note_export
from callbacks.files.matter_lists import MOST_OF_FILE, MatterList, check_export, list_file
from callbacks.pages.matters import items_of
from callbacks.pages.task_books import (
    book_detail,
    book_in_scope,
    book_rows,
    may_edit,
    may_report,
    measure_ask,
    months_of,
    names_of,
    proposal_of,
    standing_of,
    steps_on_book,
    units_to_make_for,
)
from callbacks.pages.visits import unit_names
from callbacks.rendering.binding import for_reader
from callbacks.web.account_bar import office_strip
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.matter_steps import Page, answer_step, refusal_words
from callbacks.writing.task_book_forms import book_from_form, make_from_form, measure_from_form, units_of_amounts
from data.catalogue.tables import District, Indicator
from data.rows.task_books import BookDetail, quarter_rows
from data.settings import Settings
from data.store.audit import history
from data.store.matter_lists import Asked, count_by_state, part_of_list
from data.store.matters import Matter
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.store.steps import states_of
from data.store.task_books import RELEASED, TASK_BOOK
from data.store.task_lists import Standing, count_measures, measures_behind, released_units
from data.store.task_measures import MEASURE_KIND
from data.text import text
from layouts import formatting
from layouts.components.elements import block
from layouts.documents.task_book import task_book_paper
from layouts.markup import Node
from layouts.office.audit_log import word
from layouts.office.task_book import TaskBookView, task_book_page
from layouts.office.task_books import (
    FILE,
    TaskBooksView,
    books_table,
    late_table,
    task_books_count,
    task_books_filter,
    task_books_headline,
    task_books_page,
)
from layouts.office.task_measure import MeasureView, measure_page
from layouts.routes import TASK_BOOKS

MOST_ROWS, MOST_LATE = 100, 100


def add_task_books(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the board, one book, one measure, the paper, and the file."""
    pages = TaskBookPages(deps, settings)
    path_of_book = f"{TASK_BOOKS.path}/<matter_code>"
    path_of_measure = f"{path_of_book}/<int:position>"
    server.add_url_rule(TASK_BOOKS.path, "show_task_books", pages.show_list)
    server.add_url_rule(TASK_BOOKS.path, "make_task_book", pages.make, methods=["POST"])
    server.add_url_rule(FILE, "give_task_books", pages.file)
    server.add_url_rule(path_of_book, "show_task_book", pages.show_book)
    server.add_url_rule(path_of_book, "step_task_book", pages.step, methods=["POST"])
    server.add_url_rule(f"{path_of_book}/paper.docx", "give_task_book", pages.paper)
    server.add_url_rule(path_of_measure, "show_measure", pages.show_measure)
    server.add_url_rule(path_of_measure, "change_measure", pages.change, methods=["POST"])


class TaskBookPages:
    """The pages of task books."""

    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self._deps, self._settings = deps, settings

    def show_list(self) -> str:
        """The board."""
        return self._listed("")

    def make(self) -> Page:
        """Make a book from the bill of a unit, and show it."""
        try:
            code = make_from_form(for_reader(self._deps))
        except RefusedError as error:
            return self._listed(refusal_words(error), is_failure=True), 400
        return flask.redirect(f"{TASK_BOOKS.path}/{code}?done=1")

    def show_book(self, matter_code: str) -> str:
        """One book."""
        return self._shown(self._known(matter_code), _saved(matter_code))

    def step(self, matter_code: str) -> Page:
        """Take a step or add a measure, and show the book."""
        book = self._known(matter_code)
        return answer_step(
            f"{TASK_BOOKS.path}/{matter_code}",
            lambda: book_from_form(for_reader(self._deps), book),
            lambda said: self._shown(book, said, is_failure=True),
            lambda said: self._shown(self._known(matter_code), said, is_failure=True),
        )

    def show_measure(self, matter_code: str, position: int) -> str:
        """One measure."""
        return self._measure(self._known(matter_code), position, _saved(matter_code))

    def change(self, matter_code: str, position: int) -> Page:
        """Change a measure or report on it, and show it."""
        book = self._known(matter_code)
        return answer_step(
            f"{TASK_BOOKS.path}/{matter_code}/{position}",
            lambda: measure_from_form(for_reader(self._deps), book, position),
            lambda said: self._measure(book, position, said, is_failure=True),
            lambda said: self._measure(self._known(matter_code), position, said, is_failure=True),
        )

    def paper(self, matter_code: str) -> Response:
        """The 任务书 in Word."""
        book = self._known(matter_code)
        scoped = for_reader(self._deps)
        check_export(scoped)
        view = self._view_of_book(scoped, book)
        note_export(scoped, book.matter_kind, f"{TASK_BOOKS.path}/{matter_code}")
        marks = [text("app.demo")] if book.is_demonstration else []
        name = "_".join([text("task_book.title"), matter_code, *marks])
        return attachment(task_book_paper(view), f"{name}.docx", DOCX)

    def file(self) -> Response:
        """The books of a filter and the measures that are behind, as a workbook."""
        scoped = for_reader(self._deps)
        check_export(scoped)
        view = self._view(scoped, most=MOST_OF_FILE, most_late=MOST_OF_FILE)
        listed = MatterList(
            text("task_book.title"),
            task_books_headline(view),
            task_books_filter(view),
            block(books_table(view), late_table(view)),
            len(view.rows),
            task_books_count(view),
            is_demonstration=any(r.book.is_demonstration for r in view.rows),
        )
        return list_file(scoped, listed)

    def _known(self, matter_code: str) -> Matter:
        scoped = for_reader(self._deps)
        book = book_in_scope(scoped, scoped.warehouse.current(), matter_code)
        if book is None:
            flask.abort(404)
        return book

    def _token(self) -> str:
        return csrf_token(flask.request.cookies.get(session_cookie(self._settings), ""))

    def _listed(self, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        view = self._view(scoped, most=MOST_ROWS, most_late=MOST_LATE)
        return task_books_page(view, self._token(), self._strip(scoped), message, is_failure=is_failure)

    def _strip(self, scoped: Dependencies) -> Node:
        return office_strip(scoped, self._settings)

    def _view(self, deps: Dependencies, *, most: int, most_late: int) -> TaskBooksView:
        snapshot, args = deps.warehouse.current(), flask.request.args
        units = unit_names(deps, snapshot)
        states = states_of(deps.catalogue, TASK_BOOK)
        district = args.get("district", "") if args.get("district", "") in units else ""
        state = args.get("state", "") if args.get("state", "") in {s.state_code for s in states} else ""
        asked, measures = Asked(TASK_BOOK, snapshot.scope, district, state), measure_ask(deps, snapshot, district)
        makes = units_to_make_for(deps, snapshot)
        new = args.get("new", "")
        measure_count, late_count = count_measures(deps.store, measures)
        released = released_units(deps.store, snapshot.scope)
        return TaskBooksView(
            book_rows(deps, snapshot, part_of_list(deps.store, asked, RELEASED, most)),
            count_by_state(deps.store, asked),
            measures_behind(deps.store, measures, most_late),
            late_count,
            measure_count,
            [name for code, name in sorted(units.items()) if code not in released and district in ("", code)],
            states,
            state,
            district,
            sorted(units.items()),
            makes,
            proposal_of(deps, snapshot, new) if new in dict(makes) else None,
            names_of(deps),
            {d.district_code: d.short_name for d in deps.catalogue.rows(District)},
            not self._settings.has_login,
            deps.today(),
        )

    def _view_of_book(self, deps: Dependencies, book: Matter) -> TaskBookView:
        snapshot = deps.warehouse.current()
        transitions, withheld = steps_on_book(deps, book)
        indicators = [
            (i.indicator_code, f"{i.indicator_code} {i.short_name}")
            for i in deps.catalogue.in_force(Indicator, deps.today())
            if i.regime == "quality_balanced"
        ]
        return TaskBookView(
            book_detail(deps, snapshot, book),
            names_of(deps),
            states_of(deps.catalogue, TASK_BOOK),
            transitions,
            withheld,
            may_edit(deps, book),
            [*indicators, *items_of(deps)],
            units_of_amounts(deps),
            not self._settings.has_login,
            deps.today(),
        )

    def _shown(self, book: Matter, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        view = self._view_of_book(scoped, book)
        return task_book_page(view, self._token(), self._strip(scoped), message, is_failure=is_failure)

    def _measure(self, book: Matter, position: int, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        snapshot = scoped.warehouse.current()
        detail = book_detail(scoped, snapshot, book)
        standing = standing_of(detail, position)
        if standing is None:
            flask.abort(404)
        view = self._view_of_measure(scoped, detail, standing)
        return measure_page(view, self._token(), self._strip(scoped), message, is_failure=is_failure)

    def _view_of_measure(self, deps: Dependencies, detail: BookDetail, standing: Standing) -> MeasureView:
        measure, code, book = standing.measure, standing.measure.measure_code, detail.row.book
        progress = detail.progress.get(code, ())
        steps = account_names(deps.store).of_history(history(deps.store, MEASURE_KIND, code))
        return MeasureView(
            detail.row,
            standing,
            names_of(deps, deps.warehouse.current()),
            quarter_rows(detail.milestones.get(code, {}), progress, deps.today()),
            progress,
            sorted(detail.schools.get(code, {}).items(), key=lambda s: (-s[1], s[0])),
            months_of(measure, deps.today()),
            [(f"{formatting.moment(e.at)} {e.actor}", word("action", e.action)) for e in steps],
            may_edit(deps, book) and not measure.is_dropped,
            may_report(deps.current_viewer(), book, measure),
            not self._settings.has_login,
            deps.today(),
        )


def _saved(matter_code: str) -> str:
    return text("form.saved", what=matter_code) if flask.request.args.get("done", "") else ""
