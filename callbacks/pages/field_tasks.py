"""What of supervision in the field is the viewer's to do: planned visits, opinions, complaints, surveys, task books."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.pages.matters import matter_rows, steps_of
from callbacks.pages.surveys import may_lead_on, survey_rows
from callbacks.pages.task_books import measure_ask, steps_on_book
from data.access import Permission
from data.clock import day_of
from data.rows.context import UnitContext
from data.rows.tasks import MOST_OF_A_SPAN, WEEK, Task, TaskKind
from data.store.matter_lists import Asked, AssignedGroup, first_by_day, groups_by_assignee, part_of_list
from data.store.steps import open_states
from data.store.surveys import KINDS
from data.store.task_books import DRAFT, RELEASE, TASK_BOOK
from data.store.task_lists import Standing, count_measures, measures_behind
from data.store.visits import PLANNED, VISIT
from data.text import text
from layouts.office.matters import PATHS
from layouts.office.task_words import address_of_measure, amount_words, done_words
from layouts.routes import SURVEYS, TASK_BOOKS, VISITS
from queries.reader import Snapshot

EVERY_MATTER = 1_000_000


def is_asked(rows: UnitContext, district_code: str) -> bool:
    """Whether a unit is within the filter of the page."""
    return not (rows.state.district or rows.state.group) or district_code in rows.scoped_codes


def unit_of(rows: UnitContext, code: str) -> str:
    """The short name of a unit."""
    return next((u.short_name for u in rows.units if u.district_code == code), code)


def of_visits(
    deps: Dependencies,
    snapshot: Snapshot,
    rows: UnitContext,
    waiting: Counter[TaskKind],
    beyond: Counter[tuple[TaskKind, date | None]],
) -> Iterable[Task]:
    """The planned visits: those of who was named for one, and those for which nobody was of who may make them.

    Of each span the first ones; those that come after are counted in `beyond`.
    """
    viewer = deps.current_viewer()
    asked = Asked(VISIT, snapshot.scope, state=PLANNED)
    mine: list[AssignedGroup] = []
    is_own = {("", ""): True}
    for group in groups_by_assignee(deps.store, asked):
        if not is_asked(rows, group.district_code):
            continue
        if group.named not in is_own:
            is_own[group.named] = viewer.is_person(*group.named)
        if Permission.VISITS_RECORD in viewer.permissions and is_own[group.named]:
            mine.append(group)
            beyond[TaskKind.VISIT, group.due_on] += group.matter_count
        else:
            waiting[TaskKind.VISIT] += group.matter_count
    days = (deps.today(), deps.today() + WEEK)
    for visit in first_by_day(deps.store, asked, mine, days, MOST_OF_A_SPAN) if mine else ():
        beyond[TaskKind.VISIT, visit.due_on] -= 1
        yield Task(
            TaskKind.VISIT,
            visit.district_code,
            f"{unit_of(rows, visit.district_code)} {visit.subject}",
            "",
            visit.opened_by,
            visit.opened_on,
            visit.due_on,
            f"{VISITS.path}/record#{visit.school_code}",
        )


def of_matters(deps: Dependencies, snapshot: Snapshot, rows: UnitContext, waiting: Counter[TaskKind]) -> Iterable[Task]:
    """Opinions and complaints that are open: of whom the rows and the sides let take a step, or of others."""
    for kind, path in PATHS.items():
        task = TaskKind(kind)
        for state in open_states(deps.catalogue, kind):
            asked = Asked(kind, snapshot.scope, state=state)
            for row in matter_rows(deps, snapshot, part_of_list(deps.store, asked, state, EVERY_MATTER)):
                matter = row.matter
                if not is_asked(rows, matter.district_code):
                    continue
                if not steps_of(deps, deps.current_viewer(), matter)[0]:
                    waiting[task] += 1
                    continue
                yield Task(
                    task,
                    matter.district_code,
                    f"{row.party} {matter.subject}",
                    "",
                    matter.updated_by,
                    day_of(matter.updated_at),
                    row.last_day,
                    f"{path}/{matter.matter_code}",
                )


def of_surveys(deps: Dependencies, snapshot: Snapshot, rows: UnitContext, waiting: Counter[TaskKind]) -> Iterable[Task]:
    """Surveys and rehearsals that are open: of whom they are led on by, or of others."""
    for kind in KINDS:
        for state in open_states(deps.catalogue, kind):
            asked = Asked(kind, snapshot.scope, state=state)
            surveys = part_of_list(deps.store, asked, state, EVERY_MATTER)
            for row in survey_rows(deps, [s for s in surveys if is_asked(rows, s.district_code)]):
                survey, task = row.survey, TaskKind(kind)
                if not may_lead_on(deps, survey, is_entered=row.is_complete):
                    waiting[task] += 1
                    continue
                yield Task(
                    task,
                    survey.district_code,
                    f"{row.unit_name} {survey.subject}",
                    "",
                    survey.updated_by,
                    day_of(survey.updated_at),
                    survey.due_on,
                    f"{SURVEYS.path}/{survey.matter_code}",
                )


def of_task_books(
    deps: Dependencies, snapshot: Snapshot, rows: UnitContext, waiting: Counter[TaskKind]
) -> Iterable[Task]:
    """Drafts that the viewer may release, and the measures of who answers for them that are behind or due."""
    asked = Asked(TASK_BOOK, snapshot.scope, state=DRAFT)
    for book in part_of_list(deps.store, asked, DRAFT, EVERY_MATTER):
        if not is_asked(rows, book.district_code):
            continue
        if RELEASE not in [t.action for t in steps_on_book(deps, book)[0]]:
            waiting[TaskKind.TASK_BOOK] += 1
            continue
        yield Task(
            TaskKind.TASK_BOOK,
            book.district_code,
            text("task_book.task", unit=unit_of(rows, book.district_code), subject=book.subject),
            "",
            book.updated_by,
            day_of(book.updated_at),
            None,
            f"{TASK_BOOKS.path}/{book.matter_code}",
        )
    yield from _of_measures(deps, snapshot, rows, waiting)


def _of_measures(
    deps: Dependencies, snapshot: Snapshot, rows: UnitContext, waiting: Counter[TaskKind]
) -> Iterable[Task]:
    """Measures that missed a quarter, and those of which something is due in this one."""
    viewer, asked = deps.current_viewer(), measure_ask(deps, snapshot)
    may_report = Permission.TASK_BOOKS_REPORT in viewer.permissions
    if not may_report or not (viewer.department or snapshot.scope.districts is not None):
        waiting[TaskKind.MEASURE] += count_measures(deps.store, asked)[1]
        return
    for standing in measures_behind(deps.store, asked, EVERY_MATTER, also_due=True):
        if is_asked(rows, standing.measure.district_code):
            yield _measure_task(rows, standing, asked.over if standing.is_late else asked.running)


def _measure_task(rows: UnitContext, standing: Standing, due_on: date) -> Task:
    measure = standing.measure
    done = done_words(measure.done, measure.unit)
    if standing.is_late:
        note = text("task_book.task_late", planned=amount_words(standing.planned, measure.unit), done=done)
    else:
        note = text("task_book.task_quarter", planned=amount_words(standing.planned_now, measure.unit), done=done)
    return Task(
        TaskKind.MEASURE,
        measure.district_code,
        text("task_book.task", unit=unit_of(rows, measure.district_code), subject=measure.subject),
        note,
        measure.person,
        None,
        due_on,
        address_of_measure(measure),
    )
