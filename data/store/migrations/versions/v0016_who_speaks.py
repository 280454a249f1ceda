"""Who speaks about an item of a running order and who sees it; the unit that a decision is for."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three columns."""
    op.add_column("agenda_slide", sa.Column("speaker", sa.Text, nullable=False, server_default=""))
    op.add_column("agenda_slide", sa.Column("audience", sa.String(20), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("district_code", sa.String(12), nullable=False, server_default=""))
    op.create_index("ix_decision_district_code", "decision", ["district_code"])


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
