"""What each office said its headers mean."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of mappings by unit and header."""
    op.create_table(
        "column_mapping",
        sa.Column("district_code", sa.String(12), primary_key=True),
        sa.Column("header_key", sa.String(200), primary_key=True),
        sa.Column("header", sa.Text, nullable=False),
        sa.Column("meaning", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
