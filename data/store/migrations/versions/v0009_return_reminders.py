"""When the city reminded a unit to hand in its return, and who did."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of reminders."""
    op.create_table(
        "return_reminder",
        sa.Column("reminder_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("period", sa.String(10), nullable=False, index=True),
        sa.Column("district_code", sa.String(12), nullable=False),
        sa.Column("reminded_by", sa.Text, nullable=False),
        sa.Column("reminded_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("reminded_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
