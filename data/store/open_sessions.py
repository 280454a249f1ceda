"""The open sessions of an account, as its administrator sees and ends them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from data.access import Viewer
from data.store import audit
from data.store.accounts import SUBJECT, known_account, may_manage
from data.store.engine import Store
from data.store.refusals import RefusedError
from data.store.schema import login_session
from data.store.sessions import Lifetimes

HANDLE = 16
"""Characters of a session's hash that tell it from the others; nobody comes in by them."""


@dataclass(frozen=True)
class OpenSession:
    """A session that is neither ended nor run out: what tells it from others, when it began and was last used, whence.

    `address` is empty where none is kept.
    """

    handle: str
    started_at: datetime
    seen_at: datetime
    address: str


def open_sessions(store: Store, account_name: str, at: datetime, lifetimes: Lifetimes) -> list[OpenSession]:
    """The sessions by which the holder is in now, the newest first."""
    held = login_session.c
    asked = (
        select(held.session_hash, held.started_at, held.seen_at, held.address)
        .where(held.account_name == account_name, held.ended_at.is_(None))
        .where(held.seen_at >= at - lifetimes.idle, held.started_at >= at - lifetimes.absolute)
        .order_by(held.started_at.desc(), held.session_hash)
    )
    with store.read() as connection:
        return [OpenSession(row[0][:HANDLE], row[1], row[2], row[3]) for row in connection.execute(asked)]


def holders_signed_in(store: Store, account_names: Collection[str]) -> frozenset[str]:
    """Which of these accounts have a session that was not ended."""
    asked = select(login_session.c.account_name).where(login_session.c.ended_at.is_(None)).distinct()
    with store.read() as connection:
        return frozenset(connection.execute(asked).scalars()) & frozenset(account_names)


def end_open_sessions(store: Store, actor: Viewer, account_name: str, handle: str, at: datetime) -> None:
    """End one session of an account, or with an empty `handle` all of them.

    Raises:
        RefusedError: no permission, no such account, or no such session that is still open.
    """
    held = login_session.c
    ended = update(login_session).where(held.account_name == account_name, held.ended_at.is_(None))
    with store.write() as connection:
        may_manage(connection, actor)
        known_account(connection, account_name)
        if handle:
            ended = ended.where(held.session_hash.startswith(handle, autoescape=True))
        count = connection.execute(ended.values(ended_at=at)).rowcount
        if not count:
            raise RefusedError("no_session")
        act = audit.AuditEvent(actor.actor, "end_sessions", SUBJECT, account_name, at)
        audit.record(store, connection, act, {}, {"sessions": count})
