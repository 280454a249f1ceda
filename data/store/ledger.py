"""问题台账: issues move as `transitions.csv` permits; a write leaves one audit entry."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from data.access import Actor, Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import IssueOrigin
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import evidence_file
from data.store.schema import issue as issue_table
from data.store.steps import may_take, transition_of, transitions_of

SUBJECT = "issue"
REVIEWED = {"return", "close", "close_unmet", "confirm", "find_rebound"}
UNMET = "close_unmet"
ANEW: dict[str, Any] = {"due_on": None}
"""What rebounded is put right anew: the deadline of the first time says nothing of it."""
NO_REQUEST: dict[str, Any] = {"requested_due_on": None, "requested_by": None, "requested_by_id": ""}


@dataclass(frozen=True)
class Issue:
    """One problem; `was_met` says that a value met its line while the issue was closed."""

    issue_code: str
    district_code: str
    school_code: str | None
    stage: str | None
    item_code: str | None
    problem: str
    origin: str
    round: int | None
    found_on: date
    measure: str | None
    responsible_unit: str | None
    responsible_person: str | None
    due_on: date | None
    status: str
    rectified_by: str | None
    reviewer: str | None
    reviewed_on: date | None
    closed_on: date | None
    evidence: str | None
    was_met: bool
    is_demonstration: bool
    version: int
    updated_by: str
    updated_at: datetime
    rectified_by_id: str = ""
    reviewer_id: str = ""
    updated_by_id: str = ""
    requested_due_on: date | None = None
    """The deadline that the unit asks for; the city grants or denies it."""
    requested_by: str | None = None
    requested_by_id: str = ""

    @property
    def cell(self) -> tuple[str, str, str]:
        """The value it is about: school or unit, stage, item."""
        return (self.school_code or self.district_code, self.stage or "", self.item_code or "")


@dataclass(frozen=True)
class Move:
    """What somebody wants done to an issue as they saw it (`version`)."""

    issue_code: str
    version: int
    action: str
    reason: str = ""
    measure: str = ""
    due_on: date | None = None


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
    check_words(requested.reason, requested.measure)
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
        if transition is not None and not refusal:
            moved = moved_by(issue, transition, viewer, requested, at, is_met=is_met)
            save_change(store, connection, issue, moved, viewer.actor, requested.action, requested.reason)
            return moved
        act = audit.AuditEvent(viewer.actor, "refused", SUBJECT, issue.issue_code, at, f"{requested.action}: {refusal}")
        audit.record(store, connection, act)
    raise RefusedError(refusal)


def undue(catalogue: Catalogue, transition: Transition, viewer: Viewer, issue: Issue, *, is_met: bool | None) -> str:
    """Why a move is not this viewer's to make, whatever they say; empty where it is.

    Nobody verifies what is their own or looks again at what they closed, nobody of the unit what the city found, and
    only the city closes what is not shown to be met; a deadline moves where one stands and is asked for.
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
        "needs_met_value": transition.needs_met_value and is_met is False,
        "value_is_met": transition.action == UNMET and is_shown_met,
    }
    return next((code for code, holds in reasons.items() if holds), "")


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
        "needs_evidence": _lacks_evidence(connection, transition, issue.issue_code),
        "needs_reason": transition.needs_reason and not requested.reason.strip(),
    }
    return next((code for code, is_missing in lacks.items() if is_missing), "")


def moved_by(
    issue: Issue, transition: Transition, viewer: Viewer, requested: Move, at: datetime, *, is_met: bool | None
) -> Issue:
    """The issue after a step that is permitted."""
    changes: dict[str, Any] = {"status": transition.to_state, **touched(issue, viewer, at)}
    if transition.needs_measure:
        changes |= {"measure": requested.measure.strip(), "due_on": issue.due_on or requested.due_on}
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
    if transition.to_state in ("under_way", "rebounded"):
        changes |= {"closed_on": None, "was_met": False}
    if transition.to_state == "rebounded":
        changes |= ANEW
    return replace(issue, **changes)


def touched(issue: Issue, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What every change of an issue changes: its version, and who changed it when."""
    return {
        "version": issue.version + 1,
        "updated_by": viewer.name,
        "updated_by_id": viewer.account_id,
        "updated_at": at,
    }


def save_change(
    store: Store, connection: Connection, before: Issue, after: Issue, actor: Actor, action: str, reason: str
) -> None:
    """Write a changed issue, unless somebody else changed it meanwhile, and say so in the audit log."""
    changed = (
        update(issue_table)
        .where(issue_table.c.issue_code == before.issue_code, issue_table.c.version == before.version)
        .values(**asdict(after))
    )
    if connection.execute(changed).rowcount != 1:
        raise ChangedMeanwhileError(before.updated_by, before.updated_at, before.updated_by_id)
    act = audit.AuditEvent(actor, action, SUBJECT, after.issue_code, after.updated_at, reason)
    audit.record(store, connection, act, asdict(before), asdict(after))


def find_in(connection: Connection, issue_code: str) -> Issue | None:
    """The issue as this transaction sees it."""
    asked = select(issue_table).where(issue_table.c.issue_code == issue_code)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Issue(**row)


def _lacks_evidence(connection: Connection, transition: Transition, issue_code: str) -> bool:
    """Whether a file that counts is still needed: to hand in, and to close what only voided files speak for."""
    held = evidence_file.c
    asked = select(held.voided_at.is_(None) & held.removed_at.is_(None)).where(held.issue_code == issue_code)
    counting = [bool(row[0]) for row in connection.execute(asked)]
    if transition.needs_evidence:
        return not any(counting)
    return transition.to_state == "closed" and bool(counting) and not any(counting)
