"""An account is valid from a day, until a day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both days; without them an account is valid always, as before."""
    op.add_column("account", sa.Column("valid_from", sa.Date))
    op.add_column("account", sa.Column("valid_to", sa.Date))


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
