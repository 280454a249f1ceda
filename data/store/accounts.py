"""Accounts: who may sign in, in which role, bound to which units, schools and identity."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from data.access import NOTHING, Actor, Permission, Scope, Viewer, plain_name
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.guesses import forget_name
from data.store.new_accounts import NAME, NewAccount, check_names, check_scope, is_erased, new_account_id
from data.store.passwords import check_password, hash_of
from data.store.refusals import RefusedError
from data.store.schema import account as account_table
from data.store.schema import login_session
from data.store.two_administrators import Step, is_second, needs_two

SUBJECT = "account"


@dataclass(frozen=True)
class Account:
    """Who may sign in, in which role, for which units and schools."""

    account_id: str
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
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day; None is no end."""
    department_code: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Whether the account may be used on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def is_in_force(self, day: date) -> bool:
        """Whether its holder may sign in on this day: neither shut nor outside its validity."""
        return not self.is_disabled and self.is_valid_on(day)

    @property
    def actor(self) -> Actor:
        """The account as an act of its holder is recorded."""
        return Actor(self.person, self.account_id, self.role_code)


def list_accounts(store: Store) -> list[Account]:
    """All accounts by name."""
    with store.read() as connection:
        return accounts_within(connection)


def accounts_within(connection: Connection) -> list[Account]:
    """The same within a transaction."""
    rows = connection.execute(select(account_table).order_by(account_table.c.account_name))
    return [account_of(row) for row in rows.mappings()]


def create_account(
    store: Store, catalogue: Catalogue, actor: Viewer, account: NewAccount, password: str, at: datetime
) -> None:
    """Add an account; its holder changes the password at the first sign-in.

    Raises:
        RefusedError: no permission, bad name, role, scope or password, or the name is taken; an administrator's
            own name in a role with data; the first of two administrators who makes another one.
    """
    _has_right(actor)
    role = next((r for r in catalogue.rows(Role) if r.role_code == account.role_code), None)
    if role is None:
        raise RefusedError("unknown_role")
    check_names(account)
    check_scope(catalogue, role, account, at)
    check_password(catalogue, account.account_name, password)
    if actor.account_id and role.scope_kind != "none" and plain_name(account.person) == plain_name(actor.name):
        raise RefusedError("own_role")
    password_hash = hash_of(password)  # takes time: others write
    with store.write() as connection:
        may_manage(connection, actor)
        if _find(connection, account.account_name) is not None:
            raise RefusedError("account_exists")
        is_guarded = role.role_code in managing_roles(catalogue) and needs_two(catalogue, actor, role.role_code)
        is_done = not is_guarded or is_second(
            store, connection, catalogue, actor, Step(account.account_name, "create"), at
        )
        if is_done:
            _add(store, connection, actor, account, password_hash, at)
    if not is_done:
        raise RefusedError("needs_second_administrator")


def _add(
    store: Store, connection: Connection, actor: Viewer, account: NewAccount, password_hash: str, at: datetime
) -> None:
    codes = {"district_codes": ",".join(account.district_codes), "school_codes": ",".join(account.school_codes)}
    values = {**asdict(account), **codes}
    first = {"password_set_at": at, "must_change": True, "is_disabled": False, "version": 1}
    row = {**values, **first, "account_id": new_account_id(), "password_hash": password_hash}
    connection.execute(insert(account_table).values(**row))
    record_change(store, connection, actor.actor, "create", account.account_name, at, values)


def managing_roles(catalogue: Catalogue) -> list[str]:
    """The roles that manage accounts."""
    return [c.role_code for c in catalogue.rows(RoleCapability) if c.permission == Permission.ACCOUNTS_MANAGE]


def lasting_managers(connection: Connection, catalogue: Catalogue, at: datetime) -> set[str]:
    """The accounts that manage accounts today and without an end; held, so that two changes follow one another."""
    held = (
        select(account_table.c.account_name)
        .where(account_table.c.role_code.in_(managing_roles(catalogue)), account_table.c.is_disabled.is_(False))
        .where(account_table.c.valid_to.is_(None), *valid_on(day_of(at)))
        .order_by(account_table.c.account_name)
        .with_for_update()
    )
    return set(connection.execute(held).scalars())


def disable_account(store: Store, catalogue: Catalogue, actor: Viewer, account_name: str, at: datetime) -> None:
    """Shut an account and end its sessions at once.

    Raises:
        RefusedError: no permission, no such account, one's own, or the last that manages accounts.
    """
    with store.write() as connection:
        managers = lasting_managers(connection, catalogue, at)
        may_manage(connection, actor)
        account = known_account(connection, account_name)
        if account.account_id == actor.account_id:
            raise RefusedError("own_account")
        if managers == {account_name}:
            raise RefusedError("last_manager")
        change_columns(connection, account_name, is_disabled=True)
        end_sessions(connection, [account_name], at)
        record_change(store, connection, actor.actor, "disable", account_name, at, {"is_disabled": True})


