"""Tables of the registers: areas with their schools, inspectors with their training, offices; part of `schema.py`."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, String, Table, Text

from data.store.schema_base import account_column, metadata

inspector_area = Table(
    "inspector_area",
    metadata,
    Column("area_code", String(40), primary_key=True),
    Column("district_code", String(12), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("is_demonstration", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
    Column("closed_on", Date),
)

area_school = Table(
    "area_school",
    metadata,
    Column("area_code", String(40), ForeignKey("inspector_area.area_code"), primary_key=True),
    Column("school_code", String(100), primary_key=True),
)

supervision_office = Table(
    "supervision_office",
    metadata,
    Column("office_code", String(40), primary_key=True),
    Column("level_code", String(20), nullable=False),
    Column("district_code", String(12), nullable=False, index=True),
    Column("school_code", String(100)),
    Column("name", Text, nullable=False),
    Column("is_demonstration", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
    Column("closed_on", Date),
)

inspector = Table(
    "inspector",
    metadata,
    Column("inspector_code", String(40), primary_key=True),
    Column("district_code", String(12), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("inspector_kind", String(20), nullable=False),
    Column("area_code", String(40), ForeignKey("inspector_area.area_code"), index=True),
    Column("account_id", String(32), index=True),
    Column("office_code", String(40), ForeignKey("supervision_office.office_code")),
    Column("appointed_on", Date, nullable=False),
    Column("term_ends_on", Date),
    Column("is_full_time", Boolean, nullable=False, default=False),
    Column("is_demonstration", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", Text, nullable=False),
    account_column("updated_by_id"),
    Column("updated_at", DateTime, nullable=False),
    Column("left_on", Date),
)
"""`district_code` is empty for the city's; `account_id` is the account that acts as this inspector."""

inspector_training = Table(
    "inspector_training",
    metadata,
    Column("training_id", Integer, primary_key=True, autoincrement=True),
    Column("inspector_code", String(40), ForeignKey("inspector.inspector_code"), nullable=False, index=True),
    Column("held_on", Date, nullable=False),
    Column("hours", Integer, nullable=False),
    Column("subject", Text, nullable=False),
)
