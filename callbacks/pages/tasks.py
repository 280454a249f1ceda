"""我的待办: what who is looking must do next, over issues, warnings, returns and decisions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from callbacks.dependencies import Dependencies
from callbacks.pages.field_tasks import is_asked, of_matters, of_surveys, of_visits, unit_of
from callbacks.pages.ledger import due_within
from callbacks.pages.warn import warning_rows
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.access import Permission, Viewer
from data.clock import day_of
from data.rows.context import UnitContext
from data.rows.ledger import LedgerRow
from data.rows.look_back import DueLookBack, LookBackReason
from data.rows.tasks import Task, TaskKind, TasksView
from data.rows.warn import WarningRow
from data.store.inspector_register import InspectorArea, find_area, inspector_of_account
from data.store.ledger import SUBJECT, Issue, undue
from data.store.meetings import DONE, TakenDecision, decisions_for, open_decisions
from data.store.names import account_names
from data.store.steps import transitions_from
from data.store.submission import CHECKED, RETURNED, SUBMITTED, Submission
from data.store.submissions import list_submissions
from data.store.warning_state import ANSWERED, AWAITED
from data.text import text
from layouts.page import AnyPanel
from layouts.pages.tasks import page
from layouts.routes import LEDGER, MEETING, RETURNS, TASKS, WARN, Address, link
from queries import common_dimensions
from queries.ledger import ledger
from queries.reader import Snapshot

FILTERS = ("district",)
RECTIFYING = ("start", "restart", "submit")
REVIEWING = ("close", "close_unmet", "return")
LOOKING_BACK = ("confirm", "find_rebound")
GRANTING = ("grant_deadline", "deny_deadline")
OF_ISSUES = {
    TaskKind.DEADLINE: GRANTING,
    TaskKind.RECTIFY: RECTIFYING,
    TaskKind.REVIEW: REVIEWING,
    TaskKind.LOOK_BACK: LOOKING_BACK,
}
"""The steps of an issue that are one task; the first kind of which a step may be taken is the task."""
EVERY_SUBMISSION = 1_000_000
LATER_REFUSALS = ("", "needs_met_value")


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
    everything = [r for r in ledger(snapshot, deps.store) if is_asked(rows, r.district_code)]
    waiting: Counter[TaskKind] = Counter()
    tasks = [
        *_of_issues(deps, rows, everything, waiting),
        *_of_look_backs(deps, snapshot, rows, everything, waiting),
        *_of_warnings(deps, rows, warning_rows(deps, snapshot, rows, everything), waiting),
        *of_visits(deps, snapshot, rows, waiting),
        *of_matters(deps, snapshot, rows, waiting),
        *of_surveys(deps, snapshot, rows, waiting),
        *_of_returns(deps, rows, waiting),
        *_of_decisions(deps, snapshot, rows),
    ]
    counts = {kind: waiting[kind] for kind in TaskKind if waiting[kind]}
    return TasksView(rows, tasks, counts, deps.today(), _own_area(deps))


def _own_area(deps: Dependencies) -> InspectorArea | None:
    """The area of the inspector as whom the viewer's account acts."""
    acting = inspector_of_account(deps.store, deps.current_viewer().account_id)
    return None if acting is None or acting.area_code is None else find_area(deps.store, acting.area_code)


def _of_issues(
    deps: Dependencies, rows: UnitContext, issues: Iterable[LedgerRow], waiting: Counter[TaskKind]
) -> Iterable[Task]:
    viewer, names = deps.current_viewer(), account_names(deps.store)
    items = {**rows.item_names, **rows.indicator_names}
    units = {unit.district_code: unit.short_name for unit in rows.units}
    for row in issues:
        mine = _kind_for(deps, viewer, row)
        issue = row.issue
        if mine is None:
            waiting.update(_kinds_for_others(deps, row))
            continue
        place = " ".join(
            w for w in (units.get(row.district_code, row.district_code), row.school_name, _item(items, issue)) if w
        )
        is_asked = mine is TaskKind.DEADLINE
        by, by_id = (issue.requested_by, issue.requested_by_id) if is_asked else (issue.updated_by, issue.updated_by_id)
        yield Task(
            mine,
            row.district_code,
            place,
            issue.problem,
            names.shown(by or "", by_id),
            day_of(issue.updated_at),
            issue.look_due_on if mine is TaskKind.LOOK_BACK else issue.due_on,
            link(LEDGER, rows.state, issue=issue.issue_code, only=""),
        )


def _item(names: Mapping[str, str], issue: Issue) -> str:
    """Code and name of the item, with the stage where it has one."""
    code = issue.item_code or ""
    stage = text(f"stage.{issue.stage}") if issue.stage else ""
    return f"{code} {stage}{names.get(code, '')}".strip()


def _kind_for(deps: Dependencies, viewer: Viewer, row: LedgerRow) -> TaskKind | None:
    """What of the issue is the viewer's to do; None where nothing is."""
    if not viewer.scope.may_change(row.district_code, row.issue.school_code):
        return None
    held = transitions_from(deps.catalogue, SUBJECT, row.issue.status)
    open_steps = {
        t.action for t in held if undue(deps.catalogue, t, viewer, row.issue, is_met=row.is_met) in LATER_REFUSALS
    }
    return next((kind for kind, steps in OF_ISSUES.items() if open_steps & set(steps)), None)


def _kinds_for_others(deps: Dependencies, row: LedgerRow) -> list[TaskKind]:
    """What somebody else must do with an open issue."""
    held = {t.action for t in transitions_from(deps.catalogue, SUBJECT, row.issue.status)}
    return [kind for kind, steps in OF_ISSUES.items() if kind is not TaskKind.DEADLINE and held & set(steps)][:1]


def _of_look_backs(
    deps: Dependencies, snapshot: Snapshot, rows: UnitContext, issues: Sequence[LedgerRow], waiting: Counter[TaskKind]
) -> Iterable[Task]:
    """Of each unit the closed issues that are due to be looked at again: the city lists them."""
    viewer = deps.current_viewer()
    due = due_within(deps, snapshot, issues)
    if Permission.LEDGER_SUPERVISE not in viewer.permissions:
        waiting[TaskKind.LIST_BACK] += len({entry.row.district_code for entry in due})
        return
    by_unit: dict[str, list[DueLookBack]] = {}
    for entry in due:
        by_unit.setdefault(entry.row.district_code, []).append(entry)
    for code, entries in by_unit.items():
        weak = sum(entry.reason is LookBackReason.WEAK for entry in entries)
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
