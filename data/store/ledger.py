"""问题台账: issues move as `transitions.csv` permits; a write leaves one audit entry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from data.access import Actor, Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import IssueOrigin
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.issue_evidence import REBOUNDED, is_of_before, lacks_evidence
from data.store.issue_rows import Issue as Issue
from data.store.issue_rows import Move as Move
from data.store.issue_rows import find_in as find_in
from data.store.look_back_record import LOOKED, LookBack, answers_in_words, keep_look_back, lacking_answers
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import issue as issue_table
from data.store.steps import may_take, transition_of, transitions_of

SUBJECT = "issue"
REVIEWED = {"return", "close", "close_unmet", "confirm", "find_rebound"}
UNMET = "close_unmet"
ASSIGN = "assign"
ANEW: dict[str, Any] = {"due_on": None}
"""What rebounded is put right anew: the deadline of the first time says nothing of it."""
LOOK_BACK = "look_back"
"""The step that lists a closed issue, and the state that it leads to."""
CHOSEN = "chosen"
"""Why an issue is looked at again that no rule takes: the city listed it."""
NOT_LISTED: dict[str, Any] = {
    "look_listed_on": None,
    "look_due_on": None,
    "look_reason": "",
    "look_assignee": "",
    "look_assignee_id": "",
}
NO_REQUEST: dict[str, Any] = {"requested_due_on": None, "requested_by": None, "requested_by_id": ""}


@dataclass(frozen=True)
class Done:
    """Who changed an issue by which step, and why."""

    actor: Actor
    action: str
    reason: str = ""


def list_issues(store: Store) -> list[Issue]:
    """All issues, by code."""
    with store.read() as connection:
        asked = select(*(issue_table.c[field.name] for field in fields(Issue))).order_by(issue_table.c.issue_code)
        return [Issue(*row) for row in connection.execute(asked).all()]


def issues_of_school(store: Store, school_code: str) -> list[Issue]:
    """The issues of one school, by code."""
    asked = select(issue_table).where(issue_table.c.school_code == school_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(issue_table.c.issue_code))
        return [Issue(**row) for row in rows.mappings()]


def find_issue(store: Store, issue_code: str) -> Issue | None:
    """One issue; None where there is none."""
    with store.read() as connection:
        return find_in(connection, issue_code)


def move(
    store: Store, catalogue: Catalogue, viewer: Viewer, requested: Move, at: datetime, *, is_met: bool | None = None
) -> Issue:
    """Carry out a move; `is_met` is the present verdict on the issue's value.

    Raises:
        RefusedError: unknown issue, no such transition, no permission, or something is missing;
            the refusal of a known action is recorded in the audit.
        ChangedMeanwhileError: the issue is not as the person saw it.
    """
    if requested.action not in {t.action for t in transitions_of(catalogue, SUBJECT)}:
        raise RefusedError("no_transition")
    check_words(
        requested.reason,
        requested.measure,
        requested.assignee,
        requested.responsible_unit,
        requested.responsible_person,
    )
    with store.write() as connection:
        issue = find_in(connection, requested.issue_code)
        if issue is None:
            raise RefusedError("unknown_issue")
        if issue.version != requested.version:
            raise ChangedMeanwhileError(issue.updated_by, issue.updated_at, issue.updated_by_id)
        transition = transition_of(catalogue, SUBJECT, issue.status, requested.action)
        refusal = "no_transition"
        if transition is not None:
            refusal = undue(catalogue, transition, viewer, issue, is_met=is_met)
            refusal = refusal or _lacking(connection, transition, issue, requested, day_of(at))
            refusal = refusal or lacking_answers(catalogue, requested.action, requested.answers)
        if transition is not None and not refusal:
            moved = moved_by(catalogue, issue, transition, viewer, requested, at, is_met=is_met)
            beside = dict[str, str]()
            if requested.action in LOOKED:
                beside["look_back_answers"] = answers_in_words(catalogue, requested.answers)
                record = look_back_record(issue, moved.status, requested.reason, viewer, at)
                keep_look_back(connection, catalogue, record, requested.answers)
            done = Done(viewer.actor, requested.action, requested.reason)
            save_change(store, connection, issue, moved, done, beside=beside)
            return moved
        act = audit.AuditEvent(viewer.actor, "refused", SUBJECT, issue.issue_code, at, f"{requested.action}: {refusal}")
        audit.record(store, connection, act)
    raise RefusedError(refusal)


def look_back_record(issue: Issue, outcome: str, finding: str, viewer: Viewer, at: datetime) -> LookBack:
    """What stays of the look-back of a listed issue."""
    return LookBack(
        0,
        issue.issue_code,
        issue.look_reason,
        issue.closed_on,
        issue.look_listed_on,
        issue.look_due_on,
        outcome,
        finding.strip(),
        viewer.name,
        viewer.account_id,
        at,
    )


def undue(catalogue: Catalogue, transition: Transition, viewer: Viewer, issue: Issue, *, is_met: bool | None) -> str:
    """Why a move is not this viewer's to make, whatever they say; empty where it is.

    Nobody verifies what is their own or looks again at what they closed, nobody of the unit what the city found, and
    only the city closes what is not shown to be met; a deadline moves where one stands and is asked for. Who was named
    for a look-back makes it.
    """
    author = (issue.rectified_by, issue.rectified_by_id)
    if transition.deadline in ("grant", "deny"):
        author = (issue.requested_by, issue.requested_by_id)
    municipal = {o.name for o in catalogue.rows(IssueOrigin) if o.is_municipal}
    is_shown_met = is_met is True
    reasons = {
        "no_permission": not may_take(transition, viewer),
        "no_deadline": transition.deadline == "ask" and issue.due_on is None,
        "no_request": transition.deadline in ("grant", "deny") and issue.requested_due_on is None,
        "needs_city": transition.needs_other_unit and issue.origin in municipal and viewer.scope.districts is not None,
        "unmet_needs_city": transition.needs_met_value and transition.to_state == "closed" and not is_shown_met,
        "needs_second_person": transition.needs_second_person and viewer.is_person(*author),
        "needs_other_reviewer": transition.needs_other_reviewer and viewer.is_person(issue.reviewer, issue.reviewer_id),
        "not_assignee": transition.action in LOOKED and _is_of_other(issue, viewer),
        "needs_met_value": transition.needs_met_value and is_met is False,
        "value_is_met": transition.action == UNMET and is_shown_met,
    }
    return next((code for code, holds in reasons.items() if holds), "")


def _is_of_other(issue: Issue, viewer: Viewer) -> bool:
    """Whether the look-back is another account's."""
    named = issue.look_assignee_id
    return bool(named and viewer.account_id) and not viewer.is_person(issue.look_assignee, named)


