"""Tables of accounts, their second factors, sessions and counts; part of `schema.py`."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text

from data.store.schema_base import account_column, metadata

account = Table(
    "account",
    metadata,
    Column("account_name", String(40), primary_key=True),
    Column("account_id", String(32), nullable=False, server_default=""),
    Column("person", Text, nullable=False),
    Column("role_code", String(40), nullable=False),
    Column("district_codes", Text, nullable=False, default=""),
    Column("school_codes", Text, nullable=False, default=""),
    Column("department_code", String(40), nullable=False, default="", server_default=""),
    Column("password_hash", Text, nullable=False),
    Column("password_set_at", DateTime, nullable=False),
    Column("must_change", Boolean, nullable=False, default=False),
    Column("is_disabled", Boolean, nullable=False, default=False),
    Column("issuer", String(500)),
    Column("subject", String(255)),
    Column("version", Integer, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Index("account_number", "account_id", unique=True),
    Index("account_identity", "issuer", "subject", unique=True),
)

second_factor = Table(
    "second_factor",
    metadata,
    Column("account_name", String(40), ForeignKey("account.account_name"), primary_key=True),
    Column("secret", String(200), nullable=False),
    Column("last_step", Integer, nullable=False),
    Column("confirmed_at", DateTime),
)
"""Its secret is encrypted; the step of the last code that was used, so that none is used twice."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("account_name", String(40), ForeignKey("account.account_name"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

account_request = Table(
    "account_request",
    metadata,
    Column("account_name", String(40), primary_key=True),
    Column("action", String(40), primary_key=True),
    Column("asked_by", Text, nullable=False),
    account_column("asked_by_id"),
    Column("asked_at", DateTime, nullable=False),
)

sign_in_count = Table(
    "sign_in_count",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("until", DateTime, nullable=False, index=True),
)

request_count = Table(
    "request_count",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("hits", Integer, nullable=False),
    Column("until", DateTime, nullable=False, index=True),
)

login_session = Table(
    "login_session",
    metadata,
    Column("session_hash", String(64), primary_key=True),
    Column("account_name", String(40), ForeignKey("account.account_name"), nullable=False, index=True),
    Column("started_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Column("address", String(45), nullable=False, default="", server_default=""),
    Column("provider_session", String(255)),
    Index("login_session_at_provider", "provider_session"),
)
"""Whence it was begun, kept as long as the audit keeps addresses; its number (`sid`) at the provider."""
