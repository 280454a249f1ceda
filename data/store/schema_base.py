"""What every table of the operational store shares."""

from sqlalchemy import Column, MetaData, String

metadata = MetaData()


def account_column(name: str) -> Column[str]:
    """The account of whom the column beside it names; empty where none acted, or none is known."""
    return Column(name, String(32), nullable=False, default="", server_default="")
