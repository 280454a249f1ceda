"""Task books: measures with schools, quarters and what was done by month; and the department of an account."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and the column."""
    op.add_column("account", sa.Column("department_code", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "task_book",
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), primary_key=True),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("snapshot_id", sa.String(80), nullable=False),
    )
    op.create_table(
        "task_book_gap",
        sa.Column("gap_code", sa.String(100), primary_key=True),
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), nullable=False, index=True),
        sa.Column("item_code", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("place_count", sa.Integer, nullable=False),
    )
    op.create_table(
        "task_measure",
        sa.Column("measure_code", sa.String(64), primary_key=True),
        sa.Column("matter_code", sa.String(60), sa.ForeignKey("matter.matter_code"), nullable=False, index=True),
        sa.Column("district_code", sa.String(12), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("item_code", sa.String(8), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("unit", sa.String(8), nullable=False),
        sa.Column("department_code", sa.String(40), nullable=False, server_default=""),
        sa.Column("person", sa.Text, nullable=False, server_default=""),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("money", sa.BigInteger),
        sa.Column("done", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("drop_reason", sa.Text, nullable=False, server_default=""),
    )
    op.create_index("task_measure_department", "task_measure", ["department_code", "district_code"])
    op.create_table(
        "task_measure_school",
        sa.Column("measure_code", sa.String(64), sa.ForeignKey("task_measure.measure_code"), primary_key=True),
        sa.Column("school_code", sa.String(100), primary_key=True),
        sa.Column("amount", sa.BigInteger, nullable=False),
    )
    _create_course()


def _create_course() -> None:
    """What is planned by quarter and done by month."""
    measure = sa.ForeignKey("task_measure.measure_code")
    op.create_table(
        "task_milestone",
        sa.Column("milestone_code", sa.String(80), primary_key=True),
        sa.Column("measure_code", sa.String(64), measure, nullable=False, index=True),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("planned", sa.BigInteger),
    )
    op.create_index("task_milestone_day", "task_milestone", ["due_on", "measure_code", "planned"])
    op.create_table(
        "task_progress",
        sa.Column("progress_code", sa.String(80), primary_key=True),
        sa.Column(
            "measure_code", sa.String(64), sa.ForeignKey("task_measure.measure_code"), nullable=False, index=True
        ),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("done", sa.BigInteger, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("reported_by", sa.Text, nullable=False),
        sa.Column("reported_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("reported_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError
