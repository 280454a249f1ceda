"""What a publication says of itself."""

from dataclasses import dataclass

from queries.bounds import Asked


@dataclass(frozen=True)
class DemonstrationKindRow:
    """A kind of input with invented rows in force."""

    input_kind: str


def demonstration_kinds(snapshot: Asked) -> frozenset[str]:
    """The kinds of input with invented rows in force."""
    rows = snapshot.ask("shell/demonstration_kinds", DemonstrationKindRow)
    return frozenset(row.input_kind for row in rows)
