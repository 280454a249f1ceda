"""A form lists what is due for 回头看 within the filter that was looked at."""

from callbacks.dependencies import Dependencies
from callbacks.pages.assignees import person_to_look
from callbacks.pages.ledger import ledger_view
from callbacks.rendering.page_context import load_unit_context, read_state
from callbacks.writing.form_fields import Done, Request, text_field_of
from data.access import Viewer
from data.store.ledger_changes import issues_of
from data.store.look_back import list_for_look_back
from data.store.refusals import RefusedError
from data.text import text
from layouts import formatting
from layouts.routes import LEDGER, address_of


def list_due(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """List every issue that was shown as due; refused where it is no longer the list that was shown."""
    path, _, query = text_field_of(request, "address").partition("?")
    address = address_of(path, "?" + query)
    if address is None or address.route is not LEDGER:
        raise RefusedError("none_due")
    snapshot = deps.warehouse.current()
    view = ledger_view(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))
    if any(not snapshot.scope.may_change(due.district_code) for due in view.due_look_backs):
        raise RefusedError("matter_of_unit")
    issues = issues_of(deps.store, [due.issue_code for due in view.due_look_backs])
    if text_field_of(request, "seen") != view.due_mark:
        raise RefusedError("none_due")
    assignee = person_to_look(deps, text_field_of(request, "assignee"))
    reasons = {due.issue_code: due.reason for due in view.due_look_backs}
    listed = list_for_look_back(
        deps.store, deps.catalogue, viewer, issues, deps.now(), reasons=reasons, assignee=assignee
    )
    said = text("look_back.listed", count=formatting.count(len(listed)))
    unnamed = sum(1 for issue in listed if assignee[1] and not issue.look_assignee_id)
    return Done(said + (text("look_back.own_left", count=unnamed, name=assignee[0]) if unnamed else ""))
