"""Who an account is at the organisation's provider: bound by its issuer and number."""

from datetime import datetime

from sqlalchemy import Connection, select

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.store.accounts import (
    Account,
    account_of,
    change_columns,
    end_sessions,
    known_account,
    may_manage,
    record_change,
)
from data.store.engine import Store
from data.store.new_accounts import check_subject
from data.store.refusals import RefusedError
from data.store.schema import account as account_table
from data.store.two_administrators import Step, is_second, needs_two


def bind_account(
    store: Store, catalogue: Catalogue, actor: Viewer, account_name: str, issuer: str, subject: str, at: datetime
) -> None:
    """Say who an account is at the provider; an empty `subject` leaves it to the next sign-in.

    Raises:
        RefusedError: no permission, no such account, one's own, a subject that no provider gives, or
            another account's; the first of two administrators.
    """
    bound = (issuer, subject) if subject else (None, None)
    if subject:
        check_subject(subject)
    with store.write() as connection:
        may_manage(connection, actor)
        account = known_account(connection, account_name)
        if account.account_id == actor.account_id:
            raise RefusedError("own_binding")
        holder = find_identity(connection, issuer, subject) if subject else None
        if holder is not None and holder.account_name != account_name:
            raise RefusedError("subject_taken")
        is_guarded = needs_two(catalogue, actor, account.role_code)
        told = {"issuer": bound[0], "subject": bound[1]}
        is_done = not is_guarded or is_second(store, connection, catalogue, actor, Step(account_name, "bind", told), at)
        if is_done:
            change_columns(connection, account_name, **told)
            end_sessions(connection, [account_name], at)
            record_change(store, connection, actor.actor, "bind", account_name, at, told)
    if not is_done:
        raise RefusedError("needs_second_administrator")


def find_identity(connection: Connection, issuer: str, subject: str) -> Account | None:
    """The account bound to somebody at a provider; compared exactly."""
    asked = select(account_table).where(account_table.c.issuer == issuer, account_table.c.subject == subject)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else account_of(row)
