"""Who acted is an account: its number stands beside every name, and in the audit with role and place."""

import secrets
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from data.access import is_machine_name, plain_name

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
NAMED = {
    "issue": ("rectified_by", "reviewer", "updated_by"),
    "evidence_file": ("added_by",),
    "warning_state": ("updated_by",),
    "meeting": ("created_by",),
    "decision": ("updated_by",),
    "submission": ("submitted_by", "decided_by"),
}
"""The columns that hold the name of who acted."""


def upgrade() -> None:
    """Number the accounts, and name them where exactly one of them bears the name that was kept.

    Entries of the audit stay as they are: their hashes cover what they said.
    """
    for table, columns in NAMED.items():
        for column in columns:
            op.add_column(table, _words(f"{column}_id", 32))
    for column, length in (("account_id", 32), ("role", None), ("address_digest", 64), ("request_id", 32)):
        op.add_column("audit_entry", _words(column, length))
    op.create_table(
        "audit_address",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
    )
    op.add_column("account", _words("account_id", 32))
    bearers = _number_accounts()
    op.create_index("account_number", "account", ["account_id"], unique=True)
    for table, columns in NAMED.items():
        for column in columns:
            _name_accounts(table, column, bearers)


def _words(name: str, length: int | None) -> sa.Column[str]:
    kind = sa.String(length) if length else sa.Text()
    return sa.Column(name, kind, nullable=False, server_default="")


def _number_accounts() -> dict[str, list[str]]:
    """Give every account its number; returns the numbers by the name of the person."""
    account = sa.table("account", sa.column("account_name"), sa.column("account_id"), sa.column("person"))
    connection, bearers = op.get_bind(), defaultdict[str, list[str]](list)
    for account_name, person in connection.execute(sa.select(account.c.account_name, account.c.person)).all():
        number = secrets.token_hex(16)
        mine = sa.update(account).where(account.c.account_name == account_name)
        connection.execute(mine.values(account_id=number))
        bearers[plain_name(person)].append(number)
    return bearers


def _name_accounts(table: str, column: str, bearers: dict[str, list[str]]) -> None:
    rows = sa.table(table, sa.column(column), sa.column(f"{column}_id"))
    connection = op.get_bind()
    for name in connection.execute(sa.select(rows.c[column]).distinct()).scalars().all():
        numbers = bearers.get(plain_name(name or ""), [])
        if len(numbers) == 1 and not is_machine_name(name):
            mine = sa.update(rows).where(rows.c[column] == name)
            connection.execute(mine.values({f"{column}_id": numbers[0]}))


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
