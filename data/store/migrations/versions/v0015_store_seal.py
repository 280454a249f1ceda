"""A keyed digest of each table, which the first start makes; the audit is found by action and by day."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: the key is not known here; and two indexes of the audit."""
    op.create_index("audit_entry_action", "audit_entry", ["action", "sequence"])
    op.create_index("audit_entry_at", "audit_entry", ["at"])
    op.create_table(
        "store_seal",
        sa.Column("seal_id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digests", sa.Text, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
