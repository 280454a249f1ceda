"""监测预警: show the state of the URL."""

from collections.abc import Sequence
from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.rendering.issue_counts import issue_board
from callbacks.rendering.page_context import filters, load_unit_context, own_issues, read_state, with_actor
from data.access import Permission
from data.catalogue.supervision_tables import WarningEscalation, WarningRule
from data.rows.context import UnitContext
from data.rows.warn import Asked, WarningRow
from data.store import audit
from data.store.answer_files import list_answer_files
from data.store.names import account_names
from data.store.steps import may_take, transitions_from, wrong_side
from data.store.warning_letters import list_letters
from data.store.warnings import ANSWER, REMIND, SUBJECT, is_of_unit, list_states
from layouts.page import AnyPanel
from layouts.pages.warn import page
from layouts.pages.warn.rows import Ended, WarningDetail, WarnView
from layouts.routes import WARN, Address
from queries import warn
from queries.reader import Snapshot

FILTERS = ("period", "district")


def show_warn(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    view = warn_view(deps, snapshot, with_actor(deps, rows))
    return page.document_title(view), page.panels(view, filters(snapshot, rows, WARN, FILTERS))


def warning_rows(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> list[WarningRow]:
    """The warnings of the filter; what is overdue counts from today, in the newest period alone."""
    today = deps.today()
    escalations = deps.catalogue.in_force(WarningEscalation, today) if rows.is_newest else ()
    asked = Asked(rows.period.period, today, escalations)
    board = issue_board(deps, snapshot) if rows.is_newest else None
    rows_of_warnings = warn.warnings(snapshot, deps.store, warn.rules(snapshot, asked.period), asked, board)
    return [w for w in rows_of_warnings if w.district_code in rows.scoped_codes]


def warn_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> WarnView:
    """The warnings of a filter and everything that the page says of them."""
    warnings = warning_rows(deps, snapshot, rows)
    rules = warn.rules(snapshot, rows.period.period)
    return WarnView(
        rows=own_issues(deps, snapshot, rows),
        warnings=warnings,
        rules=rules,
        ended=_ended(deps, rows, rules, {w.warning_key for w in warnings}),
        today=deps.today(),
        detail=_detail(deps, warnings, rows.state.issue),
        may_remind=rows.is_newest and Permission.WARNINGS_SUPERVISE in deps.current_viewer().permissions,
        letters=[
            letter
            for letter in list_letters(deps.store)
            if letter.year == deps.today().year
            and snapshot.scope.may_change(letter.district_code)
            and (not rows.scope_name or letter.district_code in rows.scoped_codes)
        ],
    )


def _ended(deps: Dependencies, rows: UnitContext, rules: Sequence[WarningRule], active: set[str]) -> list[Ended]:
    """Warnings that somebody acted on and whose cause is gone by the newest period."""
    if not rows.is_newest:
        return []
    names = {r.warning_code: r.name for r in rules}
    units = {u.district_code: u.short_name for u in rows.scoped}
    ended: list[Ended] = []
    for key, state in sorted(list_states(deps.store).items()):
        code, _, district = key.partition(".")
        if key not in active and code in names and district in units:
            ended.append(Ended(key, f"{units[district]} {names[code]}", state.updated_at))
    return ended


def _detail(deps: Dependencies, warnings: Sequence[WarningRow], key: str) -> WarningDetail | None:
    warning = next((w for w in warnings if w.warning_key == key), None) if key else None
    if warning is None:
        return None
    viewer, names = deps.current_viewer(), account_names(deps.store)
    is_own = is_of_unit(viewer, key)
    is_early = warning.answer_by is not None and not warning.is_late(deps.today())
    steps = [
        t
        for t in transitions_from(deps.catalogue, SUBJECT, warning.state)
        if may_take(t, viewer)
        and not wrong_side(t, viewer, is_of_party=is_own)
        and not (is_early and t.action == REMIND)
    ]
    history = names.of_history(audit.history(deps.store, SUBJECT, key))
    if not viewer.scope.may_change(warning.district_code):
        return WarningDetail(warning, history, [])
    return WarningDetail(
        replace(warning, record=warning.record and names.told_apart(warning.record, "received_by")),
        history,
        steps,
        [names.told_apart(x, "sent_by") for x in list_letters(deps.store) if key in x.warning_keys],
        [names.told_apart(f, "added_by") for f in list_answer_files(deps.store, key)],
        any(t.action == ANSWER for t in steps),
    )
