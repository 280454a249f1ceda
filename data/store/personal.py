"""What is kept about a person: given to them, and let go of where the law allows; the audit stays as it was signed."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, select, update

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.accounts import SUBJECT, Account, find_account, known_account, may_manage
from data.store.engine import Store
from data.store.new_accounts import ERASED
from data.store.refusals import RefusedError
from data.store.schema import account as account_table
from data.store.schema import (
    account_request,
    audit_address,
    audit_entry,
    inspector,
    login_session,
    metadata,
    recovery_code,
)
from data.store.schema import second_factor as second_factor_table
from data.store.two_administrators import Step, is_second
from data.text import text

NUMBER = "_id"
SHOWN_DIGITS, NAME_DIGITS = 8, 12
SECRET = {"password_hash"}
CLEARED: dict[str, Any] = {"password_hash": "", "issuer": None, "subject": None, "is_disabled": True}


def erased_words(account_id: str) -> str:
    """What stands for a name that was let go of."""
    return text("accounts.erased", number=account_id[:SHOWN_DIGITS])


def person_columns() -> list[tuple[Table, str, str]]:
    """Every column with a person's name and that of the number of the account, but for the signed audit."""
    return [
        (table, column.name, f"{column.name}{NUMBER}")
        for table in metadata.sorted_tables
        if table is not audit_entry
        for column in table.columns
        if f"{column.name}{NUMBER}" in table.columns and not table.columns[f"{column.name}{NUMBER}"].primary_key
    ] + [(inspector, "name", "account_id")]


def data_of(store: Store, account_name: str) -> dict[str, Any]:
    """Everything that stands under an account's number, in plain values for the person; no hash of a password.

    Raises:
        RefusedError: there is no such account.
    """
    account = find_account(store, account_name)
    if account is None:
        raise RefusedError("unknown_account")
    number = account.account_id
    kept: dict[str, Any] = {"account": {k: v for k, v in asdict(account).items() if k not in SECRET}}
    with store.read() as connection:
        held = login_session.c
        sessions = select(held.started_at, held.seen_at, held.ended_at).where(held.account_name == account_name)
        kept["sessions"] = [dict(r) for r in connection.execute(sessions).mappings()]
        factor = select(second_factor_table.c.confirmed_at).where(second_factor_table.c.account_name == account_name)
        kept["second_factor_since"] = connection.execute(factor).scalar_one_or_none()
        acts = (
            select(*[c for c in audit_entry.columns if not c.name.endswith("hash")], audit_address.c.address)
            .join_from(audit_entry, audit_address, audit_address.c.sequence == audit_entry.c.sequence, isouter=True)
            .where(audit_entry.c.account_id == number)
            .order_by(audit_entry.c.sequence)
        )
        kept["audit"] = [dict(r) for r in connection.execute(acts).mappings()]
        for table, column, number_column in person_columns():
            mentions = connection.execute(select(table).where(table.c[number_column] == number)).mappings()
            if rows := [dict(row) for row in mentions]:
                kept[f"{table.name}.{column}"] = rows
    return kept


def erase_person(store: Store, catalogue: Catalogue, actor: Viewer, account_name: str, at: datetime) -> Account | None:
    """Put an account's number in the place of its person's name, for good; what lets him in is dropped.

    Of administrators two ask for it; None for the first of them.

    Raises:
        RefusedError: no permission, no such account, one's own, still enabled, or erased before.
    """
    with store.write() as connection:
        may_manage(connection, actor)
        account = known_account(connection, account_name)
        if account_name == actor.account:
            raise RefusedError("own_edit")
        if not account.is_disabled:
            raise RefusedError("still_in_use")
        step = Step(account_name, "erase")
        if actor.account_id and not is_second(store, connection, catalogue, actor, step, at):
            return None
        number = account.account_id
        named = erased_words(number)
        for table, column, number_column in person_columns():
            connection.execute(update(table).where(table.c[number_column] == number).values({column: named}))
        for table in (recovery_code, second_factor_table, login_session, account_request):
            connection.execute(delete(table).where(table.c.account_name == account_name))
        values = {**CLEARED, "account_name": f"{ERASED}{number[:NAME_DIGITS]}", "person": named}
        changed = update(account_table).where(account_table.c.account_name == account_name)
        connection.execute(changed.values(**values, version=account_table.c.version + 1))
        act = audit.AuditEvent(actor.actor, "erase", SUBJECT, values["account_name"], at)
        audit.record(store, connection, act)
        return replace(account, **values)
