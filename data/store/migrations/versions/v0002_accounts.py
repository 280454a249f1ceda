"""Accounts and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of version 2."""
    op.create_table(
        "account",
        sa.Column("account_name", sa.String(40), primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("role_code", sa.String(40), nullable=False),
        sa.Column("district_codes", sa.Text, nullable=False),
        sa.Column("school_codes", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("password_set_at", sa.DateTime, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("failed_count", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "login_session",
        sa.Column("session_hash", sa.String(64), primary_key=True),
        sa.Column("account_name", sa.String(40), sa.ForeignKey("account.account_name"), nullable=False, index=True),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
