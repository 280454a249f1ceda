"""What of an account is changed at the desk: person, role, scope and validity, all at once and as it was looked at."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from data.access import Viewer, plain_name
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.accounts import (
    SUBJECT,
    Account,
    change_columns,
    end_sessions,
    known_account,
    lasting_managers,
    managing_roles,
    may_manage,
    record_change,
)
from data.store.engine import Store
from data.store.guesses import forget_name
from data.store.new_accounts import NewAccount, check_names, check_scope
from data.store.refusals import RefusedError
from data.store.second_factor import drop_factor
from data.store.two_administrators import Step, is_second, needs_two


@dataclass(frozen=True)
class AccountChange:
    """What an account is to be from now on; `version` is the one that was looked at."""

    account_name: str
    version: int
    person: str
    role_code: str
    district_codes: tuple[str, ...] = ()
    school_codes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    department_code: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """What is kept of it, by field of an account."""
        return {k: v for k, v in asdict(self).items() if k not in ("account_name", "version")}


def change_of(account: Account) -> AccountChange:
    """The change that leaves an account as it is."""
    return AccountChange(**{name: getattr(account, name) for name in AccountChange.__dataclass_fields__})


def look_ahead(
    store: Store, catalogue: Catalogue, actor: Viewer, change: AccountChange, at: datetime
) -> tuple[Account, Account]:
    """The account as it is and as it would be; nothing is changed.

    Raises:
        RefusedError: see `change_account`.
    """
    with store.read() as connection:
        return _checked(connection, catalogue, actor, change, at)


def change_account(store: Store, catalogue: Catalogue, actor: Viewer, change: AccountChange, at: datetime) -> None:
    """Give an account another person, role, scope or validity.

    Its open sessions end where role or scope change, or today is no day of its validity.

    Raises:
        RefusedError: no permission, one's own account, a role with data in the administrator's own name, a bad name,
            role, scope or validity, changed meanwhile, nothing changes, the last lasting manager of accounts, or
            the first of two administrators.
    """
    with store.write() as connection:
        before, after = _checked(connection, catalogue, actor, change, at)
        name, guarded = change.account_name, (before.role_code, after.role_code)
        details = kept_of(change.values)
        is_done = not any(needs_two(catalogue, actor, role) for role in guarded) or is_second(
            store, connection, catalogue, actor, Step(name, "change", details), at
        )
        if is_done:
            change_columns(connection, name, **details)
            if is_seen_differently(before, after, day_of(at)):
                end_sessions(connection, [name], at)
            act = audit.AuditEvent(actor.actor, "change", SUBJECT, name, at)
            audit.record(store, connection, act, kept_of(change_of(before).values), details)
    if not is_done:
        raise RefusedError("needs_second_administrator")


def is_seen_differently(before: Account, after: Account, day: date) -> bool:
    """Whether the holder signs in anew: another role or scope, or no validity on the day."""
    bounds = [(a.role_code, a.district_codes, a.school_codes, a.department_code) for a in (before, after)]
    return bounds[0] != bounds[1] or not after.is_valid_on(day)


def unlock_account(store: Store, actor: Viewer, account_name: str, at: datetime) -> None:
    """End the wait of a name after failures.

    Raises:
        RefusedError: no permission, or no such account.
    """
    with store.write() as connection:
        may_manage(connection, actor)
        known_account(connection, account_name)
        forget_name(store, connection, account_name)
        act = audit.AuditEvent(actor.actor, "unlock", SUBJECT, account_name, at)
        audit.record(store, connection, act)


def clear_factor(store: Store, catalogue: Catalogue, actor: Viewer, account_name: str, at: datetime) -> None:
    """Take a lost second factor off an account and end its sessions; the password alone opens it again.

    Raises:
        RefusedError: no permission, no such account or factor, one's own, or the first of two administrators.
    """
    with store.write() as connection:
        may_manage(connection, actor)
        account = known_account(connection, account_name)
        if account.account_id == actor.account_id:
            raise RefusedError("own_edit")
        is_guarded = needs_two(catalogue, actor, account.role_code)
        step = Step(account_name, "drop_factor")
        is_done = not is_guarded or is_second(store, connection, catalogue, actor, step, at)
        if is_done:
            if not drop_factor(connection, account_name):
                raise RefusedError("no_factor")
            end_sessions(connection, [account_name], at)
            record_change(store, connection, actor.actor, "drop_factor", account_name, at, {})
    if not is_done:
        raise RefusedError("needs_second_administrator")


def _checked(
    connection: Connection, catalogue: Catalogue, actor: Viewer, change: AccountChange, at: datetime
) -> tuple[Account, Account]:
    managers = lasting_managers(connection, catalogue, at)
    may_manage(connection, actor)
    before = known_account(connection, change.account_name)
    if before.account_id == actor.account_id:
        raise RefusedError("own_edit")
    role = next((r for r in catalogue.rows(Role) if r.role_code == change.role_code), None)
    if role is None:
        raise RefusedError("unknown_role")
    account = NewAccount(
        change.account_name,
        change.person,
        role.role_code,
        change.district_codes,
        change.school_codes,
        department_code=change.department_code,
    )
    check_names(account)
    check_scope(catalogue, role, account, at)
    if change.valid_from and change.valid_to and change.valid_to < change.valid_from:
        raise RefusedError("bad_validity")
    if actor.account_id and role.scope_kind != "none" and plain_name(change.person) == plain_name(actor.name):
        raise RefusedError("own_role")
    if before.version != change.version:
        raise RefusedError("account_changed")
    after = replace(before, **change.values)
    if after == before:
        raise RefusedError("nothing_changes")
    if managers == {before.account_name} and not _is_lasting(after, managing_roles(catalogue), day_of(at)):
        raise RefusedError("last_manager")
    return before, after


def _is_lasting(account: Account, roles: Collection[str], day: date) -> bool:
    return account.role_code in roles and account.is_in_force(day) and account.valid_to is None


def kept_of(values: dict[str, Any]) -> dict[str, Any]:
    """Values of an account as the table holds them: codes in one line."""
    codes = {k: ",".join(values[k]) for k in ("district_codes", "school_codes")}
    return {**values, **codes}
