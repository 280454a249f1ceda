"""Who signs in at the organisation's provider, and tries to sign in, counted for all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bind accounts to issuer and subject; count tries by key instead of by account."""
    op.add_column("account", sa.Column("issuer", sa.String(500)))
    op.add_column("account", sa.Column("subject", sa.String(255)))
    op.create_index("account_identity", "account", ["issuer", "subject"], unique=True)
    op.drop_column("account", "failed_count")
    op.drop_column("account", "locked_until")
    op.create_table(
        "sign_in_count",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
