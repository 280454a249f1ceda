"""How the units of each parent stand: what a province or a country sees before one is chosen."""

from data.rows.parents import ParentRow
from queries.reader import Snapshot


def totals(snapshot: Snapshot, period: str, basis: str) -> tuple[ParentRow, ...]:
    """Every parent; nothing for a viewer who may not see all units."""
    return snapshot.ask("parents/totals", ParentRow, period=period, basis=basis)
