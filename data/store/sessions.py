"""Sessions: an opaque number in a cookie, its hash here, ended at once when an account is."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.accounts import SUBJECT, account_of, find_account, verify_password, viewer_of
from data.store.engine import Store
from data.store.ledger import RefusedError
from data.store.schema import account as account_table
from data.store.schema import login_session

TOKEN_BYTES = 32
NOTED_EVERY = timedelta(seconds=60)
HELD = (
    select(login_session.c.started_at, login_session.c.seen_at, login_session.c.ended_at,
           *account_table.c)
    .join_from(login_session, account_table)
    .where(login_session.c.session_hash == bindparam("session"))
)  # fmt: skip
"""Asked at every request: the session and who holds it, in one question."""


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lasts without use and at most, and how old a password may grow."""

    idle: timedelta
    absolute: timedelta
    password: timedelta | None
    """None where passwords are not ours."""


def sign_in(store: Store, account_name: str, password: str, at: datetime) -> str:
    """A new session's number for the cookie; nothing of it is stored but its hash.

    Raises:
        RefusedError: see `verify_password`.
    """
    verify_password(store, account_name, password, at)
    return _new_session(store, account_name, at, "")


def sign_in_as(store: Store, account_name: str, at: datetime) -> str:
    """A new session for somebody whom the organisation's provider has vouched for.

    Raises:
        RefusedError: nobody has an account of this name here, or it is disabled.
    """
    found = find_account(store, account_name)
    if found is None or found.is_disabled:
        raise RefusedError("no_account_here")
    return _new_session(store, account_name, at, "oidc")


def _new_session(store: Store, account_name: str, at: datetime, reason: str) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with store.write() as connection:
        connection.execute(insert(login_session).values(
            session_hash=_hash(token), account_name=account_name, started_at=at, seen_at=at
        ))  # fmt: skip
        act = audit.Act(account_name, "login", SUBJECT, account_name, at, reason)
        audit.record(store, connection, act)
    return token


def sign_out(store: Store, token: str, at: datetime) -> None:
    """End the session of a cookie; nothing where there is none."""
    ended = update(login_session).where(login_session.c.session_hash == _hash(token),
                                        login_session.c.ended_at.is_(None))  # fmt: skip
    with store.write() as connection:
        connection.execute(ended.values(ended_at=at))


def viewer_of_session(
    store: Store, catalogue: Catalogue, token: str, at: datetime, lifetimes: Lifetimes,
    *, is_used: bool = True,
) -> Viewer | None:  # fmt: skip
    """Who holds the cookie; None where the session is unknown, over, idle too long, or shut.

    A request that nobody made, as a page that looks for news by itself, is not `is_used`: it does
    not keep a session alive that its person has left.
    """
    with store.read() as connection:
        row = connection.execute(HELD, {"session": _hash(token)}).mappings().one_or_none()
    if row is None or row["ended_at"] is not None:
        return None
    if at - row["seen_at"] > lifetimes.idle or at - row["started_at"] > lifetimes.absolute:
        return None
    account = account_of(row)
    if account.is_disabled:
        return None
    if is_used and at - row["seen_at"] > NOTED_EVERY:
        seen = update(login_session).where(login_session.c.session_hash == _hash(token))
        with store.write() as connection:
            connection.execute(seen.values(seen_at=at))
    must_change = lifetimes.password is not None and (
        account.must_change or at - account.password_set_at > lifetimes.password
    )
    return viewer_of(catalogue, account, must_change=must_change)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
