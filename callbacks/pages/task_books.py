"""任务书: the rows of the board and of one book, what a new one would begin with, and whose measures are behind."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count, takewhile

from callbacks.dependencies import Dependencies
from callbacks.pages.matters import steps_of
from callbacks.pages.visits import schools_today, unit_names
from data.access import Permission, Viewer
from data.catalogue.matter_tables import Transition
from data.catalogue.tables import District, Indicator, Item
from data.departments import departments_on
from data.rows.task_books import BookDetail, BookRow, GapBill
from data.store.audit import history
from data.store.matter_lists import Asked, is_told, part_of_list
from data.store.matters import Matter, find_matter, is_of_party
from data.store.names import account_names
from data.store.task_books import DRAFT, EDIT, RELEASED, REPORT, TASK_BOOK, left_out_of, origin_of
from data.store.task_lists import (
    BookProgress,
    MeasureAsk,
    Standing,
    milestones_of,
    progress_by_book,
    progress_of,
    schools_of,
    standings_of,
)
from data.store.task_measures import Measure
from data.store.task_proposals import OwedBySchool, proposed_end, proposed_measures
from layouts.office.task_books import Proposal
from layouts.office.task_words import TaskNames
from queries import common_dimensions
from queries.overview import unit_status
from queries.reader import Snapshot
from queries.task_books import AS_WAS, gap_bill

ON_PAGE_OF_MEASURE = (EDIT, REPORT)
MOST_MONTHS = 36


def names_of(deps: Dependencies, snapshot: Snapshot | None = None) -> TaskNames:
    """The names of departments and items of today; of schools too where a snapshot is given."""
    today = deps.today()
    items = {i.indicator_code: i.short_name for i in deps.catalogue.in_force(Indicator, today)}
    items |= {i.item_code: i.short_name for i in deps.catalogue.in_force(Item, today)}
    schools = {code: s.school_name for code, s in schools_today(deps, snapshot).items()} if snapshot else {}
    return TaskNames({d.department_code: d.name for d in departments_on(deps.catalogue, today)}, items, schools)


def measure_ask(deps: Dependencies, snapshot: Snapshot, district: str = "") -> MeasureAsk:
    """The measures that the viewer reads: of a department's person those of the department alone."""
    return MeasureAsk(snapshot.scope, deps.today(), deps.current_viewer().department, district)


def book_rows(deps: Dependencies, snapshot: Snapshot, books: Sequence[Matter]) -> list[BookRow]:
    """Books under the names of their units with how far they are, those with most behind first."""
    units = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    people = account_names(deps.store)
    progress = progress_by_book(deps.store, [b.matter_code for b in books], measure_ask(deps, snapshot))
    rows: list[BookRow] = []
    for book in books:
        known = progress.get(book.matter_code, BookProgress())
        rows.append(
            BookRow(
                people.told_apart(book, "opened_by", "done_by", "updated_by"),
                units.get(book.district_code, book.district_code),
                known.count,
                known.done_count,
                known.late_count if book.state == RELEASED else 0,
                known.money,
            )
        )
    return sorted(rows, key=lambda r: (r.book.state != RELEASED, -r.late_count))


def book_in_scope(deps: Dependencies, snapshot: Snapshot, matter_code: str) -> Matter | None:
    """A book; None where there is none, or it is not the viewer's to read."""
    book = find_matter(deps.store, matter_code)
    is_known = book is not None and book.matter_kind == TASK_BOOK and is_told(book, snapshot.scope)
    return book if is_known else None


def book_detail(deps: Dependencies, snapshot: Snapshot, book: Matter) -> BookDetail:
    """Everything of a book; of a department's person the measures of the department alone."""
    department = deps.current_viewer().department
    standings = [
        s
        for s in standings_of(deps.store, book.matter_code, deps.today())
        if department in ("", s.measure.department_code)
    ]
    codes = [s.measure.measure_code for s in standings]
    (row,) = book_rows(deps, snapshot, [book])
    return BookDetail(
        row,
        origin_of(deps.store, book.matter_code),
        standings,
        left_out_of(deps.store, book.matter_code),
        milestones_of(deps.store, codes),
        progress_of(deps.store, codes),
        schools_of(deps.store, codes),
        account_names(deps.store).of_history(history(deps.store, book.matter_kind, book.matter_code)),
    )


def steps_on_book(deps: Dependencies, book: Matter) -> tuple[list[Transition], list[str]]:
    """The viewer's steps with a book, without those that stand on the pages of its measures."""
    steps, withheld = steps_of(deps, deps.current_viewer(), book)
    return [t for t in steps if t.action not in ON_PAGE_OF_MEASURE], withheld


def may_edit(deps: Dependencies, book: Matter) -> bool:
    """Whether the viewer may change a draft."""
    return EDIT in [t.action for t in steps_of(deps, deps.current_viewer(), book)[0]]


def may_report(viewer: Viewer, book: Matter, measure: Measure) -> bool:
    """Whether the viewer says what was done of a measure."""
    is_own = viewer.department in ("", measure.department_code) and not measure.is_dropped
    is_of_unit = is_of_party(book, viewer) or bool(viewer.department) or not viewer.account_id
    may = Permission.TASK_BOOKS_REPORT in viewer.permissions and viewer.scope.may_change(book.district_code)
    return book.state == RELEASED and is_own and is_of_unit and may


def months_of(measure: Measure, today: date) -> list[date]:
    """The months of which something may be reported, the latest first."""
    first = measure.starts_on.replace(day=1)
    last = today.year * 12 + today.month - 1
    days = (date((last - back) // 12, (last - back) % 12 + 1, 1) for back in count())
    return list(takewhile(lambda day: day >= first, (next(days) for _ in range(MOST_MONTHS))))


def proposal_of(deps: Dependencies, snapshot: Snapshot, district: str) -> Proposal:
    """What a book of a unit would begin with, by the newest figures."""
    period = common_dimensions.periods(snapshot)[-1].period
    bill = gap_bill(snapshot, period, district)
    unit = next((u for u in unit_status(snapshot, period, AS_WAS) if u.district_code == district), None)
    today = deps.today()
    due_on = proposed_end(deps.catalogue, unit.due_on if unit else None, today)
    measures = proposed_measures(deps.catalogue, owed_by_school(bill), today, due_on)
    name = unit_names(deps, snapshot).get(district, district)
    standing = next(iter(standing_books(deps, snapshot, district)), None)
    code = standing.matter_code if standing else ""
    return Proposal(district, name, period, measures, bill.left_out, due_on, code, bill.is_reported)


def owed_by_school(bill: GapBill) -> Iterable[OwedBySchool]:
    """The amounts of a bill as a book takes them over."""
    return [OwedBySchool(g.indicator_code, g.gap_unit, g.school_code, g.gap) for g in bill.gaps]


def standing_books(deps: Dependencies, snapshot: Snapshot, district: str) -> list[Matter]:
    """The books of a unit that are a draft or released."""
    return [
        book
        for state in (DRAFT, RELEASED)
        for book in part_of_list(deps.store, Asked(TASK_BOOK, snapshot.scope, district, state), state, 1)
    ]


def units_to_make_for(deps: Dependencies, snapshot: Snapshot) -> list[tuple[str, str]]:
    """The units for which the viewer makes books."""
    if Permission.TASK_BOOKS_MAKE not in deps.current_viewer().permissions:
        return []
    return sorted((c, n) for c, n in unit_names(deps, snapshot).items() if snapshot.scope.may_change(c))


def standing_of(detail: BookDetail, position: int) -> Standing | None:
    """A measure of a book by its number."""
    return next((s for s in detail.standings if s.measure.position == position), None)
