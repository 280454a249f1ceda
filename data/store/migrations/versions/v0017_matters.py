"""Matters of supervision in one table; what a visit to a school recorded, and its photographs."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "matter",
        sa.Column("matter_code", sa.String(60), primary_key=True),
        sa.Column("matter_kind", sa.String(20), nullable=False),
        sa.Column("district_code", sa.String(12), nullable=False),
        sa.Column("school_code", sa.String(100), index=True),
        sa.Column("parent_code", sa.String(100), nullable=False, server_default=""),
        sa.Column("item_code", sa.String(8), nullable=False, server_default=""),
        sa.Column("document_number", sa.String(60), nullable=False, server_default=""),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Column("round", sa.Integer),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("assignee", sa.Text, nullable=False, server_default=""),
        sa.Column("assignee_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("done_on", sa.Date),
        sa.Column("done_by", sa.Text, nullable=False, server_default=""),
        sa.Column("done_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("client_key", sa.String(40), unique=True),
        sa.Column("is_demonstration", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_by", sa.Text, nullable=False),
        sa.Column("updated_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    op.create_index("matter_kind_unit", "matter", ["matter_kind", "district_code", "state"])
    op.create_index("matter_parent", "matter", ["parent_code"])
    op.create_table(
        "visit_answer",
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("check_code", sa.String(120), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("reported", sa.Text, nullable=False, server_default=""),
        sa.Column("answer", sa.String(12), nullable=False),
        sa.Column("measured", sa.Text, nullable=False, server_default=""),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
        sa.Column("issue_code", sa.String(100), nullable=False, server_default="", index=True),
    )
    op.create_table(
        "visit_photo",
        sa.Column("photo_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("client_key", sa.String(40), nullable=False, unique=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
        sa.Column("place", sa.Text, nullable=False, server_default=""),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("removed_at", sa.DateTime),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
