"""问题台账: show the state of the URL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, demonstration_mark, download
from callbacks.pages.assignees import people_to_look
from callbacks.pages.opening import opening_of
from callbacks.pages.warn import warning_rows
from callbacks.rendering.issue_counts import issue_board
from callbacks.rendering.meeting_context import last_meeting
from callbacks.rendering.page_context import filters, load_unit_context, read_state, with_actor
from data.access import Permission
from data.catalogue.input_tables import InputColumn
from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import IssueOrigin
from data.catalogue.tables import Item
from data.departments import department_names
from data.rows.context import UnitContext
from data.rows.issue_board import DueLookBackRow, IssueFilter, IssueGroupRow
from data.rows.ledger import LedgerRow
from data.rows.look_back import LookBackRule
from data.store import audit
from data.store.evidence import list_evidence, may_void
from data.store.ledger import LOOK_BACK, SUBJECT, undue
from data.store.look_back_record import checks_of, look_backs_of
from data.store.meetings import TakenDecision, decisions_for
from data.store.names import account_names
from data.store.steps import states_of, transitions_from
from data.store.visits import visits_of_issue
from data.text import text
from layouts.export.template import Value, template_workbook
from layouts.page import AnyPanel
from layouts.pages.ledger import page
from layouts.pages.ledger.rows import TABS, IssueDetail, LedgerView, in_tab, total
from layouts.parts.demonstration import with_issues
from layouts.parts.frame import Choice, Filter
from layouts.routes import LEDGER, Address, address_of, link
from queries.issue_board import IssueBoard
from queries.ledger import find_in_scope
from queries.reader import Snapshot

FILTERS = ("period", "district")
TOLD_BEFORE = ("needs_city", "unmet_needs_city", "not_assignee")
TOLD_WHEN_PRESSED = ("needs_second_person", "needs_other_reviewer", "needs_met_value")
"""Refusals that a person who may otherwise take the step learns of."""


def show_ledger(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    view = ledger_view(deps, snapshot, with_actor(deps, rows))
    slots = [*filters(snapshot, view.rows, LEDGER, FILTERS), *_slots(view)]
    return page.document_title(view), page.panels(view, slots)


def ledger_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> LedgerView:
    """The issues of a filter and everything that the page says of them."""
    today = deps.today()
    last = last_meeting(deps, rows)
    since = last.held_on if last else today - timedelta(days=rows.parameters["ledger_since_days"])
    origins = {o.origin_code: o.name for o in deps.catalogue.rows(IssueOrigin)}
    asked = _asked(rows, origins, today, since)
    board = IssueBoard(snapshot, deps.store, asked)
    groups = board.groups()
    due = board.due_look_backs(look_back_rule(deps))
    may_list = Permission.LEDGER_SUPERVISE in deps.current_viewer().permissions
    snapshot_of_issues = with_issues(rows.snapshot, is_demonstration=any(g.is_demonstration for g in groups))
    return LedgerView(
        rows=replace(rows, snapshot=snapshot_of_issues),
        groups=groups,
        by_tab={tab: _of_tab(board, groups, due, tab) for tab in TABS},
        origins=origins,
        statuses=states_of(deps.catalogue, SUBJECT),
        item_units={i.item_code: (i.unit, "") for i in deps.catalogue.rows(Item)}
        | {i.indicator_code: (i.unit, i.gap_unit) for i in rows.indicators},
        today=today,
        since=since,
        has_meeting=last is not None,
        ages=asked.ages,
        warnings=warning_rows(deps, snapshot, rows),
        detail=_detail(deps, snapshot, rows.state.issue),
        is_begun=bool(groups or issue_board(deps, snapshot).groups()),
        decided=_decided(deps, snapshot, rows),
        opening=opening_of(deps, snapshot, rows),
        look_back=look_back_rule(deps),
        due_look_backs=due,
        may_list=may_list,
        people=people_to_look(deps) if may_list else (),
        departments=department_names(deps.catalogue, today),
        unjudged=board.unjudged_look_backs(look_back_rule(deps), unreported_codes(rows)),
    )


def _asked(rows: UnitContext, origins: Mapping[str, str], today: date, since: date) -> IssueFilter:
    state = rows.state
    units = frozenset(rows.scoped_codes) if state.district or state.group else None
    ages = (int(rows.parameters["ledger_age_short"]), int(rows.parameters["ledger_age_long"]))
    return IssueFilter(today, since, ages, units, state.school, origins.get(state.origin, ""), state.round)


def _of_tab(
    board: IssueBoard, groups: Iterable[IssueGroupRow], due: Sequence[DueLookBackRow], tab: str
) -> Sequence[LedgerRow]:
    """The issues of a tab; below those that are listed for 回头看 those that are due to be."""
    rows = board.of_tab(tab, total(g for g in groups if in_tab(g, tab)))
    return rows.followed_by(due, board.rows) if tab == LOOK_BACK else rows


def look_back_rule(deps: Dependencies) -> LookBackRule:
    """When closed issues are looked at again, and which share, by the rows in force today."""
    days, share = (deps.catalogue.parameter(code, deps.today()) for code in ("look_back_after_days", "look_back_share"))
    return LookBackRule(int(days), float(share))


def unreported_codes(rows: UnitContext) -> set[str]:
    """The units without a return of the newest period: none of their schools is known to be weak, or not to be."""
    return {u.district_code for u in rows.units if not u.is_reported}


def _decided(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> list[TakenDecision]:
    """The decisions about the chosen unit, or about an account's own units; each is told to whom it concerns."""
    scope, may_read = snapshot.scope, Permission.MEETINGS_READ in deps.current_viewer().permissions
    within = scope.districts
    if scope.schools is not None or (within is None and not may_read):
        return []
    units = [rows.state.district] if rows.state.district else sorted(within or ())
    return [taken for unit in units if within is None or unit in within for taken in decisions_for(deps.store, unit)]


