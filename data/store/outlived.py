"""What of the store has outlived its time: found, and let go of, each with its entry in the audit."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from data.access import Actor
from data.catalogue.loader import Catalogue
from data.clock import utc_now
from data.store import audit
from data.store.accounts import list_accounts
from data.store.engine import Store
from data.store.new_accounts import is_erased
from data.store.schema import (
    evidence_file,
    issue,
    login_session,
    meeting,
    return_reminder,
    submission,
    visit_photo,
    warning_letter,
    warning_state,
)
from data.store.steps import open_states
from data.store.submission import APPROVED, CHECKED, RETURNED

PRUNE = "prune"


def pinned_publications(store: Store) -> set[str]:
    """The publications that a meeting was opened with."""
    with store.read() as connection:
        return set(connection.execute(select(meeting.c.snapshot_id)).scalars())


def old_drafts(store: Store, before: datetime) -> list[int]:
    """What was examined and never handed in, and not looked at since."""
    return _submissions(store, before, CHECKED)


def old_decided(store: Store, before: datetime) -> list[int]:
    """What was taken over or sent back before that day."""
    return _submissions(store, before, APPROVED, RETURNED)


def _submissions(store: Store, before: datetime, *statuses: str) -> list[int]:
    held = submission.c
    asked = select(held.submission_id).where(held.status.in_(statuses), held.updated_at < before)
    with store.read() as connection:
        return list(connection.execute(asked.order_by(held.submission_id)).scalars())


def old_evidence(store: Store, catalogue: Catalogue, before: datetime) -> list[int]:
    """Files of issues that have been closed, and of warnings that have been lifted, since before that day."""
    held = evidence_file.c
    of_issues = select(held.evidence_id).join(issue, issue.c.issue_code == held.issue_code)
    of_issues = of_issues.where(issue.c.status.not_in(open_states(catalogue, "issue")), issue.c.updated_at < before)
    stood = warning_state.c
    of_answers = select(held.evidence_id).join(warning_state, stood.warning_key == held.warning_key)
    of_answers = of_answers.where(stood.state.not_in(open_states(catalogue, "warning")), stood.updated_at < before)
    with store.read() as connection:
        numbers = [
            number
            for asked in (of_issues, of_answers)
            for number in connection.execute(asked.where(held.removed_at.is_(None))).scalars()
        ]
    return sorted(numbers)


def evidence_hashes(store: Store) -> set[str]:
    """The contents that a row of evidence, of a photograph or of a letter still stands for."""
    with store.read() as connection:
        return {
            sha256
            for asked in (
                select(evidence_file.c.sha256).where(evidence_file.c.removed_at.is_(None)),
                select(visit_photo.c.sha256).where(visit_photo.c.removed_at.is_(None)),
                select(warning_letter.c.sha256),
            )
            for sha256 in connection.execute(asked).scalars()
        }


def old_photos(store: Store, before: datetime) -> list[int]:
    """Photographs of visits that were taken before that day."""
    held = visit_photo.c
    asked = select(held.photo_id).where(held.removed_at.is_(None), held.added_at < before)
    with store.read() as connection:
        return list(connection.execute(asked.order_by(held.photo_id)).scalars())


def old_accounts(store: Store, before: datetime) -> list[str]:
    """Accounts that have been disabled since before that day, and whose person was not let go of."""
    return [
        account.account_name
        for account in list_accounts(store)
        if account.is_disabled
        and not is_erased(account.account_name)
        and _disabled_at(store, account.account_name) < before
    ]


def _disabled_at(store: Store, account_name: str) -> datetime:
    """When it was last disabled; now where nobody knows, so that nothing is let go of too early."""
    moments = [row.at for row in audit.history(store, "account", account_name) if row.action == "disable"]
    return moments[-1] if moments else utc_now()


def old_sessions(store: Store, before: datetime) -> int:
    """Sessions that ended, or were last used, before that day."""
    return _count(store, login_session.c.session_hash, _session_is_old(before))


def old_reminders(store: Store, before: datetime) -> int:
    """Reminders of before that day."""
    return _count(store, return_reminder.c.reminder_id, return_reminder.c.reminded_at < before)


def _session_is_old(before: datetime) -> ColumnElement[bool]:
    held = login_session.c
    return or_(held.ended_at < before, held.seen_at < before)


def _count(store: Store, column: Any, condition: ColumnElement[bool]) -> int:
    with store.read() as connection:
        return int(connection.execute(select(func.count(column)).where(condition)).scalar_one())


def let_go_of_drafts(store: Store, numbers: Collection[int], by: Actor, at: datetime) -> None:
    """Drop the rows of drafts; one that was handed in meanwhile stays."""
    held = submission.c
    for number in numbers:
        with store.write() as connection:
            gone = connection.execute(
                delete(submission).where(held.submission_id == number, held.status == CHECKED)
            ).rowcount
            if gone:
                _record(store, connection, by, "submission", str(number), at)


def let_go_of_evidence(store: Store, numbers: Collection[int], by: Actor, at: datetime) -> None:
    """Say of evidence that its file has gone."""
    held = evidence_file.c
    for number in numbers:
        with store.write() as connection:
            asked = select(held.issue_code, held.warning_key).where(held.evidence_id == number)
            issue_code, warning_key = connection.execute(asked).one()
            connection.execute(update(evidence_file).where(held.evidence_id == number).values(removed_at=at))
            kind, subject = ("issue", issue_code) if issue_code else ("warning", warning_key)
            _record(store, connection, by, kind, subject, at, {"evidence_id": number, "removed_at": at})


def let_go_of_photos(store: Store, numbers: Collection[int], by: Actor, at: datetime) -> None:
    """Say of photographs that their files have gone."""
    held = visit_photo.c
    for number in numbers:
        with store.write() as connection:
            code = connection.execute(select(held.matter_code).where(held.photo_id == number)).scalar_one()
            connection.execute(update(visit_photo).where(held.photo_id == number).values(removed_at=at))
            _record(store, connection, by, "visit", code, at, {"photo_id": number, "removed_at": at})


def let_go_of_rest(store: Store, sessions_before: datetime, reminders_before: datetime) -> None:
    """Drop sessions and reminders that have outlived their time."""
    with store.write() as connection:
        connection.execute(delete(login_session).where(_session_is_old(sessions_before)))
        connection.execute(delete(return_reminder).where(return_reminder.c.reminded_at < reminders_before))


def note_files(store: Store, numbers: Sequence[int], by: Actor, at: datetime) -> None:
    """Say in the audit that the files of these submissions were let go of; their rows stay."""
    for number in numbers:
        with store.write() as connection:
            _record(store, connection, by, "submission", str(number), at)


def note_publications(store: Store, snapshot_ids: Sequence[str], by: Actor, at: datetime) -> None:
    """Say in the audit that these publications were let go of."""
    for snapshot_id in snapshot_ids:
        with store.write() as connection:
            _record(store, connection, by, "snapshot", snapshot_id, at)


def _record(
    store: Store,
    connection: Connection,
    by: Actor,
    kind: str,
    subject: str,
    at: datetime,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(store, connection, audit.AuditEvent(by, PRUNE, kind, subject, at), {}, after)
