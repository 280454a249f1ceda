"""How often one viewer may ask for what is costly; counted for all processes, and in each while the store is down."""

import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from weakref import WeakSet

import flask
from flask import Flask
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from data.clock import utc_now
from data.store.counts import count_within, forget_counts
from data.store.engine import Store, StoreDownError

LIMITS: Mapping[str, RateLimitItem] = {
    "export": RateLimitItemPerMinute(20),
    "upload": RateLimitItemPerMinute(10),
    "evidence": RateLimitItemPerMinute(30),
    "visit": RateLimitItemPerMinute(60),
    "publish": RateLimitItemPerMinute(5),
    "trial": RateLimitItemPerMinute(10),
    "remind": RateLimitItemPerMinute(20),
    "denied": RateLimitItemPerMinute(10),
    "download": RateLimitItemPerMinute(120),
}
SECONDS_AT_THE_DESK = 15
_desk, _room = threading.Lock(), threading.BoundedSemaphore(2)
_limiter = MovingWindowRateLimiter(MemoryStorage())
_watchers: list[Callable[[int], None]] = []
_stores: WeakSet[Store] = WeakSet()
STORE = "COUNTS_OF_REQUESTS"
WINDOW = timedelta(minutes=1)


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
    seconds = _seconds_of_all(kind, limit.amount, who)
    if seconds:
        raise TooManyError(seconds)
    if not _limiter.hit(limit, kind, who):
        reset_at = _limiter.get_window_stats(limit, kind, who).reset_time
        raise TooManyError(max(1, round(reset_at - time.time())))


def share_counts(server: Flask, store: Store) -> None:
    """Have the requests of this application counted in its store, for all its processes."""
    server.config[STORE] = store
    _stores.add(store)


def _seconds_of_all(kind: str, most: int, who: str) -> int:
    """How long to wait by what all processes counted; 0 where nothing, or the store cannot say."""
    store = _counts(flask.current_app.config) if flask.has_app_context() else None
    if store is None:
        return 0
    now = utc_now()
    try:
        ends_at = count_within(store, kind, who, most, now, now + WINDOW)
    except StoreDownError:
        return 0
    return 0 if ends_at is None else max(1, round((ends_at - now).total_seconds()))


def _counts(config: Mapping[str, Store]) -> Store | None:
    return config.get(STORE)


def watch_jobs(watcher: Callable[[int], None]) -> None:
    """Tell a watcher of each job that comes (1) and goes (-1)."""
    _watchers[:] = [watcher]


def _tell(change: int) -> None:
    for watcher in _watchers:
        watcher(change)


@contextmanager
def exclusive_job() -> Generator[None]:
    """One costly piece of work at a time in this process, and one who waits; the others read on.

    Raises:
        TooManyError: one is at work and one waits already.
    """
    if not _room.acquire(blocking=False):
        raise TooManyError(SECONDS_AT_THE_DESK)
    _tell(1)
    try:
        with _desk:
            yield
    finally:
        _tell(-1)
        _room.release()


def reset_rate_limits() -> None:
    """Start counting anew."""
    _limiter.storage.reset()
    for store in list(_stores):
        with suppress(StoreDownError):
            forget_counts(store)
