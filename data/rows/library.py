"""Rows of 政策与研究: documents by module, with the items they govern."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DocumentRow:
    """A policy document or study; `item_codes` joined by 、."""

    title: str
    document_number: str
    issuer: str
    issued_on: date
    level: str
    summary: str
    module: str
    item_count: int
    item_codes: str
