"""Returns that offices handed in, until the city takes them over."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of version 3."""
    op.create_table(
        "submission",
        sa.Column("submission_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("district_code", sa.String(12), nullable=False, index=True),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("explanations", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("batch_id", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
