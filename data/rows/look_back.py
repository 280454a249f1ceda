"""回头看: which closed issues are due to be looked at again, and why."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data.rows.ledger import LedgerRow
from data.store.ledger import Issue

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


@dataclass(frozen=True)
class LookBackRule:
    """How many days after the closing, and which share of a unit's issues of a month (more than 0, at most 1)."""

    after_days: int
    share: float


@dataclass(frozen=True)
class DueLookBack:
    """A closed issue that is due, since when, and why."""

    row: LedgerRow
    reason: LookBackReason
    due_on: date


def drawn_codes(issues: Iterable[Issue], rule: LookBackRule) -> set[str]:
    """The issues that the draw takes: of each unit and month of closing the share, rounded up.

    The order of the draw is that of a hash of the issue's number: nobody chooses, anybody can check, and what was
    drawn stays drawn. All issues of the store are given, whoever is looking.
    """
    closed: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for issue in issues:
        if issue.closed_on is not None:
            closed[issue.district_code, issue.closed_on.year, issue.closed_on.month].append(issue.issue_code)
    return {
        code
        for codes in closed.values()
        for code in sorted(codes, key=_lot)[: math.ceil(round(rule.share * len(codes), 9))]
    }


def due_look_backs(
    rows: Sequence[LedgerRow], drawn: Collection[str], weak: Collection[str], rule: LookBackRule, today: date
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
        if due_on <= today and (is_weak or issue.issue_code in drawn):
            due.append(DueLookBack(row, LookBackReason.WEAK if is_weak else LookBackReason.DRAWN, due_on))
    return sorted(due, key=lambda d: (d.due_on, d.row.issue.issue_code))


def _lot(issue_code: str) -> str:
    return hashlib.sha256(issue_code.encode()).hexdigest()
