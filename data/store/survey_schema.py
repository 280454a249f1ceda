"""Tables of the surveys of satisfaction: the period of each, and what each group of people was asked and said."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from data.store.schema_base import metadata

survey = Table(
    "survey",
    metadata,
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), primary_key=True),
    Column("period", String(10), nullable=False, index=True),
)

survey_answer = Table(
    "survey_answer",
    metadata,
    Column("answer_code", String(120), primary_key=True),
    Column("matter_code", String(60), ForeignKey("matter.matter_code"), nullable=False, index=True),
    Column("group_code", String(40), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("answered", Integer),
    Column("satisfied", Integer),
)
"""Counts of people alone; `answered` and `satisfied` are empty until they were entered."""
