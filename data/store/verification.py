"""Who signs in proves it by a password, tries are counted, and the holder sets another."""

from datetime import datetime, timedelta

from data.access import Actor
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.accounts import SUBJECT, Account, end_sessions, find_account, record_change, set_password
from data.store.engine import Store
from data.store.guesses import TooSoonError, count_name, is_news
from data.store.passwords import check_password, hash_of, is_right_password
from data.store.refusals import RefusedError


def change_password(store: Store, catalogue: Catalogue, account_name: str, old: str, new: str, at: datetime) -> None:
    """The holder sets another password; every session of the account ends.

    Raises:
        RefusedError: the old one is wrong (counts as a failure), or the new one is too simple.
    """
    account = verify_password(store, account_name, old, at)
    check_password(catalogue, account_name, new)
    if new == old:
        raise RefusedError("same_password")
    new_hash = hash_of(new)  # takes time: others write
    with store.write() as connection:
        set_password(store, connection, account_name, new_hash, at, must_change=False)
        end_sessions(connection, [account_name], at)
        record_change(store, connection, account.actor, "change_password", account_name, at, {})


def verify_password(store: Store, account_name: str, password: str, at: datetime, *, has_proof: bool = True) -> Account:
    """The account, if the password is right; every try is counted before it is checked.

    Without `has_proof` a second factor is due and was not shown: that is refused like a wrong password.

    Raises:
        TooSoonError: the name failed too often and has to wait.
        RefusedError: `bad_login`. Neither tells whether the account exists. Who knows the password is told
            that the account is not valid today, see `check_validity`.
    """
    try:
        count_name(store, account_name, at)
    except TooSoonError as error:
        note_wait(store, account_name, error, at)
        raise
    account = find_account(store, account_name)
    is_right = is_right_password(account.password_hash if account else None, password)
    if account is None or account.is_disabled or not is_right or not has_proof:
        is_code_wrong = account is not None and not account.is_disabled and is_right
        note_failure(store, account, at, "bad_code" if is_code_wrong else "")
        raise RefusedError("bad_login")
    check_validity(store, account, at)
    return account


def check_validity(store: Store, account: Account, at: datetime) -> None:
    """Refuse who has proven himself outside the days for which the account was given; recorded.

    Raises:
        RefusedError: `not_yet_valid` or `no_longer_valid`.
    """
    day = day_of(at)
    if not account.is_valid_on(day):
        is_early = account.valid_from is not None and day < account.valid_from
        reason = "not_yet_valid" if is_early else "no_longer_valid"
        note_failure(store, account, at, reason)
        raise RefusedError(reason)


def note_wait(
    store: Store, account_name: str, error: TooSoonError, at: datetime, kind: str = "name", address: str = ""
) -> None:
    """Record that a name, or an address, has to wait: once for each wait, however often it is tried."""
    if is_news(store, kind, address or account_name, at, at + timedelta(seconds=error.seconds)):
        note_failure(store, find_account(store, account_name), at, "too_soon" if kind == "name" else "address_too_soon")


def note_failure(store: Store, account: Account | None, at: datetime, reason: str = "") -> None:
    """Record a sign-in that failed; a name that nobody has is left out: it may be a password."""
    name = account.account_name if account else ""
    known = "disabled" if account and account.is_disabled else "bad_password"
    why = reason or (known if account else "unknown_account")
    act = audit.AuditEvent(Actor(name), "login_failed", SUBJECT, name, at, why)
    with store.write() as connection:
        audit.record(store, connection, act)