def _lacking(connection: Connection, transition: Transition, issue: Issue, requested: Move, today: date) -> str:
    """What a move that is the viewer's to make still needs; empty where nothing."""
    due_on = issue.requested_due_on if transition.deadline == "grant" else requested.due_on
    moves_first = transition.deadline == "first" and issue.due_on and requested.due_on not in (None, issue.due_on)
    lacks = {
        "needs_measure": transition.needs_measure
        and not (requested.measure.strip() and (requested.due_on or issue.due_on)),
        "deadline_by_request": bool(moves_first),
        "needs_deadline": transition.deadline == "ask" and requested.due_on in (None, issue.due_on),
        "due_is_past": bool(transition.deadline) and due_on not in (None, issue.due_on) and due_on < today,
        "needs_evidence": lacks_evidence(connection, transition, issue.issue_code),
        "needs_new_evidence": transition.needs_evidence and is_of_before(connection, issue.issue_code),
        "needs_reason": transition.needs_reason and not requested.reason.strip(),
        "needs_responsible": requested.action == ASSIGN and not requested.responsible_unit.strip(),
        "assignee_closed": bool(requested.assignee_id) and requested.assignee_id == issue.reviewer_id,
    }
    return next((code for code, is_missing in lacks.items() if is_missing), "")


def moved_by(
    catalogue: Catalogue,
    issue: Issue,
    transition: Transition,
    viewer: Viewer,
    requested: Move,
    at: datetime,
    *,
    is_met: bool | None,
) -> Issue:
    """The issue after a step that is permitted."""
    changes: dict[str, Any] = {"status": transition.to_state, **touched(issue, viewer, at)}
    if transition.needs_measure:
        changes |= {"measure": requested.measure.strip(), "due_on": issue.due_on or requested.due_on}
    changes |= _assigned(requested)
    if transition.deadline == "ask":
        changes |= {
            "requested_due_on": requested.due_on,
            "requested_by": viewer.name,
            "requested_by_id": viewer.account_id,
        }
    if transition.deadline == "grant":
        changes["due_on"] = issue.requested_due_on
    if transition.deadline in ("grant", "deny") or transition.to_state == "closed":
        changes |= NO_REQUEST
    if requested.action == "submit":
        changes |= {"rectified_by": viewer.name, "rectified_by_id": viewer.account_id}
    if requested.action in REVIEWED:
        changes |= {"reviewer": viewer.name, "reviewer_id": viewer.account_id, "reviewed_on": day_of(at)}
    if transition.to_state == "closed":
        changes |= {"closed_on": day_of(at), "was_met": is_met is True}
    if transition.to_state in ("under_way", REBOUNDED):
        changes |= {"closed_on": None, "was_met": False}
    if transition.to_state == REBOUNDED:
        changes |= ANEW
    if transition.to_state == LOOK_BACK:
        changes |= _listed(catalogue, issue, requested, day_of(at))
    elif issue.status == LOOK_BACK:
        changes |= NOT_LISTED
    return replace(issue, **changes)


