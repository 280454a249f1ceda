"""What a publication says of itself."""

from data.rows.publication import DemonstrationKindRow
from queries.row_security import Asked


def demonstration_kinds(snapshot: Asked) -> frozenset[str]:
    """The kinds of input with invented rows in force."""
    rows = snapshot.ask("common_dimensions/demonstration_kinds", DemonstrationKindRow)
    return frozenset(row.input_kind for row in rows)
