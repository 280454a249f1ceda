"""Registers: areas with their schools, offices of the four levels, inspectors with their training."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the five tables."""
    op.create_table(
        "inspector_area",
        sa.Column("area_code", sa.String(40), primary_key=True),
        sa.Column("district_code", sa.String(12), nullable=False),
        *_kept(),
        sa.Column("closed_on", sa.Date),
    )
    op.create_index("ix_inspector_area_district_code", "inspector_area", ["district_code"])
    op.create_table(
        "area_school",
        sa.Column("area_code", sa.String(40), sa.ForeignKey("inspector_area.area_code"), primary_key=True),
        sa.Column("school_code", sa.String(100), primary_key=True),
    )
    op.create_table(
        "supervision_office",
        sa.Column("office_code", sa.String(40), primary_key=True),
        sa.Column("level_code", sa.String(20), nullable=False),
        sa.Column("district_code", sa.String(12), nullable=False),
        sa.Column("school_code", sa.String(100)),
        *_kept(),
        sa.Column("closed_on", sa.Date),
    )
    op.create_index("ix_supervision_office_district_code", "supervision_office", ["district_code"])
    op.create_table(
        "inspector",
        sa.Column("inspector_code", sa.String(40), primary_key=True),
        sa.Column("district_code", sa.String(12), nullable=False),
        sa.Column("inspector_kind", sa.String(20), nullable=False),
        sa.Column("area_code", sa.String(40), sa.ForeignKey("inspector_area.area_code")),
        sa.Column("account_id", sa.String(32)),
        sa.Column("office_code", sa.String(40), sa.ForeignKey("supervision_office.office_code")),
        sa.Column("appointed_on", sa.Date, nullable=False),
        sa.Column("term_ends_on", sa.Date),
        sa.Column("is_full_time", sa.Boolean, nullable=False),
        *_kept(),
        sa.Column("left_on", sa.Date),
    )
    for column in ("district_code", "area_code", "account_id"):
        op.create_index(f"ix_inspector_{column}", "inspector", [column])
    op.create_table(
        "inspector_training",
        sa.Column("training_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("inspector_code", sa.String(40), sa.ForeignKey("inspector.inspector_code"), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("hours", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
    )
    op.create_index("ix_inspector_training_inspector_code", "inspector_training", ["inspector_code"])


def downgrade() -> None:
    """Refused: operational data is restored from a backup, never migrated backwards."""
    raise NotImplementedError


def _kept() -> list[sa.Column[Any]]:
    """What every entry of a register has."""
    return [
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_demonstration", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_by", sa.Text, nullable=False),
        sa.Column("updated_by_id", sa.String(32), nullable=False, server_default=""),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    ]
