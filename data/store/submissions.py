"""Returns handed in by offices: checked, submitted with explanations, taken over or sent back."""

import hashlib
import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.access import SYSTEM, Actor, Permission, Viewer
from data.periods import parse_period
from data.rows.examination import Examination
from data.store import audit
from data.store.engine import LARGEST_NUMBER, Store
from data.store.names import account_names
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_characters, check_words
from data.store.schema import submission as submission_table
from data.store.submission import ACCEPTING, APPROVED, CHECKED, RETURNED, SUBMITTED, Step, Submission

SUBJECT = "submission"
NAMED = ("submitted_by", "decided_by")


def add_submission(store: Store, viewer: Viewer, fields: dict[str, Any], at: datetime) -> int:
    """Keep checked files; `fields` holds district_code, period, file_name, sha256, result.

    Raises:
        RefusedError: no permission, or another's unit.
    """
    _may(viewer, Permission.RETURNS_SUBMIT, fields["district_code"])
    if parse_period(fields["period"]) is None:
        raise RefusedError("bad_period")
    check_words(fields["file_name"])
    values = {**fields, "result": json.dumps(fields["result"], ensure_ascii=False)}
    with store.write() as connection:
        made = connection.execute(
            insert(submission_table).values(
                **values,
                status=CHECKED,
                explanations="{}",
                reason="",
                note="",
                submitted_by=viewer.name,
                submitted_by_id=viewer.account_id,
                decided_by="",
                decided_by_id="",
                batch_id="",
                version=1,
                updated_at=at,
            )
        )
        number = int(made.inserted_primary_key[0])  # type: ignore[index]
        told = {k: fields[k] for k in ("district_code", "period", "file_name", "sha256")}
        act = audit.AuditEvent(viewer.actor, "check", SUBJECT, str(number), at)
        audit.record(store, connection, act, {}, told)
    return number


def examined_again(store: Store, viewer: Viewer, step: Step, result: Examination, at: datetime) -> None:
    """The same files were looked at again, with what a person said of their headers.

    Raises:
        RefusedError: no permission, or it is handed in already.
        ChangedMeanwhileError: somebody was faster.
    """
    submission = _known(store, step.number)
    _may(viewer, Permission.RETURNS_SUBMIT, submission.district_code)
    if submission.status != CHECKED:
        raise RefusedError("not_now")
    if submission.version != step.version:
        raise ChangedMeanwhileError(submission.moved_by, submission.updated_at, submission.moved_by_id)
    _move(store, viewer.actor, submission, at, status=CHECKED, result=json.dumps(result, ensure_ascii=False))


def submit(
    store: Store,
    viewer: Viewer,
    step: Step,
    explanations: dict[str, str],
    at: datetime,
    *,
    is_correction: bool,
    is_agreed: bool = False,
) -> None:
    """Hand checked files in; every group of queries is explained, a correction has its reason.

    What changes or removes rows in force needs a yes (`is_agreed`).

    Raises:
        RefusedError: blocked, an explanation, the yes or the reason is missing, or it is not the time.
        ChangedMeanwhileError: somebody was faster.
    """
    submission = _known(store, step.number)
    _may(viewer, Permission.RETURNS_SUBMIT, submission.district_code)
    if submission.status != CHECKED:
        raise RefusedError("not_now")
    if submission.is_blocked:
        raise RefusedError("still_blocked")
    said = {g: explanations.get(g, "").strip() for g in submission.to_explain}
    if not all(said.values()):
        raise RefusedError("needs_explanation")
    check_words(step.words)
    check_characters(*said.values())
    if is_correction and not step.words:
        raise RefusedError("needs_correction_reason")
    if submission.replaces_rows and not is_agreed:
        raise RefusedError("needs_agreement")
    if submission.version != step.version:
        raise ChangedMeanwhileError(submission.moved_by, submission.updated_at, submission.moved_by_id)
    _move(
        store,
        viewer.actor,
        submission,
        at,
        status=SUBMITTED,
        submitted_by=viewer.name,
        submitted_by_id=viewer.account_id,
        explanations=json.dumps(said, ensure_ascii=False),
        reason=step.words,
    )


def send_back(store: Store, viewer: Viewer, step: Step, at: datetime) -> None:
    """The city sends a return back with a word; not who handed it in.

    Raises:
        RefusedError: no permission, own return, not the time, or no word.
        ChangedMeanwhileError: somebody was faster.
    """
    submission = may_decide(store, viewer, step)
    check_words(step.words)
    if not step.words:
        raise RefusedError("needs_reason")
    _move(store, viewer.actor, submission, at, status=RETURNED, note=step.words, **_decided_by(viewer))


