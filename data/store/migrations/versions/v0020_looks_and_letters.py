"""回头看 with day, person and answers; warning letters with their numbers, receipts and the files of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of issues, warnings and evidence, and the three tables."""
    _words("issue", "look_reason", 12)
    op.add_column("issue", sa.Column("look_listed_on", sa.Date))
    op.add_column("issue", sa.Column("look_due_on", sa.Date))
    op.add_column("issue", sa.Column("look_assignee", sa.Text, nullable=False, server_default=""))
    _words("issue", "look_assignee_id", 32)
    op.add_column("warning_state", sa.Column("answer_by", sa.Date))
    op.add_column("warning_state", sa.Column("silent_times", sa.Integer, nullable=False, server_default="0"))
    _words("warning_state", "document_number", 60)
    op.add_column("warning_state", sa.Column("received_by", sa.Text, nullable=False, server_default=""))
    _words("warning_state", "received_by_id", 32)
    op.add_column("warning_state", sa.Column("received_at", sa.DateTime))
    with op.batch_alter_table("evidence_file") as evidence:
        evidence.alter_column("issue_code", existing_type=sa.String(100), nullable=True)
        evidence.add_column(sa.Column("warning_key", sa.String(120)))
    op.create_index("ix_evidence_file_warning_key", "evidence_file", ["warning_key"])
    _create_look_backs()
    _create_letters()


def _create_look_backs() -> None:
    op.create_table(
        "look_back",
        sa.Column("look_back_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("issue_code", sa.String(100), sa.ForeignKey("issue.issue_code"), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False, server_default=""),
        sa.Column("closed_on", sa.Date),
        sa.Column("listed_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
        sa.Column("looked_by", sa.Text, nullable=False),
        sa.Column("looked_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("looked_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_look_back_issue_code", "look_back", ["issue_code"])
    op.create_table(
        "look_back_answer",
        sa.Column("look_back_id", sa.Integer, sa.ForeignKey("look_back.look_back_id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("check_code", sa.String(40), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.String(12), nullable=False),
    )


def _create_letters() -> None:
    op.create_table(
        "warning_letter",
        sa.Column("document_number", sa.String(60), primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("district_code", sa.String(12), nullable=False),
        sa.Column("warning_keys", sa.Text, nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("snapshot_id", sa.String(80), nullable=False),
        sa.Column("answer_by", sa.Date, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("is_demonstration", sa.Boolean, nullable=False),
        sa.Column("sent_by", sa.Text, nullable=False),
        sa.Column("sent_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("sent_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("year", "number", name="warning_letter_number"),
    )
    op.create_index("ix_warning_letter_district_code", "warning_letter", ["district_code"])
    op.create_index("warning_letter_sent", "warning_letter", ["sent_at"])


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError


def _words(table: str, column: str, length: int) -> None:
    """Add a column of words that is empty in the rows from before."""
    op.add_column(table, sa.Column(column, sa.String(length), nullable=False, server_default=""))
