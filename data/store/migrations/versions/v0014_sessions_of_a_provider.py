"""A session knows whence it was begun, and its number at the organisation's provider."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns; sessions from before have neither."""
    op.add_column("login_session", sa.Column("address", sa.String(45), nullable=False, server_default=""))
    op.add_column("login_session", sa.Column("provider_session", sa.String(255)))
    op.create_index("login_session_at_provider", "login_session", ["provider_session"])


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
