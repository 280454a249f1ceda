"""Parts of the audit that stay fast at a million entries: by keys, never by counting; and a look at its newest end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select

from data.clock import BEIJING
from data.store.audit import WITH_ADDRESS, AuditEntry, ChainCheck, check_from, entry_of
from data.store.engine import Store
from data.store.schema import audit_entry, audit_head

PIECE = 2_000


@dataclass(frozen=True)
class Part:
    """Entries of one action, from a day until a day of Beijing (both included), older than `before`."""

    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


def entries_of(store: Store, part: Part, most: int) -> list[AuditEntry]:
    """The newest entries of a part."""
    asked = WITH_ADDRESS.where(*_bounds(part)).order_by(audit_entry.c.sequence.desc()).limit(most)
    with store.read() as connection:
        return [entry_of(row) for row in connection.execute(asked)]


def pages_of(store: Store, part: Part) -> Iterator[list[AuditEntry]]:
    """All entries of a part, the newest first, in pieces of a transaction each."""
    while page := entries_of(store, part, PIECE):
        yield page
        part = replace(part, before=page[-1].sequence)


def actions(store: Store) -> list[str]:
    """Every kind of action in the log; each is looked up in the index after the one before."""
    known: list[str] = []
    least = select(func.min(audit_entry.c.action))
    with store.read() as connection:
        while True:
            asked = least.where(audit_entry.c.action > known[-1]) if known else least
            action = connection.execute(asked).scalar_one_or_none()
            if action is None:
                return known
            known.append(action)


def check_recent(store: Store, noted: Mapping[int, str], most: int) -> ChainCheck:
    """Whether the newest entries are as they were written and none is missing at the end; all of them: `check_chain`.

    Args:
        store: Whose audit.
        noted: Heads kept outside the database; those before the newest entries are not looked at.
        most: How many entries are read.
    """
    with store.read() as connection:
        last = connection.execute(select(audit_head.c.sequence)).scalar_one()
        first = max(0, last - most)
        asked = select(audit_entry.c.hash).where(audit_entry.c.sequence == first)
        previous = connection.execute(asked).scalar_one_or_none() if first else None
    return check_from(store, {n: h for n, h in noted.items() if n > first}, first if previous else 0, previous)


def _bounds(part: Part) -> list[ColumnElement[bool]]:
    entry, bounds = audit_entry.c, list[ColumnElement[bool]]()
    if part.action:
        bounds.append(entry.action == part.action)
    if part.since is not None:
        bounds.append(entry.sequence >= _first_from(part.since))
    if part.until is not None:
        bounds.append(entry.sequence < _first_from(part.until + timedelta(days=1)))
    if part.before is not None:
        bounds.append(entry.sequence < part.before)
    return bounds


def _first_from(day: date) -> ColumnElement[int]:
    """The number of the first entry of a day or later; past the last where there is none."""
    begins = datetime.combine(day, time(), BEIJING).astimezone(UTC).replace(tzinfo=None)
    said = begins.isoformat(timespec="microseconds")
    first = select(audit_entry.c.sequence).where(audit_entry.c.at >= said).order_by(audit_entry.c.at).limit(1)
    after = select(audit_head.c.sequence + 1)
    return func.coalesce(first.scalar_subquery(), after.scalar_subquery())
