"""我的待办: what who is looking must do next, over issues, warnings, returns and decisions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from callbacks.dependencies import Dependencies
from callbacks.pages.field_tasks import is_asked, of_matters, of_surveys, of_task_books, of_visits, unit_of
from callbacks.pages.issue_tasks import issue_tasks
from callbacks.pages.ledger import look_back_rule
from callbacks.pages.warn import warning_rows
from callbacks.rendering.issue_counts import issue_board
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.access import Permission
from data.clock import day_of
from data.rows.context import UnitContext
from data.rows.issue_board import DueLookBackRow
from data.rows.look_back import LookBackReason
from data.rows.tasks import Task, TaskKind, TasksView
from data.rows.warn import WarningRow
from data.store.inspector_register import InspectorArea, find_area, inspector_of_account
from data.store.meetings import DONE, TakenDecision, decisions_for, open_decisions
from data.store.submission import CHECKED, RETURNED, SUBMITTED, Submission
from data.store.submissions import list_submissions
from data.store.warning_state import ANSWERED, AWAITED
from data.text import text
from layouts.page import AnyPanel
from layouts.pages.tasks import page
from layouts.routes import LEDGER, MEETING, RETURNS, TASKS, WARN, Address, link
from queries import common_dimensions
from queries.issue_board import IssueBoard
from queries.reader import Snapshot

FILTERS = ("district",)
EVERY_SUBMISSION = 1_000_000


def show_tasks(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state; what must be done is that of now, whatever period was looked at."""
    snapshot = deps.warehouse.current()
    newest = replace(address, values={"period": common_dimensions.periods(snapshot)[-1].period})
    rows = load_unit_context(deps, snapshot, read_state(snapshot, newest))
    view = tasks_view(deps, snapshot, rows)
    slots = filters(snapshot, rows, TASKS, FILTERS)
    return page.document_title(), page.panels(view, slots)


def tasks_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> TasksView:
    """Every task of the viewer within the filter, and how much waits for others."""
    units = frozenset(rows.scoped_codes) if rows.state.district or rows.state.group else None
    board = issue_board(deps, snapshot, units=units)
    waiting: Counter[TaskKind] = Counter()
    beyond: Counter[tuple[TaskKind, date | None]] = Counter()
    tasks = [
        *issue_tasks(deps, rows, board, waiting, beyond),
        *_of_look_backs(deps, rows, board, waiting),
        *_of_warnings(deps, rows, warning_rows(deps, snapshot, rows), waiting),
        *of_visits(deps, snapshot, rows, waiting, beyond),
        *of_matters(deps, snapshot, rows, waiting),
        *of_surveys(deps, snapshot, rows, waiting),
        *of_task_books(deps, snapshot, rows, waiting),
        *_of_returns(deps, rows, waiting),
        *_of_decisions(deps, snapshot, rows),
    ]
    counts = {kind: waiting[kind] for kind in TaskKind if waiting[kind]}
    return TasksView(rows, tasks, counts, deps.today(), _own_area(deps), +beyond)


def _own_area(deps: Dependencies) -> InspectorArea | None:
    """The area of the inspector as whom the viewer's account acts."""
    acting = inspector_of_account(deps.store, deps.current_viewer().account_id)
    return None if acting is None or acting.area_code is None else find_area(deps.store, acting.area_code)


def _of_look_backs(
    deps: Dependencies, rows: UnitContext, board: IssueBoard, waiting: Counter[TaskKind]
) -> Iterable[Task]:
    """Of each unit the closed issues that are due to be looked at again: the city lists them."""
    viewer = deps.current_viewer()
    due = board.due_look_backs(look_back_rule(deps))
    if Permission.LEDGER_SUPERVISE not in viewer.permissions:
        waiting[TaskKind.LIST_BACK] += len({entry.district_code for entry in due})
        return
    by_unit: dict[str, list[DueLookBackRow]] = {}
    for entry in due:
        by_unit.setdefault(entry.district_code, []).append(entry)
    for code, entries in by_unit.items():
        weak = sum(entry.reason == LookBackReason.WEAK for entry in entries)
        yield Task(
            TaskKind.LIST_BACK,
            code,
            text("tasks.due_look_backs", unit=unit_of(rows, code), count=len(entries)),
            text("tasks.due_reasons", weak=weak, drawn=len(entries) - weak),
            "",
            None,
            entries[0].due_on,
            link(LEDGER, rows.state, district=code, only="look_back"),
        )


