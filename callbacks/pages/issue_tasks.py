"""What of the ledger is the viewer's to do: the first issues of each kind and span, and how many come after them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from callbacks.dependencies import Dependencies
from data.access import Viewer
from data.clock import day_of
from data.rows.context import UnitContext
from data.rows.issue_board import StepGroupRow
from data.rows.ledger import LedgerRow
from data.rows.tasks import MOST_OF_A_SPAN, Task, TaskKind
from data.store.ledger import SUBJECT, Issue, undue
from data.store.names import Names, account_names
from data.store.steps import transitions_from
from data.text import text
from layouts.routes import LEDGER, link
from queries.issue_board import IssueBoard

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
LATER_REFUSALS = ("", "needs_met_value")


def issue_tasks(
    deps: Dependencies,
    rows: UnitContext,
    board: IssueBoard,
    waiting: Counter[TaskKind],
    beyond: Counter[tuple[TaskKind, date | None]],
) -> Iterable[Task]:
    """The first tasks of each kind and span; what comes after them is counted in `beyond`, others' in `waiting`.

    Issues that are alike in all that decides whose their step is (`queries.issue_board.decides_step`) are judged by
    one of them.
    """
    viewer, groups = deps.current_viewer(), board.step_groups()
    first_of = {group.step_key: group for group in reversed(groups)}
    alike = dict(zip(first_of, board.rows(list(first_of.values())), strict=True))
    keys: dict[TaskKind, set[int]] = {}
    kinds: dict[int, TaskKind | None] = {}
    for group in groups:
        if group.step_key not in kinds:
            kinds[group.step_key] = _kind_for(deps, viewer, alike[group.step_key])
        kind = kinds[group.step_key]
        if kind is None:
            waiting.update(dict.fromkeys(_kinds_for_others(deps, group), group.issue_count))
        else:
            beyond[kind, group.step_due_on] += group.issue_count
            keys.setdefault(kind, set()).add(group.step_key)
    names = account_names(deps.store)
    for kind, of_kind in keys.items():
        for row in board.first_of_steps(of_kind, MOST_OF_A_SPAN):
            task = _task(rows, names, kind, row)
            beyond[kind, task.due_on] -= 1
            yield task


def _task(rows: UnitContext, names: Names, kind: TaskKind, row: LedgerRow) -> Task:
    issue = row.issue
    unit = next((u.short_name for u in rows.units if u.district_code == row.district_code), row.district_code)
    item = _item({**rows.item_names, **rows.indicator_names}, issue)
    is_asked = kind is TaskKind.DEADLINE
    by, by_id = (issue.requested_by, issue.requested_by_id) if is_asked else (issue.updated_by, issue.updated_by_id)
    return Task(
        kind,
        row.district_code,
        " ".join(w for w in (unit, row.school_name, item) if w),
        issue.problem,
        names.shown(by or "", by_id),
        day_of(issue.updated_at),
        issue.look_due_on if kind is TaskKind.LOOK_BACK else issue.due_on,
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


def _kinds_for_others(deps: Dependencies, group: StepGroupRow) -> list[TaskKind]:
    """What somebody else must do with open issues."""
    held = {t.action for t in transitions_from(deps.catalogue, SUBJECT, group.status)}
    return [kind for kind, steps in OF_ISSUES.items() if kind is not TaskKind.DEADLINE and held & set(steps)][:1]
