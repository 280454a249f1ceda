"""回头看: which closed issues are due to be looked at again, and why."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


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


LOTS = 2**48
"""How many lots there are."""


def lot_of(issue_code: str) -> int:
    """The lot of an issue: the first digits of the hash of its number, 0 to `LOTS` - 1."""
    return int.from_bytes(hashlib.sha256(issue_code.encode()).digest()[:6])


def is_drawn(issue_code: str, share: float) -> bool:
    """Whether the draw takes an issue: its lot falls below the share.

    Nobody chooses, anybody can check, and what was drawn stays drawn, whatever becomes of others.
    """
    return lot_of(issue_code) < share * LOTS
