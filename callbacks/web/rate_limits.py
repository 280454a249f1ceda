"""How often one viewer may ask for what is costly; counted in each process."""

import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LIMITS: Mapping[str, RateLimitItem] = {
    "export": RateLimitItemPerMinute(20),
    "upload": RateLimitItemPerMinute(10),
    "evidence": RateLimitItemPerMinute(30),
    "publish": RateLimitItemPerMinute(5),
    "trial": RateLimitItemPerMinute(10),
    "remind": RateLimitItemPerMinute(20),
    "denied": RateLimitItemPerMinute(10),
    "download": RateLimitItemPerMinute(120),
}
SECONDS_AT_THE_DESK = 15
_desk, _room = threading.Lock(), threading.BoundedSemaphore(2)
_limiter = MovingWindowRateLimiter(MemoryStorage())


class TooManyError(RuntimeError):
    """Asked too often; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


def check_rate_limit(kind: str, who: str) -> None:
    """Count one more of this kind for this account or address.

    Raises:
        TooManyError: one too many.
    """
    limit = LIMITS[kind]
    if not _limiter.hit(limit, kind, who):
        reset_at = _limiter.get_window_stats(limit, kind, who).reset_time
        raise TooManyError(max(1, round(reset_at - time.time())))


@contextmanager
def exclusive_job() -> Generator[None]:
    """One costly piece of work at a time in this process, and one who waits; the others read on.

    Raises:
        TooManyError: one is at work and one waits already.
    """
    if not _room.acquire(blocking=False):
        raise TooManyError(SECONDS_AT_THE_DESK)
    try:
        with _desk:
            yield
    finally:
        _room.release()


def reset_rate_limits() -> None:
    """Start counting anew."""
    _limiter.storage.reset()