def _slots(view: LedgerView) -> Sequence[Filter]:
    state = view.rows.state

    def choice(label: str, **changes: str) -> Choice:
        return Choice(label, link(LEDGER, state, issue="", **changes))

    rounds = sorted(
        {g.round for g in view.groups if g.round} | ({int(state.round)} if state.round.isdecimal() else set())
    )
    here = link(LEDGER, state, issue="")
    return [
        Filter(
            "origin",
            here,
            [
                choice(text("ledger.all_origins"), origin=""),
                *[choice(name, origin=code) for code, name in view.origins.items()],
            ],
        ),
        Filter(
            "round",
            here,
            [
                choice(text("ledger.all_rounds"), round=""),
                *[choice(text("rounds.round", number=n), round=str(n)) for n in rounds],
            ],
        ),
    ]


def _detail(deps: Dependencies, snapshot: Snapshot, code: str) -> IssueDetail | None:
    row = find_in_scope(snapshot, deps.store, code) if code else None
    if row is None:
        return None
    options, withheld = _moves(deps, row)
    names = account_names(deps.store)
    return IssueDetail(
        replace(row, issue=names.told_apart(row.issue, "reviewer", "requested_by", "look_assignee")),
        names.of_history(audit.history(deps.store, SUBJECT, code)),
        [names.told_apart(f, "added_by", "voided_by") for f in list_evidence(deps.store, code)],
        options,
        withheld,
        _may_void(deps, row),
        visits_of_issue(deps.store, code),
        checks_of(deps.catalogue),
        people_to_look(deps, row.district_code, but=row.issue.reviewer_id) if _names_somebody(options) else (),
        [(names.told_apart(record, "looked_by"), answers) for record, answers in look_backs_of(deps.store, code)],
        department_names(deps.catalogue, deps.today()),
    )


def _names_somebody(options: Sequence[Transition]) -> bool:
    """Whether one of the moves names who looks again."""
    return any(t.to_state == LOOK_BACK for t in options)


def _may_void(deps: Dependencies, row: LedgerRow) -> bool:
    viewer = deps.current_viewer()
    may_change = viewer.scope.may_change(row.district_code, row.issue.school_code)
    return may_change and may_void(deps.catalogue, viewer, row.issue.status)


def _moves(deps: Dependencies, row: LedgerRow) -> tuple[list[Transition], dict[str, str]]:
    """The moves that are offered, and why those are not that are others' to make."""
    viewer, issue = deps.current_viewer(), row.issue
    if not viewer.scope.may_change(row.district_code, issue.school_code):
        return [], {}
    held = transitions_from(deps.catalogue, SUBJECT, issue.status)
    refusals = {t.action: undue(deps.catalogue, t, viewer, issue, is_met=row.is_met) for t in held}
    offered = [t for t in held if refusals[t.action] in ("", *TOLD_WHEN_PRESSED)]
    reached = {t.to_state for t in offered}
    withheld = {t.action: refusals[t.action] for t in held if t.to_state not in reached}
    return offered, {action: code for action, code in withheld.items() if code in TOLD_BEFORE}


def ledger_file(deps: Dependencies, path: str | None, search: str | None) -> dict[str, object] | None:
    """The issues of the tab on screen as a 问题台账表 that can be imported again."""
    address = address_of(path, search)
    if address is None or address.route is not LEDGER:
        return None
    snapshot = deps.warehouse.current()
    view = ledger_view(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))
    columns = [c for c in deps.catalogue.rows(InputColumn) if c.input_kind == "issue"]
    stages = {s: text(f"stage.{s}") for s in ("primary", "junior")}
    rows: list[list[Value]] = []
    for row in view.by_tab[view.tab]:
        values: dict[str, Value] = vars(row.issue) | {
            "status": view.status_names[row.issue.status],
            "stage": stages.get(row.issue.stage or "", ""),
        }
        rows.append([values[c.field_code] for c in columns])
    note = text(
        "document.version",
        period=view.rows.period.snapshot_date.isoformat(),
        snapshot=snapshot.info.snapshot_id,
        rules=snapshot.info.rules_version,
    )
    title = text("ledger.file")
    content = template_workbook(title, [c.header for c in columns], rows, note)
    mark = demonstration_mark(view.rows.snapshot, ("issue",))
    return download(f"{title}_{view.today.isoformat()}{mark}.xlsx", content, XLSX)
