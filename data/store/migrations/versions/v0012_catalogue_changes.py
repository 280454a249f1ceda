"""What an installation changes of the catalogue: dated rows, each proposed by one and released by another."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "catalogue_change",
        sa.Column("change_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("table_name", sa.String(40), nullable=False, index=True),
        sa.Column("row_key", sa.Text, nullable=False),
        sa.Column("takes_back", sa.Integer, index=True),
        sa.Column("row_values", sa.Text, nullable=False),
        sa.Column("row_before", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("effect", sa.Text, nullable=False, server_default=""),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("proposed_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("proposed_at", sa.DateTime, nullable=False),
        sa.Column("released_by", sa.Text, nullable=False, server_default=""),
        sa.Column("released_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("released_at", sa.DateTime),
        sa.Column("release_order", sa.Integer, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
