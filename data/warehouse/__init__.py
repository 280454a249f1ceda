"""From batches to one immutable, read-only snapshot file per publication."""
