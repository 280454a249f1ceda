"""Sessions: an opaque number in a cookie, its hash here, ended at once when an account is."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, select, update

from data.access import Viewer
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.accounts import SUBJECT, Account, account_of, find_account, valid_on, viewer_of
from data.store.audit_source import NOWHERE, SOURCE
from data.store.engine import Store
from data.store.guesses import TooSoonError, count_address, forget_name, give_back
from data.store.identities import find_identity
from data.store.new_accounts import NAME
from data.store.provider_claims import Claims, with_claims
from data.store.refusals import RefusedError
from data.store.schema import account as account_table
from data.store.schema import login_session, second_factor
from data.store.second_factor import Proof, proof_of, use_proof
from data.store.verification import check_validity, note_failure, note_wait, verify_password

TOKEN_BYTES = 32
NO_CLAIMS = Claims()
NOTED_EVERY = timedelta(seconds=60)
HELD = (
    select(
        login_session.c.started_at,
        login_session.c.seen_at,
        login_session.c.ended_at,
        second_factor.c.confirmed_at,
        *account_table.c,
    )
    .join_from(login_session, account_table)
    .outerjoin(second_factor, second_factor.c.account_name == account_table.c.account_name)
    .where(login_session.c.session_hash == bindparam("session"))
)
"""Asked at every request: the session and who holds it, in one question."""


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lasts without use and at most, and how old a password may grow."""

    idle: timedelta
    absolute: timedelta
    password: timedelta | None
    """None where passwords are not ours."""
    demanding_roles: frozenset[str] = frozenset()
    """The roles whose accounts must have a second factor."""


@dataclass(frozen=True)
class Identity:
    """Whom the organisation's provider vouches for: its address, its number, the name it gives."""

    issuer: str
    subject: str
    account_name: str
    claims: Claims = NO_CLAIMS
    session: str = ""
    """The number (`sid`) of the session there."""


def sign_in(store: Store, account_name: str, password: str, at: datetime, address: str = "", code: str = "") -> str:
    """A new session's number for the cookie; nothing of it is stored but its hash.

    `code` is of the second factor, where the account has one: a code of the hour or a recovery code, used up by it.

    Raises:
        TooSoonError: the name or the address has to wait.
        RefusedError: see `verify_password`.
    """
    try:
        count_address(store, "login", address, at)
    except TooSoonError as error:
        note_wait(store, account_name, error, at, "login", address)
        raise
    proof = proof_of(store, account_name, code, at)
    account = verify_password(store, account_name, password, at, has_proof=proof is not None)
    token = _enter(store, account, proof or Proof(), at)
    if token is None:
        note_failure(store, account, at, "bad_code")
        raise RefusedError("bad_login")
    give_back(store, "login", address)
    return token


def _enter(store: Store, account: Account, proof: Proof, at: datetime) -> str | None:
    """A new session for who has proven himself; None where his code was used a moment ago."""
    with store.write() as connection:
        if not use_proof(connection, account.account_name, proof):
            return None
        forget_name(store, connection, account.account_name)
        return _new_session(store, connection, account, at, proof.reason)


def sign_in_as(store: Store, catalogue: Catalogue, who: Identity, at: datetime) -> str:
    """A new session for somebody whom the organisation's provider has vouched for.

    The first time an account is found by its exact name and bound to the provider's number; from
    then on by that number alone, whatever the name has become. Roles that two administrators change are
    never found by a name: their accounts are bound before.

    Role, units and schools are the provider's where the installation asks it for them.

    Raises:
        RefusedError: nobody has an account here, it is disabled, not yet bound, bound to somebody else, or not
            valid today; `bad_claims`, see `with_claims`.
    """
    guarded = {r.role_code for r in catalogue.rows(Role) if r.needs_two_administrators}
    refused: RefusedError | None = None
    with store.write() as connection:
        account = find_identity(connection, who.issuer, who.subject)
        if account is None:
            account = _bind(store, connection, guarded, who, at)
        if account is not None and account.is_in_force(day_of(at)):
            try:
                told = with_claims(store, connection, catalogue, account, who.claims, at)
            except RefusedError as error:
                refused = error
            else:
                return _new_session(store, connection, told, at, "oidc", who.session)
    if refused is not None:
        note_failure(store, account, at, refused.code)
        raise refused
    if account is not None and not account.is_disabled:
        check_validity(store, account, at)
    known = account or find_account(store, who.account_name)
    reason = ""
    if known is not None and not known.is_disabled:
        reason = "not_bound" if known.subject is None else "other_identity"
    note_failure(store, known, at, reason)
    raise RefusedError("no_account_here")