def _assigned(requested: Move) -> dict[str, Any]:
    """Who puts an issue right from now on; nothing where the step does not say."""
    if requested.action != ASSIGN:
        return {}
    unit, person = requested.responsible_unit.strip(), requested.responsible_person.strip()
    return {"responsible_unit": unit, "responsible_person": person or None}


def _listed(catalogue: Catalogue, issue: Issue, requested: Move, today: date) -> dict[str, Any]:
    """Who looks at an issue, and by when from the day on which it is listed."""
    named = {"look_assignee": requested.assignee.strip(), "look_assignee_id": requested.assignee_id}
    if issue.status == LOOK_BACK:
        return named
    return {**named, **listed_on(catalogue, today, requested.look_reason)}


def listed_on(catalogue: Catalogue, day: date, reason: str) -> dict[str, Any]:
    """What is known of an issue that is listed for 回头看 on a day."""
    due_on = day + timedelta(days=int(catalogue.parameter("look_back_days", day)))
    return {"look_listed_on": day, "look_due_on": due_on, "look_reason": reason}


def touched(issue: Issue, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What every change of an issue changes: its version, and who changed it when."""
    return {
        "version": issue.version + 1,
        "updated_by": viewer.name,
        "updated_by_id": viewer.account_id,
        "updated_at": at,
    }


def save_change(
    store: Store,
    connection: Connection,
    before: Issue,
    after: Issue,
    done: Done,
    *,
    beside: Mapping[str, str] | None = None,
) -> None:
    """Write a changed issue, unless somebody else changed it meanwhile, and say so in the audit log, with `beside`."""
    changed = (
        update(issue_table)
        .where(issue_table.c.issue_code == before.issue_code, issue_table.c.version == before.version)
        .values(**asdict(after))
    )
    if connection.execute(changed).rowcount != 1:
        raise ChangedMeanwhileError(before.updated_by, before.updated_at, before.updated_by_id)
    act = audit.AuditEvent(done.actor, done.action, SUBJECT, after.issue_code, after.updated_at, done.reason)
    audit.record(store, connection, act, asdict(before), {**asdict(after), **(beside or {})})
