"""Many accounts at once: what a list would make and change, and all of it done together or nothing."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from data.access import Viewer, plain_name
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.account_changes import AccountChange, change_of, is_seen_differently, kept_of
from data.store.accounts import SUBJECT, Account, accounts_within, end_sessions, managing_roles, may_manage
from data.store.engine import Store
from data.store.guesses import INSERTS, forget_names
from data.store.new_accounts import NewAccount, check_names, check_scope, new_account_id
from data.store.passwords import draw_password, hash_of_drawn
from data.store.refusals import RefusedError
from data.store.schema import account as account_table

CREATE, CHANGE, RENEW, SAME = "create", "change", "renew", "same"
LIST = "account_list"


@dataclass(frozen=True)
class ListStep:
    """What a row does: makes an account, changes `before`, gives it another first password, or leaves it."""

    kind: str
    change: AccountChange
    before: Account | None


@dataclass(frozen=True)
class ListPlan:
    """What a list does by row, and which rows are refused for which reason; `mark` tells it from any other plan."""

    steps: Sequence[ListStep]
    refused: Sequence[tuple[int, str]]

    @property
    def mark(self) -> str:
        """Equal for the same rows on the same accounts as they stand."""
        said = [(s.kind, asdict(s.change), s.before and s.before.version) for s in self.steps]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def of_kind(self, *kinds: str) -> list[ListStep]:
        """The rows that do one of these."""
        return [s for s in self.steps if s.kind in kinds]


@dataclass(frozen=True)
class Handed:
    """An account and the first password that is told once."""

    change: AccountChange
    password: str


def plan_of(
    store: Store, catalogue: Catalogue, actor: Viewer, rows: Sequence[AccountChange], at: datetime, *, renews: bool
) -> ListPlan:
    """What a list would do; nothing is changed.

    Args:
        store: Whose accounts.
        catalogue: Roles and units.
        actor: Who brings the list.
        rows: What each account is to be; their `version` is not looked at.
        at: Now (UTC).
        renews: Whether accounts whose first password was never changed get another one.

    Raises:
        RefusedError: `no_permission`.
    """
    with store.read() as connection:
        return _plan(connection, catalogue, actor, rows, at, renews=renews)


def take_list(
    store: Store, catalogue: Catalogue, actor: Viewer, rows: Sequence[AccountChange], mark: str, at: datetime
) -> list[Handed]:
    """Do what was looked at, all of it in one transaction; the first passwords, which nobody keeps.

    `mark` is that of the plan that was looked at; it tells whether first passwords are renewed. Everything that takes
    time is made before the transaction, which holds the store for others only while it writes.

    Raises:
        RefusedError: `no_permission`; `list_changed` where accounts, rows or rules are no longer as they were;
            `nothing_changes`.
    """
    with store.read() as connection:
        versions = _versions(connection)
        plans = [_plan(connection, catalogue, actor, rows, at, renews=renews) for renews in (False, True)]
    plan = next((p for p in plans if p.mark == mark and not p.refused), None)
    if plan is None:
        raise RefusedError("list_changed")
    made = [_made(catalogue, actor, step, at) for step in plan.of_kind(CREATE, CHANGE, RENEW)]
    if not made:
        raise RefusedError("nothing_changes")
    counts = dict(Counter(step.kind for step in plan.steps))
    whole = audit.AuditEvent(actor.actor, "take_list", LIST, mark[:16], at)
    with store.write() as connection:
        may_manage(connection, actor)
        if _versions(connection) != versions:
            raise RefusedError("list_changed")
        _keep_rows(store, connection, made)
        end_sessions(connection, [m.row["account_name"] for m in made if m.ends_sessions], at)
        forget_names(store, connection, [m.row["account_name"] for m in made if m.kind == RENEW])
        audit.record_all(store, connection, [*(m.entry for m in made), (whole, {}, counts)])
    return [m.handed for m in made if m.handed]


def _versions(connection: Connection) -> dict[str, int]:
    """The version of every account, held until the transaction ends."""
    asked = select(account_table.c.account_name, account_table.c.version).with_for_update()
    return {row.account_name: row.version for row in connection.execute(asked)}


def _plan(
    connection: Connection,
    catalogue: Catalogue,
    actor: Viewer,
    rows: Sequence[AccountChange],
    at: datetime,
    *,
    renews: bool,
) -> ListPlan:
    may_manage(connection, actor)
    known = {a.account_name: a for a in accounts_within(connection)}
    roles = {r.role_code: r for r in catalogue.rows(Role)}
    managing = managing_roles(catalogue)
    guarded = {code for code, role in roles.items() if role.needs_two_administrators or code in managing}
    often = Counter(row.account_name for row in rows)
    steps: list[ListStep] = []
    refused: list[tuple[int, str]] = []
    for number, row in enumerate(rows):
        before = known.get(row.account_name)
        code = "listed_twice" if often[row.account_name] > 1 else _refusal(catalogue, actor, row, before, roles, at)
        if not code and ({row.role_code, before.role_code if before else ""} & guarded):
            code = "listed_guarded"
        if code:
            refused.append((number, code))
            continue
        change = replace(row, version=before.version if before else 0)
        steps.append(ListStep(_kind(change, before, renews=renews), change, before))
    return ListPlan(steps, refused)


def _kind(change: AccountChange, before: Account | None, *, renews: bool) -> str:
    if before is None:
        return CREATE
    if change != change_of(before):
        return CHANGE
    return RENEW if renews and before.must_change else SAME


def _refusal(
    catalogue: Catalogue,
    actor: Viewer,
    row: AccountChange,
    before: Account | None,
    roles: dict[str, Role],
    at: datetime,
) -> str:
    """Why a row cannot be; the codes of the desk."""
    role = roles.get(row.role_code)
    if role is None:
        return "unknown_role"
    listed_account = NewAccount(
        row.account_name,
        row.person,
        role.role_code,
        row.district_codes,
        row.school_codes,
        department_code=row.department_code,
    )
    try:
        check_names(listed_account)
        check_scope(catalogue, role, listed_account, at)
    except RefusedError as error:
        return error.code
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        return "bad_validity"
    if actor.account_id and role.scope_kind != "none" and plain_name(row.person) == plain_name(actor.name):
        return "own_role"
    if before is not None and before.account_id == actor.account_id:
        return "own_edit"
    return "listed_disabled" if before is not None and before.is_disabled else ""


@dataclass(frozen=True)
class _Made:
    """A row of the list made ready: the account as it is kept, its entry in the audit, what is handed over."""

    kind: str
    row: Mapping[str, Any]
    entry: tuple[audit.AuditEvent, Mapping[str, Any], Mapping[str, Any]]
    ends_sessions: bool = False
    handed: Handed | None = None


def _made(catalogue: Catalogue, actor: Viewer, step: ListStep, at: datetime) -> _Made:
    name, values = step.change.account_name, kept_of(step.change.values)
    if step.before is not None and step.kind == CHANGE:
        before = kept_of(asdict(step.before))
        row = {**before, **values, "version": step.before.version + 1}
        after = replace(step.before, **step.change.values)
        entry = _act(actor, "change", name, at), kept_of(change_of(step.before).values), values
        return _Made(CHANGE, row, entry, is_seen_differently(step.before, after, day_of(at)))
    password = draw_password(catalogue, name)
    first = {"password_hash": hash_of_drawn(password), "password_set_at": at, "must_change": True}
    handed = Handed(step.change, password)
    if step.before is not None:
        row = {**kept_of(asdict(step.before)), **first, "version": step.before.version + 1}
        return _Made(RENEW, row, (_act(actor, "reset_password", name, at), {}, {}), ends_sessions=True, handed=handed)
    told = {"account_name": name, **values}
    row = {**told, **first, "account_id": new_account_id(), "is_disabled": False, "version": 1}
    return _Made(CREATE, row, (_act(actor, "create", name, at), {}, told), handed=handed)


def _act(actor: Viewer, action: str, account_name: str, at: datetime) -> audit.AuditEvent:
    return audit.AuditEvent(actor.actor, action, SUBJECT, account_name, at)


def _keep_rows(store: Store, connection: Connection, made: Sequence[_Made]) -> None:
    """Write new accounts, and those that there are over what they were; one statement for each."""
    new = [m.row for m in made if m.kind == CREATE]
    if new:
        connection.execute(insert(account_table), new)
    known = [m.row for m in made if m.kind != CREATE]
    if known:
        put = INSERTS[store.engine.dialect.name](account_table)
        replaced = {name: put.excluded[name] for name in known[0] if name != "account_name"}
        connection.execute(put.on_conflict_do_update(index_elements=["account_name"], set_=replaced), known)
