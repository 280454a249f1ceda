"""Tables of the task books (任务书): the book, its measures with schools and quarters, and what was done by month."""

from sqlalchemy import BigInteger, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text

from data.store.schema_base import account_column, metadata

task_book = Table(
    "task_book",
    metadata,
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), primary_key=True),
    Column("period", String(10), nullable=False),
    Column("snapshot_id", String(80), nullable=False),
)
"""The publication whose gap bill a book was made from."""

task_book_gap = Table(
    "task_book_gap",
    metadata,
    Column("gap_code", String(100), primary_key=True),
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), nullable=False, index=True),
    Column("item_code", String(8), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("place_count", Integer, nullable=False),
)
"""What fails and has no amount on the bill, so that no measure came of it."""

task_measure = Table(
    "task_measure",
    metadata,
    Column("measure_code", String(64), primary_key=True),
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), nullable=False, index=True),
    Column("district_code", String(12), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("item_code", String(8), nullable=False),
    Column("subject", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("unit", String(8), nullable=False),
    Column("department_code", String(40), nullable=False, default="", server_default=""),
    Column("person", Text, nullable=False, default="", server_default=""),
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("money", BigInteger),
    Column("done", BigInteger, nullable=False, default=0, server_default="0"),
    Column("drop_reason", Text, nullable=False, default="", server_default=""),
    Index("task_measure_department", "department_code", "district_code"),
)
"""`ends_on` is the last day of the quarter of `due_on`, `money` in yuan, `done` what all months came to.

A measure that has a `drop_reason` is none of the book's any more.
"""

task_measure_school = Table(
    "task_measure_school",
    metadata,
    Column("measure_code", String(64), ForeignKey("task_measure.measure_code"), primary_key=True),
    Column("school_code", String(100), primary_key=True),
    Column("amount", BigInteger, nullable=False),
)
"""What the bill says that each school lacked when the measure was made."""

task_milestone = Table(
    "task_milestone",
    metadata,
    Column("milestone_code", String(80), primary_key=True),
    Column("measure_code", String(64), ForeignKey("task_measure.measure_code"), nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("planned", BigInteger),
    Index("task_milestone_day", "due_on", "measure_code", "planned"),
)
"""How much is to be done in all by the end of a quarter; empty where the quarter is no part of it any more."""

task_progress = Table(
    "task_progress",
    metadata,
    Column("progress_code", String(80), primary_key=True),
    Column("measure_code", String(64), ForeignKey("task_measure.measure_code"), nullable=False, index=True),
    Column("month", Date, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("reported_by", Text, nullable=False),
    account_column("reported_by_id"),
    Column("reported_at", DateTime, nullable=False),
)
"""What was done in a month (its first day), and what proves it."""
