"""What a list was when somebody looked at it: equal for the same matters as they stand."""

import hashlib
from collections.abc import Iterable


def mark_of(seen: Iterable[tuple[str, int]]) -> str:
    """The mark of codes with their versions, in any order."""
    return hashlib.sha256(repr(sorted(seen)).encode()).hexdigest()[:32]
