"""回头看: which closed issues are due to be looked at again, and why."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data.rows.ledger import LedgerRow

AWAITED = "closed"
"""The state in which an issue waits for being listed."""


@dataclass(frozen=True)
class WeakSubjectRow:
    """A school that does not comply now."""

    school_code: str
    district_code: str


class LookBackReason(StrEnum):
    """Why a closed issue is looked at again."""

    WEAK = "weak"
    DRAWN = "drawn"
    CHOSEN = "chosen"
    """By no rule: the city listed it."""


@dataclass(frozen=True)
class LookBackRule:
    """How many days after the closing, and which share is drawn of those that are not of a weak school (0 to 1)."""

    after_days: int
    share: float


@dataclass(frozen=True)
class DueLookBack:
    """A closed issue that is due, since when, and why."""

    row: LedgerRow
    reason: LookBackReason
    due_on: date


def is_drawn(issue_code: str, share: float) -> bool:
    """Whether the draw takes an issue: the hash of its number falls below the share.

    Nobody chooses, anybody can check, and what was drawn stays drawn, whatever becomes of others.
    """
    lot = int.from_bytes(hashlib.sha256(issue_code.encode()).digest()[:6])
    return lot < share * 2**48


def unjudged_look_backs(
    rows: Sequence[LedgerRow], unreported: Collection[str], rule: LookBackRule, today: date
) -> list[LedgerRow]:
    """The closed issues of schools whose days are over, that were not drawn, and whose school nobody knows to be weak.

    `unreported` are the units that sent no return of the newest period.
    """
    return [
        row
        for row in rows
        if row.issue.status == AWAITED
        and row.issue.closed_on is not None
        and row.issue.school_code
        and row.district_code in unreported
        and row.issue.closed_on + timedelta(days=rule.after_days) <= today
        and not is_drawn(row.issue.issue_code, rule.share)
    ]


def due_look_backs(
    rows: Sequence[LedgerRow], weak: Collection[str], rule: LookBackRule, today: date
) -> list[DueLookBack]:
    """The closed issues whose days are over and that are drawn or of a weak school, the earliest first.

    What is closed though its value fails is sent back, not looked at again.
    """
    due: list[DueLookBack] = []
    for row in rows:
        issue = row.issue
        if issue.status != AWAITED or issue.closed_on is None or row.is_paper_closed:
            continue
        due_on = issue.closed_on + timedelta(days=rule.after_days)
        is_weak = issue.school_code in weak
        if due_on <= today and (is_weak or is_drawn(issue.issue_code, rule.share)):
            due.append(DueLookBack(row, LookBackReason.WEAK if is_weak else LookBackReason.DRAWN, due_on))
    return sorted(due, key=lambda d: (d.due_on, d.row.issue.issue_code))