def reserve(store: Store, viewer: Viewer, step: Step, at: datetime) -> Submission:
    """First step of taking over: from now on nobody else decides; who and when is written down.

    Raises:
        RefusedError: no permission, own return, or not the time.
        ChangedMeanwhileError: somebody was faster.
    """
    submission = may_decide(store, viewer, step)
    check_words(step.words)
    _move(store, viewer.actor, submission, at, status=ACCEPTING, note=step.words, **_decided_by(viewer))
    return _known(store, submission.submission_id)


def approve(store: Store, submission: Submission, batch_id: str, at: datetime) -> None:
    """Last step: the batch is recorded, and whoever reserved has taken the return over.

    Raises:
        ChangedMeanwhileError: it is no longer as it was reserved.
    """
    _move(
        store,
        Actor(submission.decided_by, submission.decided_by_id),
        submission,
        at,
        status=APPROVED,
        batch_id=batch_id,
    )


def release(store: Store, submission: Submission, at: datetime) -> None:
    """Undo the first step: no batch was recorded, and the return waits for a decision again.

    Raises:
        ChangedMeanwhileError: it is no longer as it was reserved.
    """
    _move(store, SYSTEM.actor, submission, at, status=SUBMITTED, note="", decided_by="", decided_by_id="")


def may_decide(store: Store, viewer: Viewer, step: Step) -> Submission:
    """The submission, if this viewer may decide on it now.

    Raises:
        RefusedError: no permission, own return, or not the time.
        ChangedMeanwhileError: it is no longer as the viewer saw it.
    """
    submission = _known(store, step.number)
    _may(viewer, Permission.RETURNS_APPROVE, submission.district_code)
    if submission.status != SUBMITTED:
        raise RefusedError("not_now")
    if viewer.account and viewer.is_person(submission.submitted_by, submission.submitted_by_id):
        raise RefusedError("own_return")
    if submission.version != step.version:
        raise ChangedMeanwhileError(submission.moved_by, submission.updated_at, submission.moved_by_id)
    return submission


def find_submission(store: Store, viewer: Viewer, number: int) -> Submission | None:
    """One submission within the viewer's scope, its people told apart; None where there is none."""
    if number > LARGEST_NUMBER:
        return None
    with store.read() as connection:
        submission = _find(connection, number)
    may_see = submission is not None and viewer.scope.allows(submission.district_code)
    return account_names(store).told_apart(submission, *NAMED) if submission is not None and may_see else None


def list_submissions(store: Store, viewer: Viewer, most: int = 200) -> list[Submission]:
    """The newest submissions within the viewer's scope, their people told apart."""
    asked = select(submission_table).order_by(submission_table.c.submission_id.desc())
    with store.read() as connection:
        rows = [_submission(r) for r in connection.execute(asked).mappings()]
    names = account_names(store)
    return [names.told_apart(s, *NAMED) for s in rows if viewer.scope.allows(s.district_code)][:most]


def submissions_in(store: Store, *statuses: str) -> list[Submission]:
    """All submissions in these states, oldest first."""
    asked = select(submission_table).where(submission_table.c.status.in_(statuses))
    with store.read() as connection:
        rows = connection.execute(asked.order_by(submission_table.c.submission_id)).mappings()
        return [_submission(r) for r in rows]


def _decided_by(viewer: Viewer) -> dict[str, str]:
    return {"decided_by": viewer.name, "decided_by_id": viewer.account_id}


def _move(store: Store, by: Actor, submission: Submission, at: datetime, **values: str) -> None:
    changed = (
        update(submission_table)
        .where(
            submission_table.c.submission_id == submission.submission_id,
            submission_table.c.version == submission.version,
        )
        .values(**values, version=submission.version + 1, updated_at=at)
    )
    with store.write() as connection:
        if connection.execute(changed).rowcount != 1:
            now = _find(connection, submission.submission_id) or submission
            raise ChangedMeanwhileError(now.moved_by, now.updated_at, now.moved_by_id)
        act = audit.AuditEvent(by, values["status"], SUBJECT, str(submission.submission_id), at)
        told = {k: v for k, v in values.items() if k not in ("explanations", "result")}
        if "explanations" in values:  # the words stand with the return; here is what they were
            digest = hashlib.sha256(values["explanations"].encode()).hexdigest()
            told["explanations_sha256"] = digest
        audit.record(store, connection, act, {"status": submission.status}, told)


def _may(viewer: Viewer, permission: Permission, district_code: str) -> None:
    if permission not in viewer.permissions or not viewer.scope.allows(district_code):
        raise RefusedError("no_permission")


def _known(store: Store, number: int) -> Submission:
    with store.read() as connection:
        submission = _find(connection, number)
    if submission is None:
        raise RefusedError("unknown_submission")
    return submission


def _find(connection: Connection, number: int) -> Submission | None:
    asked = select(submission_table).where(submission_table.c.submission_id == number)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else _submission(row)


def _submission(row: Any) -> Submission:
    values = {f.name: row[f.name] for f in fields(Submission)}
    for name in ("result", "explanations"):
        values[name] = json.loads(values[name])
    return Submission(**values)