def reset_password(
    store: Store, catalogue: Catalogue, actor: Viewer, account_name: str, password: str, at: datetime
) -> None:
    """Give a new first password, open the account again, and end its sessions.

    Raises:
        RefusedError: no permission, no such account, the password is too simple, or the first of two administrators.
    """
    _has_right(actor)
    password_hash = hash_of(password)  # takes time: others write
    with store.write() as connection:
        may_manage(connection, actor)
        account = known_account(connection, account_name)
        check_password(catalogue, account_name, password)
        is_done = not needs_two(catalogue, actor, account.role_code) or is_second(
            store, connection, catalogue, actor, Step(account_name, "reset_password"), at
        )
        if is_done:
            set_password(store, connection, account_name, password_hash, at, must_change=True)
            change_columns(connection, account_name, is_disabled=False)
            end_sessions(connection, [account_name], at)
            record_change(store, connection, actor.actor, "reset_password", account_name, at, {})
    if not is_done:
        raise RefusedError("needs_second_administrator")


def valid_on(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What holds of the accounts that are valid on a day, shut or not."""
    begun, over = account_table.c.valid_from, account_table.c.valid_to
    return or_(begun.is_(None), begun <= day), or_(over.is_(None), over >= day)


def viewer_of(catalogue: Catalogue, account: Account, *, must_change: bool) -> Viewer:
    """What the account may do and see, by the capability table."""
    role = next(r for r in catalogue.rows(Role) if r.role_code == account.role_code)
    permissions = frozenset(
        Permission(c.permission) for c in catalogue.rows(RoleCapability) if c.role_code == account.role_code
    )
    scopes = {"city": Scope(), "none": NOTHING, "district": Scope(frozenset(account.district_codes))}
    return Viewer(
        account.person,
        permissions,
        scopes.get(role.scope_kind, Scope(frozenset(account.district_codes), frozenset(account.school_codes))),
        account.account_name,
        role.name,
        must_change,
        account.account_id,
        department=account.department_code,
    )


def end_sessions(connection: Connection, account_names: Sequence[str], at: datetime) -> None:
    """End every open session of these accounts."""
    connection.execute(
        update(login_session)
        .where(login_session.c.account_name.in_(account_names), login_session.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def find_account(store: Store, account_name: str) -> Account | None:
    """One account; None where there is none."""
    with store.read() as connection:
        return _find(connection, account_name)


def may_manage(connection: Connection, actor: Viewer) -> None:
    """The right, and an account that nobody shut since the request came in.

    Raises:
        RefusedError: `no_permission`.
    """
    _has_right(actor)
    account = _find(connection, actor.account) if actor.account else None
    if account is not None and account.is_disabled:
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


def known_account(connection: Connection, account_name: str) -> Account:
    """The account of this name.

    Raises:
        RefusedError: there is none, or its person was let go of.
    """
    account = _find(connection, account_name)
    if account is None:
        raise RefusedError("unknown_account")
    if is_erased(account_name):
        raise RefusedError("erased_before")
    return account


def set_password(
    store: Store, connection: Connection, account_name: str, password_hash: str, at: datetime, *, must_change: bool
) -> None:
    """Keep the hash of another password; waits after failures end."""
    change_columns(connection, account_name, password_hash=password_hash, password_set_at=at, must_change=must_change)
    forget_name(store, connection, account_name)


def change_columns(connection: Connection, account_name: str, **values: object) -> None:
    """Write columns of an account, which is another version then."""
    changed = update(account_table).where(account_table.c.account_name == account_name)
    connection.execute(changed.values(**values, version=account_table.c.version + 1))


def record_change(
    store: Store,
    connection: Connection,
    actor: Actor,
    action: str,
    account_name: str,
    at: datetime,
    after: dict[str, Any],
) -> None:
    """Say in the audit what was done to an account."""
    audit.record(store, connection, audit.AuditEvent(actor, action, SUBJECT, account_name, at), {}, after)


def names_of_roles(catalogue: Catalogue) -> Sequence[tuple[str, str]]:
    """Code and words of every role, in the table's order."""
    rows = sorted(catalogue.rows(Role), key=lambda r: r.display_order)
    return [(r.role_code, r.name) for r in rows]
