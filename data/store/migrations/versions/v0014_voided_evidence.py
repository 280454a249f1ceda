"""A wrong evidence file is voided with a reason; one that has outlived its time is removed, its row stays."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who voided a file, when and why, and when it was removed."""
    op.add_column("evidence_file", sa.Column("voided_at", sa.DateTime))
    op.add_column("evidence_file", sa.Column("voided_by", sa.Text))
    op.add_column("evidence_file", sa.Column("voided_by_id", sa.String(32), nullable=False, server_default=""))
    op.add_column("evidence_file", sa.Column("void_reason", sa.Text))
    op.add_column("evidence_file", sa.Column("removed_at", sa.DateTime))


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
