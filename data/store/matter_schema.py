"""Tables of the matters of supervision: what they are about, where they stand, and what a visit recorded."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text

from data.store.schema_base import account_column, metadata

matter = Table(
    "matter",
    metadata,
    Column("matter_code", String(60), primary_key=True),
    Column("matter_kind", String(20), nullable=False),
    Column("district_code", String(12), nullable=False),
    Column("school_code", String(100), index=True),
    Column("parent_code", String(100), nullable=False, default="", server_default=""),
    Column("item_code", String(8), nullable=False, default="", server_default=""),
    Column("document_number", String(60), nullable=False, default="", server_default=""),
    Column("subject", Text, nullable=False),
    Column("note", Text, nullable=False, default="", server_default=""),
    Column("round", Integer),
    Column("state", String(20), nullable=False),
    Column("due_on", Date),
    Column("assignee", Text, nullable=False, default="", server_default=""),
    account_column("assignee_id"),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", Text, nullable=False),
    account_column("opened_by_id"),
    Column("done_on", Date),
    Column("done_by", Text, nullable=False, default="", server_default=""),
    account_column("done_by_id"),
    Column("client_key", String(40), unique=True),
    Column("is_demonstration", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
    Index("matter_kind_unit", "matter_kind", "district_code", "state"),
    Index("matter_parent", "parent_code"),
)
"""`due_on` is the day by which the next step is due; `client_key` names what was sent, so that it counts once."""

visit_answer = Table(
    "visit_answer",
    metadata,
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("check_code", String(120), nullable=False),
    Column("side", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("reported", Text, nullable=False, default="", server_default=""),
    Column("answer", String(12), nullable=False),
    Column("measured", Text, nullable=False, default="", server_default=""),
    Column("words", Text, nullable=False, default="", server_default=""),
    Column("issue_code", String(100), nullable=False, default="", server_default="", index=True),
)
"""`title` and `reported` are what stood on the inspector's screen, `issue_code` the issue that came of a finding."""

visit_photo = Table(
    "visit_photo",
    metadata,
    Column("photo_id", Integer, primary_key=True, autoincrement=True),
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("client_key", String(40), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("taken_at", DateTime, nullable=False),
    Column("place", Text, nullable=False, default="", server_default=""),
    Column("added_by", Text, nullable=False),
    account_column("added_by_id"),
    Column("added_at", DateTime, nullable=False),
    Column("removed_at", DateTime),
)
"""A photograph of a finding; `position` is that of its answer, `place` what the device said of where it stood."""