def _bind(
    store: Store, connection: Connection, guarded: Collection[str], who: Identity, at: datetime
) -> Account | None:
    """Bind the account of exactly this name that is in force, bound to nobody, and of no `guarded` role; or None."""
    mine = account_table.c.account_name == who.account_name
    free = (account_table.c.subject.is_(None), account_table.c.is_disabled.is_(False))
    free = (*free, account_table.c.role_code.not_in(guarded), *valid_on(day_of(at)))
    bound = (
        update(account_table)
        .where(mine, *free)
        .values(issuer=who.issuer, subject=who.subject, version=account_table.c.version + 1)
    )
    if not NAME.fullmatch(who.account_name):
        return None
    if connection.execute(bound).rowcount != 1:  # somebody else's, or bound a moment ago
        return find_identity(connection, who.issuer, who.subject)
    account = find_identity(connection, who.issuer, who.subject)
    if account is not None:
        act = audit.AuditEvent(account.actor, "bind", SUBJECT, who.account_name, at, "first_sign_in")
        audit.record(store, connection, act, {}, {"issuer": who.issuer, "subject": who.subject})
    return account


def _new_session(
    store: Store, connection: Connection, account: Account, at: datetime, reason: str, at_provider: str = ""
) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    begun = {"account_name": account.account_name, "started_at": at, "seen_at": at}
    whence = {"address": SOURCE.get(NOWHERE).address, "provider_session": at_provider or None}
    connection.execute(insert(login_session).values(session_hash=_hash(token), **begun, **whence))
    act = audit.AuditEvent(account.actor, "login", SUBJECT, account.account_name, at, reason)
    audit.record(store, connection, act)
    return token


def sign_out_at_provider(store: Store, issuer: str, subject: str, session: str, at: datetime, reason: str) -> int:
    """End the sessions of somebody whom the provider signed out: the one that it names, or else all; how many.

    Args:
        store: Whose sessions.
        issuer: The provider.
        subject: The person's number there; empty where the session alone is named.
        session: The number (`sid`) of the session there; empty ends all of the person.
        at: Now (UTC).
        reason: How it was told, for the audit.
    """
    held = (
        select(account_table, func.count().label("open"))
        .join_from(login_session, account_table)
        .where(login_session.c.ended_at.is_(None), account_table.c.issuer == issuer)
        .group_by(*account_table.c)
    )
    of_session = login_session.c.provider_session == session
    held = held.where(account_table.c.subject == subject) if subject else held
    held = held.where(of_session) if session else held
    ended = 0
    with store.write() as connection:
        for row in connection.execute(held).mappings().all():
            account = account_of(row)
            mine = (login_session.c.account_name == account.account_name, login_session.c.ended_at.is_(None))
            mine = (*mine, of_session) if session else mine
            ended += connection.execute(update(login_session).where(*mine).values(ended_at=at)).rowcount
            act = audit.AuditEvent(account.actor, "logout", SUBJECT, account.account_name, at, reason)
            audit.record(store, connection, act)
    return ended


def sign_out(store: Store, token: str, at: datetime) -> None:
    """End the session of a cookie and say so in the audit; nothing where there is none."""
    ended = update(login_session).where(
        login_session.c.session_hash == _hash(token), login_session.c.ended_at.is_(None)
    )
    with store.write() as connection:
        row = connection.execute(HELD, {"session": _hash(token)}).mappings().one_or_none()
        if row is None or connection.execute(ended.values(ended_at=at)).rowcount != 1:
            return
        account = account_of(row)
        act = audit.AuditEvent(account.actor, "logout", SUBJECT, account.account_name, at)
        audit.record(store, connection, act)


def viewer_of_session(
    store: Store, catalogue: Catalogue, token: str, at: datetime, lifetimes: Lifetimes, *, is_used: bool = True
) -> Viewer | None:
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
    if not account.is_in_force(day_of(at)):
        return None
    if is_used and at - row["seen_at"] > NOTED_EVERY:
        seen = update(login_session).where(login_session.c.session_hash == _hash(token))
        with store.write() as connection:
            connection.execute(seen.values(seen_at=at))
    must_change = lifetimes.password is not None and (
        account.must_change or at - account.password_set_at > lifetimes.password
    )
    is_due = account.role_code in lifetimes.demanding_roles and row["confirmed_at"] is None
    return replace(viewer_of(catalogue, account, must_change=must_change), must_add_factor=is_due)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
