"""The first form of the operational store; audit entries can only be added."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of version 1."""
    _ledger_tables()
    _meeting_tables()
    _audit_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function refuse_change() returns trigger language plpgsql as"
            " $$ begin raise exception 'audit entries can only be added'; end $$"
        )
        op.execute(
            "create trigger audit_entry_fixed before update or delete on audit_entry"
            " for each row execute function refuse_change()"
        )
        return
    for change in ("update", "delete"):
        op.execute(
            f"create trigger audit_entry_no_{change} before {change} on audit_entry"
            " begin select raise(abort, 'audit entries can only be added'); end"
        )


def _ledger_tables() -> None:
    op.create_table(
        "issue",
        sa.Column("issue_code", sa.String(100), primary_key=True),
        sa.Column("district_code", sa.String(12), nullable=False, index=True),
        sa.Column("school_code", sa.String(100), index=True),
        sa.Column("stage", sa.String(12)),
        sa.Column("item_code", sa.String(8)),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("round", sa.Integer),
        sa.Column("found_on", sa.Date, nullable=False),
        sa.Column("measure", sa.Text),
        sa.Column("responsible_unit", sa.Text),
        sa.Column("responsible_person", sa.Text),
        sa.Column("due_on", sa.Date),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("rectified_by", sa.Text),
        sa.Column("reviewer", sa.Text),
        sa.Column("reviewed_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("evidence", sa.Text),
        sa.Column("was_met", sa.Boolean, nullable=False),
        sa.Column("is_demonstration", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_by", sa.Text, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "evidence_file",
        sa.Column("evidence_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("issue_code", sa.String(100), sa.ForeignKey("issue.issue_code"), nullable=False, index=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "adopted_batch",
        sa.Column("batch_id", sa.String(80), primary_key=True),
        sa.Column("adopted_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "warning_state",
        sa.Column("warning_key", sa.String(120), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_by", sa.Text, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )


def _meeting_tables() -> None:
    op.create_table(
        "meeting",
        sa.Column("meeting_code", sa.String(40), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("snapshot_id", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "agenda_slide",
        sa.Column("slide_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("meeting_code", sa.String(40), sa.ForeignKey("meeting.meeting_code"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("meeting_code", sa.String(40), sa.ForeignKey("meeting.meeting_code"), nullable=False, index=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("resolution", sa.Text, nullable=False),
        sa.Column("responsible_unit", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("progress", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_by", sa.Text, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )


def _audit_tables() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False, index=True),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("head_id", sa.Integer, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"head_id": 1, "sequence": 0, "hash": "0" * 64}])


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
