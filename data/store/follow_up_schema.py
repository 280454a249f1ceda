"""Tables of what follows: how closed issues were looked at again, and the letters that reminded units of warnings."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data.store.schema_base import account_column, metadata

look_back = Table(
    "look_back",
    metadata,
    Column("look_back_id", Integer, primary_key=True, autoincrement=True),
    Column("issue_code", String(100), ForeignKey("issue.issue_code"), nullable=False, index=True),
    Column("reason", String(12), nullable=False, default="", server_default=""),
    Column("closed_on", Date),
    Column("listed_on", Date),
    Column("due_on", Date),
    Column("outcome", String(20), nullable=False),
    Column("words", Text, nullable=False, default="", server_default=""),
    Column("looked_by", Text, nullable=False),
    account_column("looked_by_id"),
    Column("looked_at", DateTime, nullable=False),
)
"""One look at an issue that was listed: of which closing, by when it was due, who looked and what came of it."""

look_back_answer = Table(
    "look_back_answer",
    metadata,
    Column("look_back_id", Integer, ForeignKey("look_back.look_back_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("check_code", String(40), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", String(12), nullable=False),
)
"""`question` is what was asked on that day."""

warning_letter = Table(
    "warning_letter",
    metadata,
    Column("document_number", String(60), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("district_code", String(12), nullable=False, index=True),
    Column("warning_keys", Text, nullable=False),
    Column("period", String(10), nullable=False),
    Column("snapshot_id", String(80), nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("is_demonstration", Boolean, nullable=False, default=False),
    Column("sent_by", Text, nullable=False),
    account_column("sent_by_id"),
    Column("sent_at", DateTime, nullable=False),
    UniqueConstraint("year", "number", name="warning_letter_number"),
    Index("warning_letter_sent", "sent_at"),
)
"""A letter as it was sent: its bytes lie with the evidence, under their hash; `warning_keys` are those it names."""
