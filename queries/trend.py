"""Questions of the trend page."""

from data.rows.trend import MeasureRow
from queries.reader import Snapshot


def measures(snapshot: Snapshot, basis: str, stage: str, indicator: str) -> tuple[MeasureRow, ...]:
    """Every unit over all periods."""
    return snapshot.ask("trend/measures", MeasureRow, basis=basis, stage=stage, indicator=indicator)
