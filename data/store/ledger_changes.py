"""Which issues were written since somebody last looked: every write of one has its entry in the audit."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import Connection, select

from data.store.engine import Store
from data.store.ledger import SUBJECT, Issue
from data.store.schema import audit_entry, audit_head
from data.store.schema import issue as issue_table

AT_ONCE = 500
"""Issues that are asked for in one statement."""
ISSUE = select(*(issue_table.c[field.name] for field in fields(Issue)))


@dataclass(frozen=True)
class LedgerMark:
    """How far the audit was when the ledger was read: number and hash of its last entry."""

    sequence: int
    entry_hash: str


NEVER = LedgerMark(-1, "")
"""Nothing was read yet."""


def all_codes(store: Store) -> set[str]:
    """The codes of all issues."""
    with store.read() as connection:
        return set(connection.execute(select(issue_table.c.issue_code)).scalars())


def codes_since(store: Store, mark: LedgerMark) -> tuple[LedgerMark, set[str] | None]:
    """How far the audit is, and the codes of the issues written since `mark`; None where it is not of this audit."""
    with store.read() as connection:
        now = _mark_in(connection)
        if now == mark:
            return now, set()
        if mark == NEVER or _hash_of(connection, mark.sequence) != mark.entry_hash:
            return now, None
        later = audit_entry.c.sequence.between(mark.sequence + 1, now.sequence)
        asked = select(audit_entry.c.subject_id).where(later, audit_entry.c.subject_kind == SUBJECT).distinct()
        return now, set(connection.execute(asked).scalars())


def issues_of(store: Store, codes: Iterable[str]) -> list[Issue]:
    """The issues of these codes that there are, by code."""
    issues: list[Issue] = []
    with store.read() as connection:
        in_order = sorted(codes)
        for first in range(0, len(in_order), AT_ONCE):
            some = in_order[first : first + AT_ONCE]
            asked = ISSUE.where(issue_table.c.issue_code.in_(some)).order_by(issue_table.c.issue_code)
            issues += [Issue(*row) for row in connection.execute(asked).all()]
    return issues


def _mark_in(connection: Connection) -> LedgerMark:
    sequence = connection.execute(select(audit_head.c.sequence)).scalar_one()
    return LedgerMark(sequence, _hash_of(connection, sequence))


def _hash_of(connection: Connection, sequence: int) -> str:
    """The hash of an entry; empty where there is none, as before the first."""
    asked = select(audit_entry.c.hash).where(audit_entry.c.sequence == sequence)
    return connection.execute(asked).scalar_one_or_none() or ""
