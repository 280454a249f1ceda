"""Many accounts at once: what a list would make and change, and all of it done together or nothing."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from data.access import Viewer, plain_name
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.account_changes import AccountChange, change_of, is_seen_differently, kept_of
from data.store.accounts import (
    SUBJECT,
    Account,
    accounts_within,
    change_columns,
    end_sessions,
    insert_account,
    managing_roles,
    may_manage,
    record_change,
)
from data.store.engine import Store
from data.store.guesses import forget_name
from data.store.new_accounts import NewAccount, check_names, check_scope
from data.store.passwords import draw_password, hash_of_drawn
from data.store.refusals import RefusedError

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

    `mark` is that of the plan that was looked at; it tells whether first passwords are renewed.

    Raises:
        RefusedError: `no_permission`; `list_changed` where accounts, rows or rules are no longer as they were;
            `nothing_changes`.
    """
    drawn = {row.account_name: draw_password(catalogue, row.account_name) for row in rows}  # takes time: others write
    with store.write() as connection:
        plans = [_plan(connection, catalogue, actor, rows, at, renews=renews) for renews in (False, True)]
        plan = next((p for p in plans if p.mark == mark and not p.refused), None)
        if plan is None:
            raise RefusedError("list_changed")
        if not plan.of_kind(CREATE, CHANGE, RENEW):
            raise RefusedError("nothing_changes")
        handed = [given for step in plan.steps if (given := _take(store, connection, actor, step, drawn, at))]
        counts = dict(Counter(step.kind for step in plan.steps))
        act = audit.AuditEvent(actor.actor, "take_list", LIST, mark[:16], at)
        audit.record(store, connection, act, {}, counts)
    return handed


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
    listed_account = NewAccount(row.account_name, row.person, role.role_code, row.district_codes, row.school_codes)
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


def _take(
    store: Store, connection: Connection, actor: Viewer, step: ListStep, drawn: Mapping[str, str], at: datetime
) -> Handed | None:
    name, values = step.change.account_name, kept_of(step.change.values)
    if step.kind == CHANGE and step.before is not None:
        change_columns(connection, name, **values)
        today = day_of(at)
        if is_seen_differently(step.before, replace(step.before, **step.change.values), today):
            end_sessions(connection, name, at)
        act = audit.AuditEvent(actor.actor, "change", SUBJECT, name, at)
        audit.record(store, connection, act, kept_of(change_of(step.before).values), values)
        return None
    if step.kind not in (CREATE, RENEW):
        return None
    password = drawn[name]
    if step.kind == CREATE:
        insert_account(connection, {"account_name": name, **values}, hash_of_drawn(password), at)
        record_change(store, connection, actor.actor, "create", name, at, {"account_name": name, **values})
    else:
        change_columns(connection, name, password_hash=hash_of_drawn(password), password_set_at=at, must_change=True)
        forget_name(store, connection, name)
        end_sessions(connection, name, at)
        record_change(store, connection, actor.actor, "reset_password", name, at, {})
    return Handed(step.change, password)
