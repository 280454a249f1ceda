"""A deadline is asked for and granted; what two administrators do is asked for by the first."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is asked for, by whom and when."""
    op.add_column("issue", sa.Column("requested_due_on", sa.Date))
    op.add_column("issue", sa.Column("requested_by", sa.Text))
    op.add_column("issue", sa.Column("requested_by_id", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "account_request",
        sa.Column("account_name", sa.String(40), primary_key=True),
        sa.Column("action", sa.String(40), primary_key=True),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("asked_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
