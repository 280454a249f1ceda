"""A wrong batch is withdrawn, a wrong publication rolled back; nothing is deleted, all is audited.

What is done stands in signed lines beside the files; the audit entry follows in the store, at once
or, where the store cannot be reached, when `note_in_audit` next can.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from data.access import Actor
from data.atomic_files import DamagedFileError, exclusive_if_free, file_lock, read_signed
from data.importing.register import WITHDRAWN, Entry, add_entry, now_words, open_register, read_register, withdrawals
from data.settings import Settings
from data.store import audit
from data.store.engine import Store
from data.store.refusals import RefusedError
from data.warehouse.snapshots import (
    Move,
    add_move,
    id_of,
    in_force,
    moves,
    newest_first,
    path_of,
    point_to,
    published_batches,
    read_record,
    standing_first,
)

BATCH, SNAPSHOT = "batch", "snapshot"
WITHDRAW, ROLLBACK, PUBLISH = "withdraw", "rollback", "publish"
MOST_PUBLICATIONS = 20
"""As many of the newest are looked at for an entry that is missing."""
LONGEST_REASON = 500


def withdraw(settings: Settings, batch_id: str, by: Actor, reason: str) -> Entry:
    """Leave a batch out of every later publication; what it had superseded counts again.

    A batch whose folder is lost can be withdrawn too.

    Raises:
        RefusedError: no reason, no such batch, or it was withdrawn before.
        DamagedFileError: the register is not as it was signed.
    """
    plain_reason = _reason(reason)
    folder = settings.batches_folder
    published = published_batches(settings.snapshots_folder)
    with file_lock(folder):
        entries = open_register(folder)
        known = {e.batch_id for e in entries} | {b for ids in published.values() for b in ids}
        if batch_id not in known:
            raise RefusedError("unknown_batch")
        if batch_id in withdrawals(entries):
            raise RefusedError("withdrawn_before")
        entry = Entry(WITHDRAWN, batch_id, "", now_words(), by.name, plain_reason, by.account_id)
        add_entry(folder, entry)
    return entry


def rollback(settings: Settings, snapshot_id: str, by: Actor, reason: str) -> Move:
    """Move the readers back to an earlier whole publication; empty is the one before.

    Raises:
        RefusedError: no reason, no such earlier publication, or nothing whole to go back to.
        DamagedFileError: the moves before are not as they were signed.
    """
    plain_reason = _reason(reason)
    folder = settings.snapshots_folder
    with file_lock(folder):
        left = in_force(folder)
        to = _earlier(folder, left, snapshot_id)
        move = Move(left, to, now_words(), by.name, plain_reason, by.account_id)
        add_move(folder, move)
        point_to(folder, to)
    return move


def end_interrupted_rollback(settings: Settings) -> None:
    """Move the readers where a rollback was written down and cut off before it moved them."""
    folder = settings.snapshots_folder
    with exclusive_if_free(folder) as is_free:
        last = next(iter(reversed(moves(folder))), None)
        if is_free and last is not None and last.left == in_force(folder):
            point_to(folder, last.to)


def note_in_audit(settings: Settings, store: Store) -> int:
    """Write the audit entries of publications, withdrawals and rollbacks that have none yet; returns how many.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    events: list[tuple[audit.AuditEvent, dict[str, str]]] = []
    for entry in withdrawals(read_register(settings.batches_folder)).values():
        at = _moment(entry.at)
        act = audit.AuditEvent(Actor(entry.by, entry.by_id), WITHDRAW, BATCH, entry.batch_id, at, entry.reason)
        events.append((act, {}))
    for move in moves(settings.snapshots_folder):
        act = audit.AuditEvent(Actor(move.by, move.by_id), ROLLBACK, SNAPSHOT, move.to, _moment(move.at), move.reason)
        events.append((act, {"left": move.left, "in_force": move.to}))
    events += _publications(settings.snapshots_folder)
    with store.read() as connection:
        missing = [event for event in events if not _is_noted(connection, event[0])]
    done = 0
    for act, after in missing:
        with store.write() as connection:
            if not _is_noted(connection, act):
                audit.record(store, connection, act, {}, after)
                done += 1
    return done


def _publications(folder: Path) -> list[tuple[audit.AuditEvent, dict[str, str]]]:
    """What the records of the newest publications say of who made them, oldest first."""
    made: list[tuple[audit.AuditEvent, dict[str, str]]] = []
    for path in reversed(newest_first(folder)[:MOST_PUBLICATIONS]):
        try:
            record = read_signed(path.with_suffix(".json"))
        except DamagedFileError:  # the board and `verify` say so
            continue
        if by := record.get("published_by"):
            actor = Actor(by, record["published_by_id"])
            act = audit.AuditEvent(actor, PUBLISH, SNAPSHOT, id_of(path), _moment(record["created_at"]))
            made.append((act, {"in_force": id_of(path)}))
    return made


def _is_noted(connection: Connection, act: audit.AuditEvent) -> bool:
    known = audit.history_within(connection, act.subject_kind, act.subject_id)
    return any((row.action, row.at) == (act.action, act.at) for row in known)


def _earlier(folder: Path, left: str, requested: str) -> str:
    """The publication to go back to, found to be whole."""
    standing = [id_of(p) for p in standing_first(folder) if id_of(p) < left]
    if requested and requested not in standing:
        raise RefusedError("unknown_snapshot")
    for snapshot_id in [requested] if requested else standing:
        try:
            read_record(path_of(folder, snapshot_id))
        except DamagedFileError:
            continue
        return snapshot_id
    raise RefusedError("nothing_earlier")


def _reason(reason: str) -> str:
    plain = " ".join(reason.split())
    if len(plain) > LONGEST_REASON:
        raise RefusedError("too_long")
    if not plain:
        raise RefusedError("needs_reason")
    return plain


def _moment(timestamp: str) -> datetime:
    return datetime.fromisoformat(timestamp).replace(tzinfo=None)
