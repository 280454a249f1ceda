"""Tables of the operational store; the same on SQLite and PostgreSQL."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text

from data.store.account_schema import account as account
from data.store.account_schema import account_request as account_request
from data.store.account_schema import login_session as login_session
from data.store.account_schema import recovery_code as recovery_code
from data.store.account_schema import request_count as request_count
from data.store.account_schema import second_factor as second_factor
from data.store.account_schema import sign_in_count as sign_in_count
from data.store.follow_up_schema import look_back as look_back
from data.store.follow_up_schema import look_back_answer as look_back_answer
from data.store.follow_up_schema import warning_letter as warning_letter
from data.store.matter_schema import matter as matter
from data.store.matter_schema import visit_answer as visit_answer
from data.store.matter_schema import visit_photo as visit_photo
from data.store.register_schema import area_school as area_school
from data.store.register_schema import inspector as inspector
from data.store.register_schema import inspector_area as inspector_area
from data.store.register_schema import inspector_training as inspector_training
from data.store.register_schema import supervision_office as supervision_office
from data.store.schema_base import account_column
from data.store.schema_base import metadata as metadata
from data.store.survey_schema import survey as survey
from data.store.survey_schema import survey_answer as survey_answer
from data.store.task_book_schema import task_book as task_book
from data.store.task_book_schema import task_book_gap as task_book_gap
from data.store.task_book_schema import task_measure as task_measure
from data.store.task_book_schema import task_measure_school as task_measure_school
from data.store.task_book_schema import task_milestone as task_milestone
from data.store.task_book_schema import task_progress as task_progress

issue = Table(
    "issue",
    metadata,
    Column("issue_code", String(100), primary_key=True),
    Column("district_code", String(12), nullable=False, index=True),
    Column("school_code", String(100), index=True),
    Column("stage", String(12)),
    Column("item_code", String(8)),
    Column("problem", Text, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("round", Integer),
    Column("found_on", Date, nullable=False),
    Column("measure", Text),
    Column("responsible_unit", Text),
    Column("responsible_person", Text),
    Column("due_on", Date),
    Column("status", String(20), nullable=False),
    Column("rectified_by", Text),
    account_column("rectified_by_id"),
    Column("reviewer", Text),
    account_column("reviewer_id"),
    Column("reviewed_on", Date),
    Column("closed_on", Date),
    Column("evidence", Text),
    Column("was_met", Boolean, nullable=False, default=False),
    Column("is_demonstration", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
    Column("requested_due_on", Date),
    Column("requested_by", Text),
    account_column("requested_by_id"),
    Column("look_listed_on", Date),
    Column("look_due_on", Date),
    Column("look_reason", String(12), nullable=False, default="", server_default=""),
    Column("look_assignee", Text, nullable=False, default="", server_default=""),
    account_column("look_assignee_id"),
)
"""`look_…` says how an issue that is listed for 回头看 is to be looked at; empty in every other state."""

evidence_file = Table(
    "evidence_file",
    metadata,
    Column("evidence_id", Integer, primary_key=True, autoincrement=True),
    Column("issue_code", String(100), ForeignKey("issue.issue_code"), index=True),
    Column("warning_key", String(120), index=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("added_by", Text, nullable=False),
    account_column("added_by_id"),
    Column("added_at", DateTime, nullable=False),
    Column("voided_at", DateTime),
    Column("voided_by", Text),
    account_column("voided_by_id"),
    Column("void_reason", Text),
    Column("removed_at", DateTime),
)
"""A file of an issue or of a warning's answer: one that was voided no longer counts, one that was removed has outlived
its time: its row alone is left."""

adopted_batch = Table(
    "adopted_batch",
    metadata,
    Column("batch_id", String(80), primary_key=True),
    Column("adopted_at", DateTime, nullable=False),
)

warning_state = Table(
    "warning_state",
    metadata,
    Column("warning_key", String(120), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("note", Text),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
    Column("answer_by", Date),
    Column("silent_times", Integer, nullable=False, default=0, server_default="0"),
    Column("document_number", String(60), nullable=False, default="", server_default=""),
    Column("received_by", Text, nullable=False, default="", server_default=""),
    account_column("received_by_id"),
    Column("received_at", DateTime),
)
"""`silent_times` counts the terms of earlier letters that went by without an answer."""

meeting = Table(
    "meeting",
    metadata,
    Column("meeting_code", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("snapshot_id", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_by", Text, nullable=False),
    account_column("created_by_id"),
    Column("created_at", DateTime, nullable=False),
)

agenda_slide = Table(
    "agenda_slide",
    metadata,
    Column("slide_id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_code", String(40), ForeignKey("meeting.meeting_code"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("minutes", Integer, nullable=False, default=5),
    Column("speaker", Text, nullable=False, default=""),
    Column("audience", String(20), nullable=False, default=""),
)

decision = Table(
    "decision",
    metadata,
    Column("decision_id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_code", String(40), ForeignKey("meeting.meeting_code"), nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("resolution", Text, nullable=False),
    Column("responsible_unit", Text, nullable=False, default=""),
    Column("district_code", String(12), nullable=False, default="", index=True),
    Column("due_on", Date),
    Column("progress", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", Text, nullable=False),
    account_column("account_id"),
    Column("role", Text, nullable=False, default="", server_default=""),
    Column("address_digest", String(64), nullable=False, default="", server_default=""),
    Column("request_id", String(32), nullable=False, default="", server_default=""),
    Column("action", String(40), nullable=False),
    Column("subject_kind", String(40), nullable=False),
    Column("subject_id", Text, nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_entry_action", "action", "sequence"),
    Index("audit_entry_at", "at"),
)

audit_address = Table(
    "audit_address",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("address", String(45), nullable=False),
    Column("at", DateTime, nullable=False, index=True),
)
"""Whence an entry came; kept for a time of its own, while the entry keeps a keyed hash of it."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("head_id", Integer, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

