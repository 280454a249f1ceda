"""How often one viewer may ask for what is costly; counted in each process."""

import time
from collections.abc import Mapping

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LIMITS: Mapping[str, RateLimitItem] = {
    "login": RateLimitItemPerMinute(20),
    "export": RateLimitItemPerMinute(20),
    "upload": RateLimitItemPerMinute(10),
}
_limiter = MovingWindowRateLimiter(MemoryStorage())


class TooManyError(RuntimeError):
    """Asked too often; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


def count(kind: str, who: str) -> None:
    """Count one more of this kind for this account or address.

    Raises:
        TooManyError: one too many.
    """
    limit = LIMITS[kind]
    if not _limiter.hit(limit, kind, who):
        reset_at = _limiter.get_window_stats(limit, kind, who).reset_time
        raise TooManyError(max(1, round(reset_at - time.time())))


def forget() -> None:
    """Start counting anew."""
    _limiter.storage.reset()
