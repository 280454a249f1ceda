"""A second factor of local accounts, and the codes for the day it is lost."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "second_factor",
        sa.Column("account_name", sa.String(40), sa.ForeignKey("account.account_name"), primary_key=True),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("confirmed_at", sa.DateTime),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account_name", sa.String(40), sa.ForeignKey("account.account_name"), primary_key=True),
        sa.Column("code_hash", sa.String(64), primary_key=True),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
