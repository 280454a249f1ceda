"""Questions about one unit: its sections."""

from data.rows.district import SectionRow
from queries.reader import Snapshot


def sections(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[SectionRow, ...]:
    """Every section of a unit on every indicator, worst schools first."""
    return snapshot.ask("district/sections", SectionRow, period=period, basis=basis, district=district)
