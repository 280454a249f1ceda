"""Accounts: who may sign in, in which role, bound to which units, schools and identity."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.access import NOTHING, Permission, Scope, Viewer
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.engine import Store
from data.store.guesses import count_name, forget_name
from data.store.ledger import RefusedError
from data.store.new_accounts import NAME, NewAccount, check_names, check_scope, check_subject
from data.store.passwords import check_password, hash_of, is_right_password
from data.store.schema import account as account_table
from data.store.schema import login_session

SUBJECT = "account"


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
    issuer: str | None
    subject: str | None
    version: int


def list_accounts(store: Store) -> list[Account]:
    """All accounts by name."""
    with store.read() as connection:
        rows = connection.execute(select(account_table).order_by(account_table.c.account_name))
        return [account_of(row) for row in rows.mappings()]


def create_account(
    store: Store, catalogue: Catalogue, actor: Viewer, wanted: NewAccount, password: str, at: datetime
) -> None:
    """Add an account; its holder changes the password at the first sign-in.

    Raises:
        RefusedError: no permission, bad name, role, scope or password, or the name is taken.
    """
    _has_right(actor)
    role = next((r for r in catalogue.rows(Role) if r.role_code == wanted.role_code), None)
    if role is None:
        raise RefusedError("unknown_role")
    check_names(wanted)
    check_scope(catalogue, role, wanted, at)
    check_password(wanted.account_name, password)
    with store.write() as connection:
        _may_manage(connection, actor)
        if _find(connection, wanted.account_name) is not None:
            raise RefusedError("account_exists")
        values = {
            **asdict(wanted),
            "district_codes": ",".join(wanted.district_codes),
            "school_codes": ",".join(wanted.school_codes),
        }
        connection.execute(
            insert(account_table).values(
                **values,
                password_hash=hash_of(password),
                password_set_at=at,
                must_change=True,
                is_disabled=False,
                version=1,
            )
        )
        _record(store, connection, actor.name, "create", wanted.account_name, at, values)


def disable_account(store: Store, catalogue: Catalogue, actor: Viewer, account_name: str, at: datetime) -> None:
    """Shut an account and end its sessions at once.

    Raises:
        RefusedError: no permission, no such account, one's own, or the last that manages accounts.
    """
    managing = [c.role_code for c in catalogue.rows(RoleCapability) if c.permission == Permission.ACCOUNTS_MANAGE]
    with store.write() as connection:
        held = (
            select(account_table.c.account_name)
            .where(account_table.c.role_code.in_(managing), account_table.c.is_disabled.is_(False))
            .order_by(account_table.c.account_name)
            .with_for_update()
        )
        managers = set(connection.execute(held).scalars())  # held: two at once follow one another
        _may_manage(connection, actor)
        _known(connection, account_name)
        if account_name == actor.account:
            raise RefusedError("own_account")
        if managers == {account_name}:
            raise RefusedError("last_manager")
        _change(connection, account_name, is_disabled=True)
        end_sessions(connection, account_name, at)
        _record(store, connection, actor.name, "disable", account_name, at, {"is_disabled": True})


def reset_password(store: Store, actor: Viewer, account_name: str, password: str, at: datetime) -> None:
    """Give a new first password, open the account again, and end its sessions.

    Raises:
        RefusedError: no permission, no such account, or the password is too simple.
    """
    with store.write() as connection:
        _may_manage(connection, actor)
        _known(connection, account_name)
        check_password(account_name, password)
        _set_password(store, connection, account_name, password, at, must_change=True)
        _change(connection, account_name, is_disabled=False)
        end_sessions(connection, account_name, at)
        _record(store, connection, actor.name, "reset_password", account_name, at, {})


def bind_account(store: Store, actor: Viewer, account_name: str, issuer: str, subject: str, at: datetime) -> None:
    """Say who an account is at the provider; an empty `subject` leaves it to the next sign-in.

    Raises:
        RefusedError: no permission, no such account, a subject that no provider gives, or
            another account's.
    """
    bound = (issuer, subject) if subject else (None, None)
    if subject:
        check_subject(subject)
    with store.write() as connection:
        _may_manage(connection, actor)
        _known(connection, account_name)
        holder = find_identity(connection, issuer, subject) if subject else None
        if holder is not None and holder.account_name != account_name:
            raise RefusedError("subject_taken")
        _change(connection, account_name, issuer=bound[0], subject=bound[1])
        end_sessions(connection, account_name, at)
        _record(store, connection, actor.name, "bind", account_name, at, {"issuer": bound[0], "subject": bound[1]})


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
        _set_password(store, connection, account_name, new, at, must_change=False)
        end_sessions(connection, account_name, at)
        _record(store, connection, account_name, "change_password", account_name, at, {})


def verify_password(store: Store, account_name: str, password: str, at: datetime) -> Account:
    """The account, if the password is right; every try is counted before it is checked.

    Raises:
        TooSoonError: the name failed too often and has to wait.
        RefusedError: `bad_login`. Neither tells whether the account exists.
    """
    count_name(store, account_name, at)
    found = find_account(store, account_name)
    is_right = is_right_password(found.password_hash if found else None, password)
    if found is None or found.is_disabled or not is_right:
        note_failure(store, found, at)
        raise RefusedError("bad_login")
    return found


def note_failure(store: Store, account: Account | None, at: datetime, reason: str = "") -> None:
    """Record a sign-in that failed; a name that nobody has is left out: it may be a password."""
    name = account.account_name if account else ""
    known = "disabled" if account and account.is_disabled else "bad_password"
    act = audit.AuditEvent(name, "login_failed", SUBJECT, name, at, reason or (known if account else "unknown_account"))
    with store.write() as connection:
        audit.record(store, connection, act)


def viewer_of(catalogue: Catalogue, account: Account, *, must_change: bool) -> Viewer:
    """What the account may do and see, by the capability table."""
    role = next(r for r in catalogue.rows(Role) if r.role_code == account.role_code)
    permissions = frozenset(
        Permission(c.permission) for c in catalogue.rows(RoleCapability) if c.role_code == account.role_code
    )
    scopes = {"city": Scope(), "none": NOTHING, "district": Scope(frozenset(account.district_codes))}
    bounded = Scope(frozenset(account.district_codes), frozenset(account.school_codes))
    return Viewer(
        account.person, permissions, scopes.get(role.scope_kind, bounded), account.account_name, role.name, must_change
    )


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


def _may_manage(connection: Connection, actor: Viewer) -> None:
    """The right, and an account that nobody shut since the request came in."""
    _has_right(actor)
    own = _find(connection, actor.account) if actor.account else None
    if own is not None and own.is_disabled:
        raise RefusedError("no_permission")


def _has_right(actor: Viewer) -> None:
    if Permission.ACCOUNTS_MANAGE not in actor.permissions:
        raise RefusedError("no_permission")


def account_of(row: Any) -> Account:
    """An account from the columns of its table."""
    values = {f.name: row[f.name] for f in fields(Account)}
    for name in ("district_codes", "school_codes"):
        values[name] = tuple(code for code in str(values[name]).split(",") if code)
    return Account(**values)


def _find(connection: Connection, account_name: str) -> Account | None:
    if not NAME.fullmatch(account_name):
        return None
    asked = select(account_table).where(account_table.c.account_name == account_name)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else account_of(row)


def find_identity(connection: Connection, issuer: str, subject: str) -> Account | None:
    """The account bound to somebody at a provider; compared exactly."""
    asked = select(account_table).where(account_table.c.issuer == issuer, account_table.c.subject == subject)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else account_of(row)


def _known(connection: Connection, account_name: str) -> Account:
    found = _find(connection, account_name)
    if found is None:
        raise RefusedError("unknown_account")
    return found


def _set_password(
    store: Store, connection: Connection, account_name: str, password: str, at: datetime, *, must_change: bool
) -> None:
    _change(connection, account_name, password_hash=hash_of(password), password_set_at=at, must_change=must_change)
    forget_name(store, connection, account_name)


def _change(connection: Connection, account_name: str, **values: object) -> None:
    changed = update(account_table).where(account_table.c.account_name == account_name)
    connection.execute(changed.values(**values, version=account_table.c.version + 1))


def _record(
    store: Store,
    connection: Connection,
    actor: str,
    action: str,
    account_name: str,
    at: datetime,
    after: dict[str, Any],
) -> None:
    audit.record(store, connection, audit.AuditEvent(actor, action, SUBJECT, account_name, at), {}, after)


def names_of_roles(catalogue: Catalogue) -> Sequence[tuple[str, str]]:
    """Code and words of every role, in the table's order."""
    rows = sorted(catalogue.rows(Role), key=lambda r: r.display_order)
    return [(r.role_code, r.name) for r in rows]
