"""Append-only audit: one entry per write, each chained to the one before by a keyed hash.

The head says how many entries there are, under the same key, so that nobody without it can cut the
chain's end off. Heads noted outside the database show a whole database put back to an earlier day.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.access import Actor
from data.atomic_files import fsync_path, private_folder
from data.store.audit_source import NOWHERE, SOURCE, digest_of
from data.store.engine import Store, stream_after
from data.store.schema import audit_address, audit_entry, audit_head

CHAINED = ("sequence", "at", "actor", "action", "subject_kind", "subject_id", "before", "after", "reason")
CHAINED_WHERE_KNOWN = ("account_id", "role", "address_digest", "request_id")
"""Not there in entries from before, whose hashes stay what they were."""
WITH_ADDRESS = select(audit_entry, audit_address.c.address).join_from(
    audit_entry, audit_address, audit_address.c.sequence == audit_entry.c.sequence, isouter=True
)
START = "0" * 64
PIECE = 2_000
"""Entries that are held at once while the chain is read."""
MOST_CHARACTERS = 64 * 1024
"""An imported issue before and after, each text as long as a cell may be, takes two thirds."""


@dataclass(frozen=True)
class AuditEvent:
    """Who did what to which subject, when (UTC) and why."""

    actor: Actor
    action: str
    subject_kind: str
    subject_id: str
    at: datetime
    reason: str = ""


def hold_head(connection: Connection) -> None:
    """Let other writers finish, and begin none until this transaction ends: what is read from here on stays true."""
    connection.execute(select(audit_head.c.sequence).where(audit_head.c.head_id == 1).with_for_update())


def record(
    store: Store,
    connection: Connection,
    act: AuditEvent,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add the entry of a write to the transaction of that write; only changed fields are kept.

    Raises:
        ValueError: it is longer than any validated write can be; the transaction leaves nothing.
    """
    record_all(store, connection, [(act, before or {}, after or {})])


def record_all(
    store: Store, connection: Connection, acts: Sequence[tuple[AuditEvent, Mapping[str, Any], Mapping[str, Any]]]
) -> None:
    """Add an entry for each act of a write, with what was before and after it, in this order.

    Raises:
        ValueError: see `record`.
    """
    moved = update(audit_head).where(audit_head.c.head_id == 1).values(sequence=audit_head.c.sequence + len(acts))
    connection.execute(moved)  # holds the row, so that writers follow one another
    last_sequence = connection.execute(select(audit_head.c.sequence)).scalar_one()
    first = last_sequence - len(acts) + 1
    last = select(audit_entry.c.hash).where(audit_entry.c.sequence == first - 1)
    previous = connection.execute(last).scalar_one_or_none() or START
    source = SOURCE.get(NOWHERE)
    of_request = {"address_digest": digest_of(store.audit_key, source.address), "request_id": source.request_id}
    rows: list[dict[str, Any]] = []
    for sequence, (act, before, after) in enumerate(acts, first):
        entry = {"sequence": sequence, **_entry_of(act, before, after), **of_request}
        if sum(len(str(value)) for value in entry.values()) > MOST_CHARACTERS:
            raise ValueError(f"an entry of {act.action} is longer than {MOST_CHARACTERS} characters")
        digest = _digest(store.audit_key, previous, entry)
        rows.append({**entry, "previous_hash": previous, "hash": digest})
        stream_after(connection, {**entry, "address": source.address, "hash": digest})
        previous = digest
    connection.execute(insert(audit_entry), rows)
    if source.address:
        places = enumerate((act.at for act, _, _ in acts), first)
        kept = [{"sequence": sequence, "address": source.address, "at": at} for sequence, at in places]
        connection.execute(insert(audit_address), kept)
    head = _head_of(store.audit_key, last_sequence, previous)
    connection.execute(update(audit_head).where(audit_head.c.head_id == 1).values(hash=head))


def _entry_of(act: AuditEvent, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    changed = [k for k in (*old, *(k for k in new if k not in old)) if old.get(k) != new.get(k)]
    return {
        "at": act.at.isoformat(timespec="microseconds"),
        "actor": act.actor.name,
        "account_id": act.actor.account_id,
        "role": act.actor.role,
        "action": act.action,
        "subject_kind": act.subject_kind,
        "subject_id": act.subject_id,
        "before": _canonical({k: old[k] for k in changed if k in old}),
        "after": _canonical({k: new[k] for k in changed if k in new}),
        "reason": act.reason,
    }


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))


