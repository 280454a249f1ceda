"""Surveys of satisfaction: their period, and the counts of each group."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "survey",
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), primary_key=True),
        sa.Column("period", sa.String(10), nullable=False, index=True),
    )
    op.create_table(
        "survey_answer",
        sa.Column("answer_code", sa.String(120), primary_key=True),
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), nullable=False, index=True),
        sa.Column("group_code", sa.String(40), nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer),
        sa.Column("satisfied", sa.Integer),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
