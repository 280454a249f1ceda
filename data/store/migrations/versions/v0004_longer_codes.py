"""Codes of issues and schools as long as an import takes them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
WIDENED = (("evidence_file", "issue_code"), ("issue", "issue_code"), ("issue", "school_code"))


def upgrade() -> None:
    """Widen the columns of PostgreSQL stores made before; SQLite holds any length in them."""
    if op.get_context().dialect.name == "sqlite":
        return
    for table, column in WIDENED:
        op.alter_column(table, column, type_=sa.String(100))


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
