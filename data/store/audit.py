"""Append-only audit: one entry per write, each chained to the one before by a keyed hash."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.store.engine import Store
from data.store.schema import audit_entry, audit_head

CHAINED = ("sequence", "at", "actor", "action", "subject_kind", "subject_id", "before", "after",
           "reason")  # fmt: skip


@dataclass(frozen=True)
class Act:
    """Who did what to which subject, when (UTC) and why."""

    actor: str
    action: str
    subject_kind: str
    subject_id: str
    at: datetime
    reason: str = ""


def record(
    store: Store,
    connection: Connection,
    act: Act,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add the entry of a write to the transaction of that write; only changed fields are kept."""
    moved = update(audit_head).where(audit_head.c.head_id == 1).values(
        sequence=audit_head.c.sequence + 1
    )  # fmt: skip
    connection.execute(moved)  # holds the row, so that writers follow one another
    head = connection.execute(select(audit_head)).one()
    old, new = dict(before or {}), dict(after or {})
    changed = [k for k in (*old, *(k for k in new if k not in old)) if old.get(k) != new.get(k)]
    entry: dict[str, Any] = {
        "sequence": head.sequence,
        "at": act.at.isoformat(timespec="microseconds"),
        "actor": act.actor,
        "action": act.action,
        "subject_kind": act.subject_kind,
        "subject_id": act.subject_id,
        "before": _canonical({k: old[k] for k in changed if k in old}),
        "after": _canonical({k: new[k] for k in changed if k in new}),
        "reason": act.reason,
    }
    digest = _digest(store.audit_key, head.hash, entry)
    connection.execute(
        insert(audit_entry).values(**entry, previous_hash=head.hash, hash=digest)
    )  # fmt: skip
    connection.execute(update(audit_head).where(audit_head.c.head_id == 1).values(hash=digest))


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str,
                      separators=(",", ":"))  # fmt: skip


def _digest(key: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    content = previous + _canonical({k: entry[k] for k in CHAINED})
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class ChainCheck:
    """Result of reading the chain: entries read, and the first that is not as it was written."""

    entry_count: int
    head_hash: str
    first_broken: int | None


def state_of(store: Store) -> str:
    """A word that changes with every write, since every write has its entry.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    with store.read() as connection:
        return connection.execute(select(audit_head.c.hash)).scalar_one()


def check_chain(store: Store) -> ChainCheck:
    """Read the whole chain; a changed, missing or added entry breaks it."""
    previous = "0" * 64
    expected = 1
    with store.read() as connection:
        head = connection.execute(select(audit_head)).one()
        entries = connection.execute(select(audit_entry).order_by(audit_entry.c.sequence))
        for entry in entries.mappings():
            digest = _digest(store.audit_key, previous, dict(entry))
            found = (entry["sequence"], entry["previous_hash"], entry["hash"])
            if found != (expected, previous, digest):
                return ChainCheck(expected - 1, head.hash, expected)
            previous, expected = digest, expected + 1
    is_whole = (head.sequence, head.hash) == (expected - 1, previous)
    return ChainCheck(expected - 1, head.hash, None if is_whole else expected)


@dataclass(frozen=True)
class AuditRow:
    """One entry as shown to people; `before` and `after` hold the changed fields."""

    sequence: int
    at: datetime
    actor: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str


def history(store: Store, subject_kind: str, subject_id: str) -> list[AuditRow]:
    """All entries about one subject, oldest first."""
    asked = (
        select(audit_entry)
        .where(audit_entry.c.subject_kind == subject_kind, audit_entry.c.subject_id == subject_id)
        .order_by(audit_entry.c.sequence)
    )
    with store.read() as connection:
        return [_row(r) for r in connection.execute(asked)]


def _row(r: Any) -> AuditRow:
    return AuditRow(r.sequence, datetime.fromisoformat(r.at), r.actor, r.action,
                    json.loads(r.before), json.loads(r.after), r.reason)  # fmt: skip


@dataclass(frozen=True)
class AuditEntry:
    """One entry with what it is about, for the auditor."""

    sequence: int
    subject_kind: str
    subject_id: str
    row: AuditRow


def entries(store: Store, *, action: str, before: int | None, most: int) -> list[AuditEntry]:
    """The newest entries, of one action and older than `before` where asked."""
    asked = select(audit_entry).order_by(audit_entry.c.sequence.desc()).limit(most)
    if action:
        asked = asked.where(audit_entry.c.action == action)
    if before is not None:
        asked = asked.where(audit_entry.c.sequence < before)
    with store.read() as connection:
        return [AuditEntry(r.sequence, r.subject_kind, r.subject_id, _row(r))
                for r in connection.execute(asked)]  # fmt: skip


def actions(store: Store) -> list[str]:
    """Every kind of action in the log."""
    with store.read() as connection:
        asked = select(audit_entry.c.action).distinct().order_by(audit_entry.c.action)
        return list(connection.execute(asked).scalars())
