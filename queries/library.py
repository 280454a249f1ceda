"""政策与研究: documents by module, with the items they govern."""

from data.rows.library import DocumentRow
from queries.reader import Snapshot


def documents(snapshot: Snapshot) -> tuple[DocumentRow, ...]:
    """Every document."""
    return snapshot.ask("library/documents", DocumentRow)
