"""What a publication says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemonstrationKindRow:
    """A kind of input with invented rows in force."""

    input_kind: str


@dataclass(frozen=True)
class SnapshotInfo:
    """The publication that answers, for footers and proofs."""

    snapshot_id: str
    created_at: str
    rules_version: str
    catalogue_version: str
    demonstration_kinds: frozenset[str] = frozenset()
    """The kinds of input with invented rows in force."""
    is_fallback: bool = False
    """A newer publication was found damaged, so this earlier one answers."""
