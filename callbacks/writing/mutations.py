"""What users write: a request is checked, carried out by the store, answered, and shown."""

from collections.abc import Callable, Sequence

import dash
from dash.dependencies import Input, Output, State

from callbacks.dependencies import Dependencies
from callbacks.pages.assignees import person_to_look
from callbacks.pages.meetings import write_meeting
from callbacks.rendering.binding import App, bind
from callbacks.rendering.dispatch import page_of, send_updates
from callbacks.writing.form_fields import Done, Request, actor_of, date_field_of, int_field_of, text_field_of
from callbacks.writing.look_back import list_due
from callbacks.writing.opening import open_issue
from callbacks.writing.reminding import remind_of_all, sent_with, warning_of_today
from data.access import Permission, Viewer
from data.store import warnings
from data.store.engine import StoreDownError
from data.store.evidence import find_evidence, void_evidence
from data.store.ledger import Move, move
from data.store.look_back_record import checks_of
from data.store.names import account_names
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.warning_letters import Letter
from data.store.warning_state import WarningState
from data.text import text
from layouts import formatting
from layouts.ids import ShellId
from queries.ledger import LedgerRow, find_in_scope
from queries.reader import NoSnapshotError


def move_issue(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Move an issue; returns what to say."""
    row = changeable_issue(deps, text_field_of(request, "issue_code"))
    name, number = person_to_look(deps, text_field_of(request, "assignee"), row.district_code)
    requested_move = Move(
        text_field_of(request, "issue_code"),
        int_field_of(request, "version"),
        text_field_of(request, "action"),
        text_field_of(request, "reason"),
        text_field_of(request, "measure"),
        date_field_of(request, "due_on"),
        assignee=name,
        assignee_id=number,
        answers={
            check.check_code: text_field_of(request, f"check_{check.check_code}") for check in checks_of(deps.catalogue)
        },
        responsible_unit=text_field_of(request, "responsible_unit"),
        responsible_person=text_field_of(request, "responsible_person"),
    )
    cell = row.cell
    moved = move(deps.store, deps.catalogue, viewer, requested_move, deps.now(), is_met=cell.is_met if cell else None)
    return Done(text("form.saved", what=moved.issue_code))


def changeable_issue(deps: Dependencies, issue_code: str) -> LedgerRow:
    """An issue that who acts may change.

    Raises:
        RefusedError: there is none in the scope, or it is the whole unit's and not a school's.
    """
    row = find_in_scope(deps.warehouse.current(), deps.store, issue_code)
    if row is None:
        raise RefusedError("unknown_issue")
    if not deps.current_viewer().scope.may_change(row.district_code, row.issue.school_code):
        raise RefusedError("matter_of_unit")
    return row


def void_file(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Mark an evidence file as void; returns what to say."""
    changeable_issue(deps, text_field_of(request, "issue_code"))
    number = int_field_of(request, "evidence_id")
    known = find_evidence(deps.store, number)
    if known is None or known[0].issue_code != text_field_of(request, "issue_code"):
        raise RefusedError("unknown_evidence")
    gone = void_evidence(deps.store, deps.catalogue, viewer, number, text_field_of(request, "reason"), deps.now())
    return Done(text("form.saved", what=gone.file_name))


def step_warning(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Take a step with a warning; returns what to say."""
    answerable_warning(deps, text_field_of(request, "warning_key"))
    step = warnings.WarningStep(
        text_field_of(request, "warning_key"),
        int_field_of(request, "version"),
        text_field_of(request, "action"),
        text_field_of(request, "reason"),
    )
    shown = text_field_of(request, "shown_state")

    def take(letters: Sequence[Letter] = ()) -> WarningState:
        letter = letters[0] if letters else None
        return warnings.step(deps.store, deps.catalogue, viewer, step, deps.now(), shown_state=shown, letter=letter)

    if step.action != warnings.REMIND or Permission.WARNINGS_SUPERVISE not in viewer.permissions:
        take()
        return Done(text("form.saved", what=text("warn.warning")))
    rows, warning = warning_of_today(deps, step.warning_key)
    _, letters = sent_with(deps, rows, [warning], take)
    return Done(text("reminding.sent", number=letters[0].document_number))


def answerable_warning(deps: Dependencies, warning_key: str) -> None:
    """Let through who may change what a warning is about.

    Raises:
        RefusedError: it is of a unit outside the scope, or the whole unit's and not a school's.
    """
    scope, district = deps.current_viewer().scope, warnings.unit_of(warning_key)
    if not scope.allows(district):
        raise RefusedError("unknown_warning")
    if not scope.may_change(district):
        raise RefusedError("matter_of_unit")


def acknowledge_upload(_: Dependencies, request: Request, __: Viewer) -> Done:
    """Nothing to write: an upload has been taken; returns what to say."""
    return Done(text("form.saved", what=text_field_of(request, "what")))


FIELDS_OF = {
    "needs_measure": ["measure", "due_on"],
    "needs_reason": ["reason"],
    "needs_actor": ["actor"],
    "machine_name": ["actor"],
    "needs_title": ["title", "subject", "resolution"],
    "bad_address": ["address"],
    "needs_deadline": ["due_on"],
    "deadline_by_request": ["due_on"],
    "due_is_past": ["due_on"],
    "bad_day": ["held_on", "due_on"],
    "bad_number": ["minutes"],
    "needs_template": ["template"],
    "needs_unit": ["district"],
    "needs_problem": ["problem"],
    "unknown_school": ["school_code"],
}
"""Which fields of a form a refusal is about, where it is about some."""

Mutation = Callable[[Dependencies, Request, Viewer], Done]
MUTATIONS: dict[str, Mutation] = {
    "ledger": move_issue,
    "open_issue": open_issue,
    "look_back": list_due,
    "warning": step_warning,
    "remind_all": remind_of_all,
    "meeting": write_meeting,
    "uploaded": acknowledge_upload,
    "void_evidence": void_file,
}


def handle_mutation(
    deps: Dependencies, request: Request | None, path: str | None, search: str | None, shown: dict[str, str] | None
) -> list[dict[str, object] | dash.NoUpdate]:
    """Carry out a request and show the page anew; says what happened in either case, and to which form."""
    function = MUTATIONS.get(text_field_of(request or {}, "kind"))
    if request is None or function is None:
        return [dash.no_update]
    is_saved, fields, opens = False, list[str](), ""
    try:
        done = function(deps, request, actor_of(deps, text_field_of(request, "actor")))
        is_saved, message, opens = True, done.words, done.opens
    except RefusedError as error:
        fields = FIELDS_OF.get(error.code, [])
        message = text("form.refused", reason=text(f"refused.{error.code}", detail=error.detail))
    except ChangedMeanwhileError as error:
        message = text(
            "form.changed", who=account_names(deps.store).shown(error.by, error.by_id), time=formatting.moment(error.at)
        )
    except NoSnapshotError:
        message = text("form.refused", reason=text("state.no_snapshot"))
    except StoreDownError as error:
        message = text(f"state.{error.state}_body")
    _refresh_page(deps, path, search, shown)
    answer = {"form": request.get("form", ""), "is_saved": is_saved, "words": message, "fields": fields, "opens": opens}
    return [{**answer, "at": request.get("at")}]


def _refresh_page(deps: Dependencies, path: str | None, search: str | None, shown: dict[str, str] | None) -> None:
    name, _, panels = page_of(deps, path, search)
    if shown is not None and shown.get("page") == name:
        send_updates(panels)


def register(app: App, deps: Dependencies) -> None:
    """Wire the forms' requests to the store."""
    bind(
        app,
        deps,
        handle_mutation,
        outputs=[Output(ShellId.ANSWER, "data")],
        inputs=[
            Input(ShellId.REQUEST, "data"),
            State(ShellId.URL, "pathname"),
            State(ShellId.URL, "search"),
            State(ShellId.SHOWN, "data"),
        ],
        needs=Permission.READ_FIGURES,
        on_load=False,
    )