def _of_warnings(
    deps: Dependencies, rows: UnitContext, warnings: Iterable[WarningRow], waiting: Counter[TaskKind]
) -> Iterable[Task]:
    """The reminded unit answers, the city lifts what was answered."""
    viewer = deps.current_viewer()
    is_city = Permission.WARNINGS_SUPERVISE in viewer.permissions
    answers = not is_city and Permission.WARNINGS_ANSWER in viewer.permissions
    kinds = {**dict.fromkeys(AWAITED, (TaskKind.ANSWER, answers)), ANSWERED: (TaskKind.LIFT, is_city)}
    for warning in warnings:
        if warning.state not in kinds:
            continue
        kind, is_mine = kinds[warning.state]
        if not (is_mine and viewer.scope.may_change(warning.district_code)):
            waiting[kind] += 1
            continue
        record = warning.record
        yield Task(
            kind,
            warning.district_code,
            f"{unit_of(rows, warning.district_code)} {warning.rule.name}",
            (record.note if record else None) or "",
            record.updated_by if record else "",
            day_of(record.updated_at) if record else None,
            warning.answer_by,
            link(WARN, rows.state, issue=warning.warning_key, only=""),
        )


def _of_returns(deps: Dependencies, rows: UnitContext, waiting: Counter[TaskKind]) -> Iterable[Task]:
    """What the unit must hand in, correct or send, and what the city must accept."""
    viewer = deps.current_viewer()
    may_submit = Permission.RETURNS_SUBMIT in viewer.permissions and viewer.scope.districts is not None
    may_approve = Permission.RETURNS_APPROVE in viewer.permissions
    newest_first = list_submissions(deps.store, viewer, EVERY_SUBMISSION)
    latest = {(s.period, s.district_code): s for s in reversed(newest_first)}
    for submission in newest_first:
        if not is_asked(rows, submission.district_code):
            continue
        kind = {SUBMITTED: TaskKind.APPROVE, RETURNED: TaskKind.CORRECT, CHECKED: TaskKind.CORRECT}.get(
            submission.status
        )
        is_newest = latest[submission.period, submission.district_code] is submission
        if kind is None or (kind is TaskKind.CORRECT and not is_newest):
            continue
        is_own = viewer.is_person(submission.submitted_by, submission.submitted_by_id)
        is_mine = (may_approve and not is_own) if kind is TaskKind.APPROVE else may_submit
        if is_mine:
            yield _return_task(rows, kind, submission)
        else:
            waiting[kind] += 1
    due_on = rows.period.snapshot_date + timedelta(days=int(rows.parameters["return_due_days"]))
    sent = {code for period, code in latest if period == rows.period.period}
    for unit in rows.scoped:
        if unit.is_reported or not rows.is_newest or unit.district_code in sent:
            continue
        if not may_submit:
            waiting[TaskKind.HAND_IN] += 1
            continue
        subject = text("tasks.return_of", unit=unit.short_name, period=rows.period.period)
        yield Task(TaskKind.HAND_IN, unit.district_code, subject, "", "", None, due_on, RETURNS.path)


def _return_task(rows: UnitContext, kind: TaskKind, submission: Submission) -> Task:
    subject = text("tasks.return_of", unit=unit_of(rows, submission.district_code), period=submission.period)
    return Task(
        kind,
        submission.district_code,
        subject,
        submission.reason or submission.file_name,
        submission.moved_by,
        day_of(submission.updated_at),
        None,
        f"{RETURNS.path}/{submission.submission_id}",
    )


def _of_decisions(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> Iterable[Task]:
    """What a meeting decided for the viewer's unit, and to the city, of which progress must be kept, each."""
    viewer, scope = deps.current_viewer(), snapshot.scope
    if scope.schools is not None:
        return []
    if scope.districts is None:
        taken = open_decisions(deps.store) if Permission.MEETINGS_EDIT in viewer.permissions else []
    else:
        may_act = Permission.LEDGER_RECTIFY in viewer.permissions
        taken = [t for code in sorted(scope.districts) for t in decisions_for(deps.store, code)] if may_act else []
    return [
        _decision_task(rows, t, is_city=scope.districts is None)
        for t in taken
        if t.decision.progress != DONE and is_asked(rows, t.decision.district_code)
    ]


def _decision_task(rows: UnitContext, taken: TakenDecision, *, is_city: bool) -> Task:
    decision = taken.decision
    return Task(
        TaskKind.DECISION,
        decision.district_code,
        decision.subject,
        decision.resolution,
        taken.meeting_title,
        taken.held_on,
        decision.due_on,
        link(MEETING, rows.state, meeting=decision.meeting_code) if is_city else decision.address,
    )
