"""Accounts: argon2 passwords, lock-out after failures, and a role that bounds what is seen."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, insert, select, update

from data.access import NOTHING, Permission, Scope, Viewer
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.engine import Store
from data.store.ledger import RefusedError
from data.store.schema import account as account_table
from data.store.schema import login_session

SUBJECT = "account"
NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=10)
SHORTEST_PASSWORD = 10
KINDS_OF_CHARACTER = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
LEAST_KINDS = 3
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NO_ACCOUNT_HASH = HASHER.hash("no account has this password")


@dataclass(frozen=True)
class Account:
    """Who may sign in, in which role, for which units and schools."""

    account_name: str
    person: str
    role_code: str
    district_codes: tuple[str, ...]
    school_codes: tuple[str, ...]
    password_hash: str
    password_set_at: datetime
    must_change: bool
    is_disabled: bool
    failed_count: int
    locked_until: datetime | None
    version: int


@dataclass(frozen=True)
class NewAccount:
    """What an account is made from."""

    account_name: str
    person: str
    role_code: str
    district_codes: tuple[str, ...] = ()
    school_codes: tuple[str, ...] = ()


def list_accounts(store: Store) -> list[Account]:
    """All accounts by name."""
    with store.read() as connection:
        rows = connection.execute(select(account_table).order_by(account_table.c.account_name))
        return [account_of(row) for row in rows.mappings()]


def create_account(
    store: Store, catalogue: Catalogue, actor: Viewer, wanted: NewAccount, password: str,
    at: datetime,
) -> None:  # fmt: skip
    """Add an account; its holder changes the password at the first sign-in.

    Raises:
        RefusedError: no permission, bad name, role, scope or password, or the name is taken.
    """
    _may_manage(actor)
    role = next((r for r in catalogue.rows(Role) if r.role_code == wanted.role_code), None)
    if role is None:
        raise RefusedError("unknown_role")
    if not NAME.fullmatch(wanted.account_name) or not wanted.person.strip():
        raise RefusedError("bad_account_name")
    needs = {"district": bool(wanted.district_codes),
             "area": bool(wanted.district_codes and wanted.school_codes),
             "school": bool(wanted.district_codes and len(wanted.school_codes) == 1)}  # fmt: skip
    if not needs.get(role.scope_kind, True):
        raise RefusedError("needs_scope")
    check_password(wanted.account_name, password)
    with store.write() as connection:
        if _find(connection, wanted.account_name) is not None:
            raise RefusedError("account_exists")
        values = {**asdict(wanted), "district_codes": ",".join(wanted.district_codes),
                  "school_codes": ",".join(wanted.school_codes)}  # fmt: skip
        connection.execute(insert(account_table).values(
            **values, password_hash=HASHER.hash(password), password_set_at=at, must_change=True,
            is_disabled=False, failed_count=0, version=1,
        ))  # fmt: skip
        _record(store, connection, actor.name, "create", wanted.account_name, at, values)


def disable_account(store: Store, actor: Viewer, account_name: str, at: datetime) -> None:
    """Shut an account and end its sessions at once."""
    _may_manage(actor)
    with store.write() as connection:
        _known(connection, account_name)
        _change(connection, account_name, is_disabled=True)
        end_sessions(connection, account_name, at)
        _record(store, connection, actor.name, "disable", account_name, at, {"is_disabled": True})


def reset_password(
    store: Store, actor: Viewer, account_name: str, password: str, at: datetime
) -> None:
    """Give a new first password, open the account again, and end its sessions."""
    _may_manage(actor)
    check_password(account_name, password)
    with store.write() as connection:
        _known(connection, account_name)
        _set_password(connection, account_name, password, at, must_change=True)
        _change(connection, account_name, is_disabled=False)
        end_sessions(connection, account_name, at)
        _record(store, connection, actor.name, "reset_password", account_name, at, {})


def change_password(store: Store, account_name: str, old: str, new: str, at: datetime) -> None:
    """The holder sets another password; every session of the account ends.

    Raises:
        RefusedError: the old one is wrong (counts as a failure), or the new one is too simple.
    """
    verify_password(store, account_name, old, at)
    check_password(account_name, new)
    if new == old:
        raise RefusedError("same_password")
    with store.write() as connection:
        _set_password(connection, account_name, new, at, must_change=False)
        end_sessions(connection, account_name, at)
        _record(store, connection, account_name, "change_password", account_name, at, {})


def verify_password(store: Store, account_name: str, password: str, at: datetime) -> Account:
    """The account, if the password is right; every try is counted before it is checked.

    Raises:
        RefusedError: `locked` after five failures in a row, for ten minutes; else `bad_login`,
            whether the account exists or not.
    """
    with store.write() as connection:
        found = _find(connection, account_name)
        if found is not None:
            if found.locked_until is not None and at < found.locked_until:
                raise RefusedError("locked")
            fails = 1 if found.locked_until is not None else found.failed_count + 1
            until = at + LOCKED_FOR if fails >= MOST_FAILURES else None
            _change(connection, account_name, failed_count=fails, locked_until=until)
    is_right = _matches(found.password_hash if found else NO_ACCOUNT_HASH, password)
    if found is None or found.is_disabled or not is_right:
        with store.write() as connection:
            _record(store, connection, account_name[:40], "login_failed", account_name[:40], at, {})
        raise RefusedError("bad_login")
    with store.write() as connection:
        _change(connection, account_name, failed_count=0, locked_until=None)
    return found


def viewer_of(catalogue: Catalogue, account: Account, *, must_change: bool) -> Viewer:
    """What the account may do and see, by the capability table."""
    role = next(r for r in catalogue.rows(Role) if r.role_code == account.role_code)
    permissions = frozenset(Permission(c.permission) for c in catalogue.rows(RoleCapability)
                            if c.role_code == account.role_code)  # fmt: skip
    scopes = {
        "city": Scope(),
        "none": NOTHING,
        "district": Scope(frozenset(account.district_codes)),
    }
    bounded = Scope(frozenset(account.district_codes), frozenset(account.school_codes))
    return Viewer(account.person, permissions, scopes.get(role.scope_kind, bounded),
                  account.account_name, role.name, must_change)  # fmt: skip


def check_password(account_name: str, password: str) -> None:
    """Refuse a password that is short, of one kind of character, or holds the account's name."""
    kinds = sum(1 for kind in KINDS_OF_CHARACTER if re.search(kind, password))
    if (len(password) < SHORTEST_PASSWORD or kinds < LEAST_KINDS
            or account_name.lower() in password.lower()):  # fmt: skip
        raise RefusedError("weak_password")


