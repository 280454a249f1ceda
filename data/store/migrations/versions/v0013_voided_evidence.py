"""Evidence that was voided or has outlived its time; requests counted for all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who voided a file, when and why, when it was removed, and the counts."""
    op.add_column("evidence_file", sa.Column("voided_at", sa.DateTime))
    op.add_column("evidence_file", sa.Column("voided_by", sa.Text))
    op.add_column("evidence_file", sa.Column("voided_by_id", sa.String(32), nullable=False, server_default=""))
    op.add_column("evidence_file", sa.Column("void_reason", sa.Text))
    op.add_column("evidence_file", sa.Column("removed_at", sa.DateTime))
    op.create_table(
        "request_count",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("hits", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )
    op.create_index("ix_request_count_until", "request_count", ["until"])


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