store_seal = Table(
    "store_seal",
    metadata,
    Column("seal_id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("digests", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)
"""One row: the keyed digest of every table, and how often one of them was written."""

submission = Table(
    "submission",
    metadata,
    Column("submission_id", Integer, primary_key=True, autoincrement=True),
    Column("district_code", String(12), nullable=False, index=True),
    Column("period", String(10), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("status", String(20), nullable=False),
    Column("result", Text, nullable=False),
    Column("explanations", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("submitted_by", Text, nullable=False),
    account_column("submitted_by_id"),
    Column("decided_by", Text, nullable=False),
    account_column("decided_by_id"),
    Column("batch_id", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", DateTime, nullable=False),
)

column_mapping = Table(
    "column_mapping",
    metadata,
    Column("district_code", String(12), primary_key=True),
    Column("header_key", String(200), primary_key=True),
    Column("header", Text, nullable=False),
    Column("meaning", Text, nullable=False),
)

return_reminder = Table(
    "return_reminder",
    metadata,
    Column("reminder_id", Integer, primary_key=True, autoincrement=True),
    Column("period", String(10), nullable=False, index=True),
    Column("district_code", String(12), nullable=False),
    Column("reminded_by", Text, nullable=False),
    account_column("reminded_by_id"),
    Column("reminded_at", DateTime, nullable=False),
)

catalogue_change = Table(
    "catalogue_change",
    metadata,
    Column("change_id", Integer, primary_key=True, autoincrement=True),
    Column("table_name", String(40), nullable=False, index=True),
    Column("row_key", Text, nullable=False),
    Column("takes_back", Integer, index=True),
    Column("row_values", Text, nullable=False),
    Column("row_before", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("effect", Text, nullable=False, default="", server_default=""),
    Column("proposed_by", Text, nullable=False),
    account_column("proposed_by_id"),
    Column("proposed_at", DateTime, nullable=False),
    Column("released_by", Text, nullable=False, default="", server_default=""),
    account_column("released_by_id"),
    Column("released_at", DateTime),
    Column("release_order", Integer, unique=True),
    Column("version", Integer, nullable=False),
)
"""An own row of the catalogue, or the taking back of one; the order of release says which lies above."""