def _digest(key: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    known = [k for k in CHAINED_WHERE_KNOWN if entry[k]]
    content = previous + _canonical({k: entry[k] for k in (*CHAINED, *known)})
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def _head_of(key: bytes, sequence: int, digest: str) -> str:
    return hmac.new(key, f"head {sequence} {digest}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class ChainCheck:
    """Result of reading the chain: entries read, and the first that is not as it was written."""

    entry_count: int
    head_hash: str
    first_broken: int | None

    @property
    def head(self) -> str:
        """The last entry as it is written down elsewhere: its number and hash."""
        return f"{self.entry_count}:{self.head_hash}"


def audit_version(store: Store) -> str:
    """A word that changes with every write, since every write has its entry.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    with store.read() as connection:
        return connection.execute(select(audit_head.c.hash)).scalar_one()


def check_chain(store: Store, noted: Mapping[int, str] | None = None) -> ChainCheck:
    """Read the whole chain; a changed, missing or added entry breaks it.

    `noted` are heads kept outside the database: number of an entry → its hash.
    """
    return check_from(store, noted or {}, 0, None)


def check_from(store: Store, known: Mapping[int, str], after: int, hash_before: str | None) -> ChainCheck:
    """Read the chain after an entry that is believed; see `check_chain`."""
    previous, expected = hash_before or START, after + 1
    with store.read() as connection:
        head = connection.execute(select(audit_head)).one()
        asked = WITH_ADDRESS.where(audit_entry.c.sequence > after).order_by(audit_entry.c.sequence)
        entries = connection.execution_options(yield_per=PIECE).execute(asked)
        for entry in entries.mappings():
            digest = _digest(store.audit_key, previous, dict(entry))
            recorded = (entry["sequence"], entry["previous_hash"], entry["hash"])
            address = entry["address"]  # None once its time is over
            is_of_it = address is None or digest_of(store.audit_key, address) == entry["address_digest"]
            if recorded != (expected, previous, digest) or known.get(expected, digest) != digest or not is_of_it:
                return ChainCheck(expected - 1, previous, expected)
            previous, expected = digest, expected + 1
    count = expected - 1
    sealed = _head_of(store.audit_key, count, previous) if count else START
    is_whole = (head.sequence, head.hash) == (count, sealed) and count >= max(known, default=0)
    return ChainCheck(count, previous, None if is_whole else expected)


def append_head(store: Store, path: Path) -> None:
    """Add the number and hash of the last entry to a file outside the database."""
    last = select(audit_entry.c.sequence, audit_entry.c.hash)
    with store.read() as connection:
        last_entry = connection.execute(last.order_by(audit_entry.c.sequence.desc()).limit(1)).first()
    if last_entry is None or read_heads(path).get(last_entry.sequence) == last_entry.hash:
        return
    private_folder(path.parent)
    path.touch(mode=0o600)
    with path.open("a", encoding="ascii") as stream:
        stream.write(f"{last_entry.sequence}:{last_entry.hash}\n")
    fsync_path(path)


def read_heads(path: Path) -> dict[int, str]:
    """The heads noted in a file; none where there is no file.

    Raises:
        ValueError: a line is not `number:hash`.
    """
    if not path.is_file():
        return {}
    return dict(parse_head(line) for line in path.read_text(encoding="ascii").splitlines())


def parse_head(head: str) -> tuple[int, str]:
    """`number:hash` as it is printed and written down.

    Raises:
        ValueError: it is something else.
    """
    number, _, digest = head.partition(":")
    if len(digest) != len(START):
        raise ValueError(head)
    return int(number), digest


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
    account_id: str = ""
    role: str = ""
    address: str = ""
    request_id: str = ""


def history(store: Store, subject_kind: str, subject_id: str) -> list[AuditRow]:
    """All entries about one subject, oldest first."""
    with store.read() as connection:
        return history_within(connection, subject_kind, subject_id)


def history_within(connection: Connection, subject_kind: str, subject_id: str) -> list[AuditRow]:
    """The same within a transaction."""
    asked = WITH_ADDRESS.where(
        audit_entry.c.subject_kind == subject_kind, audit_entry.c.subject_id == subject_id
    ).order_by(audit_entry.c.sequence)
    return [_row(r) for r in connection.execute(asked)]


def _row(r: Any) -> AuditRow:
    return AuditRow(
        r.sequence,
        datetime.fromisoformat(r.at),
        r.actor,
        r.action,
        json.loads(r.before),
        json.loads(r.after),
        r.reason,
        r.account_id,
        r.role,
        r.address or "",
        r.request_id,
    )


@dataclass(frozen=True)
class AuditEntry:
    """One entry with what it is about, for the auditor."""

    sequence: int
    subject_kind: str
    subject_id: str
    row: AuditRow


def entries(store: Store, *, action: str, before: int | None, most: int) -> list[AuditEntry]:
    """The newest entries, of one action and older than `before` where asked."""
    asked = WITH_ADDRESS.order_by(audit_entry.c.sequence.desc()).limit(most)
    if action:
        asked = asked.where(audit_entry.c.action == action)
    if before is not None:
        asked = asked.where(audit_entry.c.sequence < before)
    with store.read() as connection:
        return [entry_of(r) for r in connection.execute(asked)]


def entry_of(row: Any) -> AuditEntry:
    """An entry from the columns of its table."""
    return AuditEntry(row.sequence, row.subject_kind, row.subject_id, _row(row))