def end_sessions(connection: Connection, account_name: str, at: datetime) -> None:
    """End every open session of an account."""
    connection.execute(
        update(login_session)
        .where(login_session.c.account_name == account_name, login_session.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def find_account(store: Store, account_name: str) -> Account | None:
    """One account; None where there is none."""
    with store.read() as connection:
        return _find(connection, account_name)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _may_manage(actor: Viewer) -> None:
    if Permission.ACCOUNTS_MANAGE not in actor.permissions:
        raise RefusedError("no_permission")


def account_of(row: Any) -> Account:
    """An account from the columns of its table."""
    values = {f.name: row[f.name] for f in fields(Account)}
    for name in ("district_codes", "school_codes"):
        values[name] = tuple(code for code in str(values[name]).split(",") if code)
    return Account(**values)


def _find(connection: Connection, account_name: str) -> Account | None:
    asked = select(account_table).where(account_table.c.account_name == account_name)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else account_of(row)


def _known(connection: Connection, account_name: str) -> Account:
    found = _find(connection, account_name)
    if found is None:
        raise RefusedError("unknown_account")
    return found


def _set_password(
    connection: Connection, account_name: str, password: str, at: datetime, *, must_change: bool
) -> None:
    _change(connection, account_name, password_hash=HASHER.hash(password), password_set_at=at,
            must_change=must_change, failed_count=0, locked_until=None)  # fmt: skip


def _change(connection: Connection, account_name: str, **values: object) -> None:
    changed = update(account_table).where(account_table.c.account_name == account_name)
    connection.execute(changed.values(**values, version=account_table.c.version + 1))


def _record(
    store: Store, connection: Connection, actor: str, action: str, account_name: str,
    at: datetime, after: dict[str, Any],
) -> None:  # fmt: skip
    audit.record(store, connection, audit.Act(actor, action, SUBJECT, account_name, at), {}, after)


def names_of_roles(catalogue: Catalogue) -> Sequence[tuple[str, str]]:
    """Code and words of every role, in the table's order."""
    rows = sorted(catalogue.rows(Role), key=lambda r: r.display_order)
    return [(r.role_code, r.name) for r in rows]
